// Deletes pods that nobody else deletes (pkg/controller/podgc/gc_controller.go), in passes of 20 s
// that happen only when there are such:
//
//   ended pods beyond a number, the oldest first
//   pods bound to a node that is gone, if it still is after 40 s
//   deleted pods of a node that is not ready and tainted out-of-service
//
// All go at once, with no grace period. A deleted pod that was never bound does not wait for this
// controller here: the API removes it.

import type {EventHandle, EventKind} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {Errands} from './errands.ts';
import type {KnownPod} from './known-pod.ts';
import type {ManagerOptions} from './manager-options.ts';
import {Passes} from './passes.ts';
import type {ControllerParts} from './replica-set.ts';

export type PodGcParts = Omit<ControllerParts, 'names'> & {readonly options: ManagerOptions};

const name = 'pod-garbage-collector';
const period: Time = 20 * second;
const quarantine: Time = 40 * second;
const outOfService = 'node.kubernetes.io/out-of-service';

export class PodGarbageCollector {
  readonly #parts: PodGcParts;
  readonly #errands: Errands<PodId>;
  readonly #passed: EventKind;
  readonly #passes: Passes;
  /** Nodes that pods are bound to and that are not there, and when they count as gone. */
  #missing = new Map<NodeId, {until: Time | undefined; readonly cause: number}>();
  /** Nodes that are out of service, and what their taint goes back to. */
  #outOfService = new Map<NodeId, number>();
  #ended = new Set<PodId>();
  /** Whose deletion is under way. */
  #going = new Set<PodId>();
  #pass: {readonly handle: EventHandle; readonly at: Time} | undefined;

