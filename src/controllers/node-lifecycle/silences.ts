// Nodes whose heartbeats have ended, and when each is to be called lost: a grace period after the
// pass that saw its last heartbeat. The heartbeat's own time does not matter, so that clocks need
// not agree (node_lifecycle_controller.go, tryUpdateNodeHealth).

import type {Time} from '../../engine/time.ts';
import type {Heartbeats} from '../../objects/heartbeats.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Passes} from '../passes.ts';
import type {Readiness} from './node-taints.ts';

export type SilenceParts = {
  readonly heartbeats: Heartbeats;
  readonly passes: Passes;
  /** From a renewal's being stored to the controller's learning of it. */
  readonly watchDelay: Time;
  readonly grace: Time;
  /** Of a node that has not become ready yet. */
  readonly startupGrace: Time;
};

type Silence = {readonly grace: Time; readonly due: Time};

export class Silences {
  readonly #parts: SilenceParts;
  #silences = new Map<NodeId, Silence>();
  /** When the process began to listen; `undefined`: before the run. */
  #startedAt: Time | undefined;

  constructor(parts: SilenceParts) {
    this.#parts = parts;
  }

  /** Its heartbeats have ended. Tells when it will be lost. */
  begin(node: NodeId): Time {
    const {heartbeats, watchDelay, grace} = this.#parts;
    const heard = heartbeats.lastRenewal(node) + watchDelay;
    return this.#await(node, Math.max(heard, this.#startedAt ?? heard), grace);
  }

  /** One that says to be alive, of which there are no heartbeats: a new one, or one of old. */
  check(node: NodeId, ready: Readiness, now: Time): Time | undefined {
    const {heartbeats, grace, startupGrace} = this.#parts;
    if (ready === 'Unknown' || heartbeats.beating(node) || this.#silences.has(node)) {
      return undefined;
    }
    // As tryUpdateNodeHealth: a newer Ready condition is a heartbeat too, though the lease is old.
    const known = ready === 'True' || now === this.#startedAt;
    return this.#await(node, now, known ? grace : startupGrace);
  }

  #await(node: NodeId, heard: Time, grace: Time): Time {
    const due = this.#parts.passes.next(heard) + grace;
    this.#silences.set(node, {grace, due});
    return due;
  }

  /** That it is lost could not be written. */
  retry(node: NodeId, now: Time): void {
    this.#silences.set(node, {grace: this.#parts.grace, due: now});
  }

  end(node: NodeId): void {
    this.#silences.delete(node);
  }

  has(node: NodeId): boolean {
    return this.#silences.has(node);
  }

  /** The nodes that are lost by now, in order; they are asked for once. */
  takeDue(now: Time): NodeId[] {
    const due = [...this.#silences].filter(([, silence]) => silence.due <= now);
    for (const [node] of due) this.#silences.delete(node);
    return due.map(([node]) => node).sort((a, b) => a - b);
  }

  /** `undefined` while nobody is silent. */
  get nextDue(): Time | undefined {
    let next: Time | undefined;
    for (const {due} of this.#silences.values()) next = Math.min(next ?? due, due);
    return next;
  }

  /** As if all had been heard of now. */
  forgive(now: Time): void {
    for (const [node, {grace}] of this.#silences) this.#await(node, now, grace);
  }

  stop(): void {
    this.#silences.clear();
  }

  start(now: Time): void {
    this.#startedAt = now;
  }

  save() {
    return {silences: this.#silences, startedAt: this.#startedAt};
  }

  restore({silences, startedAt}: ReturnType<Silences['save']>): void {
    this.#silences = new Map(silences);
    this.#startedAt = startedAt;
  }
}