  constructor(parts: PodGcParts) {
    this.#parts = parts;
    const {simulation, view, manager} = parts;
    const phase = simulation.passingRandom(`${name}/phase`).uniform(0, period);
    this.#passes = new Passes(period, toTime(phase));
    this.#passed = simulation.event(`${name}.pass-began`, () => this.#passOver());
    this.#errands = new Errands(parts, name, (pod, outcome) => this.#answered(pod, outcome));
    view.listen({
      nodeChanged: (node, after) => this.#nodeChanged(node, after),
      podAdded: pod => this.#podArrived(pod),
      podBound: pod => this.#podArrived(pod),
      podUpdated: pod => this.#podUpdated(pod),
      podDeleted: ({id}) => this.#ended.delete(id),
    });
    manager.join({stop: () => this.#stop(), start: () => this.#start()});
    simulation.part(name, this);
  }

  #nodeChanged(node: NodeId, after: NodeObject | undefined): void {
    const {view, simulation} = this.#parts;
    if (after === undefined) {
      this.#outOfService.delete(node);
      if (view.podsOn(node).length > 0) this.#miss(node);
    } else if (isOut(after)) {
      if (!this.#outOfService.has(node)) this.#outOfService.set(node, simulation.cause);
      if (view.podsOn(node).some(({terminating}) => terminating)) this.#expect(simulation.now);
    } else this.#outOfService.delete(node);
  }

  #miss(node: NodeId): void {
    const {simulation} = this.#parts;
    if (this.#missing.has(node)) return;
    this.#missing.set(node, {until: undefined, cause: simulation.cause});
    this.#expect(simulation.now);
  }

  #podArrived(pod: KnownPod): void {
    if (pod.node !== undefined && !this.#parts.view.nodes.has(pod.node)) this.#miss(pod.node);
    this.#podUpdated(pod);
  }

  #podUpdated({id, node, phase, terminating}: KnownPod): void {
    const {simulation, options} = this.#parts;
    if (phase === 'Succeeded' || phase === 'Failed') {
      this.#ended.add(id);
      const most = options.terminatedPodGcThreshold;
      if (most > 0 && this.#ended.size > most) this.#expect(simulation.now);
    }
    if (terminating && node !== undefined && this.#outOfService.has(node)) {
      this.#expect(simulation.now);
    }
  }

  #expect(from: Time): void {
    const {simulation, manager} = this.#parts;
    if (!manager.running) return;
    const at = this.#passes.next(Math.max(from, simulation.now));
    if (this.#pass !== undefined && this.#pass.at <= at) return;
    if (this.#pass !== undefined) simulation.cancel(this.#pass.handle);
    this.#pass = {handle: this.#passed.at(at), at};
  }

  #passOver(): void {
    this.#pass = undefined;
    this.#collectEnded();
    for (const [node, cause] of this.#outOfService) {
      this.#parts.simulation.cause = cause;
      for (const pod of this.#parts.view.podsOn(node)) if (pod.terminating) this.#delete(pod);
    }
    for (const node of [...this.#missing.keys()]) this.#collectOrphans(node);
  }

  #collectEnded(): void {
    const {simulation, view, options} = this.#parts;
    const most = options.terminatedPodGcThreshold;
    const surplus = most === 0 ? 0 : this.#ended.size - most;
    if (surplus <= 0) return;
    simulation.cause = 0;
    const ended = [...this.#ended].flatMap(id => view.pod(id) ?? []);
    ended.sort((a, b) => a.createdAt - b.createdAt || a.serial - b.serial);
    for (const pod of ended.slice(0, surplus)) this.#delete(pod);
  }

  /** Asked for once more by a GET before its pods go. What fails waits for another 40 s. */
  #collectOrphans(node: NodeId): void {
    const {simulation, view} = this.#parts;
    const missing = this.#missing.get(node);
    const pods = view.podsOn(node);
    if (missing === undefined || pods.length === 0) {
      this.#missing.delete(node);
      return;
    }
    const {now} = simulation;
    simulation.cause = missing.cause;
    if (missing.until !== undefined && missing.until <= now) {
      this.#errands.api.spendRequest();
      for (const pod of pods) this.#delete(pod);
      missing.until = undefined;
      this.#expect(now + 1);
    } else {
      missing.until ??= now + quarantine;
      this.#expect(missing.until);
    }
  }

  /** One that has not ended is marked Failed first, a request more. */
  #delete({id, phase}: KnownPod): void {
    if (this.#going.has(id)) return;
    this.#going.add(id);
    const ends = phase === 'Succeeded' || phase === 'Failed';
    this.#errands.api.deletePod(id, {
      disruption: ends ? undefined : 'DeletionByPodGC',
      grace: 0,
      ticket: this.#errands.ticket(id),
    });
  }

  #answered(pod: PodId, outcome: ApiOutcome): void {
    this.#going.delete(pod);
    if (outcome === 'ok' || outcome === 'not-found') return;
    this.#expect(this.#parts.simulation.now + 1);
  }

  #stop(): void {
    this.#errands.abandon();
    this.#going.clear();
    if (this.#pass !== undefined) this.#parts.simulation.cancel(this.#pass.handle);
    this.#pass = undefined;
  }

  /** Only the quarantine is remembered by the process; the rest is seen by the next one too. */
  #start(): void {
    const {now} = this.#parts.simulation;
    this.#passes.restart(now);
    for (const missing of this.#missing.values()) missing.until = undefined;
    this.#expect(now);
  }

  save() {
    return {
      passes: this.#passes.save(),
      missing: this.#missing,
      outOfService: this.#outOfService,
      ended: this.#ended,
      going: this.#going,
      pass: this.#pass,
    };
  }

  restore(saved: ReturnType<PodGarbageCollector['save']>): void {
    this.#passes.restore(saved.passes);
    this.#missing = new Map(saved.missing);
    this.#outOfService = new Map(saved.outOfService);
    this.#ended = new Set(saved.ended);
    this.#going = new Set(saved.going);
    this.#pass = saved.pass;
  }
}

function isOut({conditions, taints}: NodeObject): boolean {
  return conditions.ready !== 'True' && taints.some(({key}) => key === outOfService);
}
