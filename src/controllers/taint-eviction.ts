// Drives pods off nodes with taints NoExecute (pkg/controller/tainteviction/taint_eviction.go).
//
//   taint seen ──not tolerated──────────▶ pod deleted
//              ──tolerated for a while──▶ timer ──over──▶ pod deleted
//                                           │
//                                           └─taint gone──▶ nothing
//
// A pod's time begins when this controller sees the taint, and is not begun anew when another taint
// takes its place. The pods of a node share one event: the earliest of their times.

import type {EventHandle, EventKind} from '../engine/simulation.ts';
import {millisecond, type Time} from '../engine/time.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {NodeObject, Taint} from '../objects/node-spec.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {Errands} from './errands.ts';
import type {KnownPod} from './known-pod.ts';
import type {ControllerParts} from './replica-set.ts';
import {tolerationTime} from './toleration-time.ts';

/** By its serial too: the number may be used again. */
type Named = {readonly pod: PodId; readonly serial: number};
type Timer = Named & {readonly at: Time};
type Eviction = Named & {readonly tries: number};

type TaintedNode = {
  taints: readonly Taint[];
  /** By serial. */
  readonly timers: Map<number, Timer>;
  next: {readonly handle: EventHandle; readonly at: Time} | undefined;
};

const name = 'taint-eviction-controller';
const mostTries = 5;
const betweenTries: Time = 10 * millisecond;

export class TaintEvictionController {
  readonly #parts: Omit<ControllerParts, 'names'>;
  readonly #errands: Errands<Eviction>;
  readonly #over: EventKind<NodeId>;
  readonly #retried: EventKind;
  #nodes = new Map<NodeId, TaintedNode>();
  /** What the taints of each node go back to; outlives the process. */
  #causes = new Map<NodeId, number>();
  /** Deletions that failed, in the order in which they are tried again. */
  #failed: Eviction[] = [];

  constructor(parts: Omit<ControllerParts, 'names'>) {
    this.#parts = parts;
    const {simulation, view, manager} = parts;
    this.#errands = new Errands(parts, name, (eviction, outcome) =>
      this.#answered(eviction, outcome),
    );
    this.#over = simulation.event(`${name}.time-over`, (node: NodeId) => this.#timeOver(node));
    this.#retried = simulation.event(`${name}.tried-again`, () => this.#tryAgain());
    view.listen({
      nodeChanged: (node, after) => this.#nodeChanged(node, after),
      podAdded: pod => this.#podArrived(pod),
      podBound: pod => this.#podArrived(pod),
    });
    manager.join({stop: () => this.#stop(), start: () => undefined});
    simulation.part(name, this);
  }

  #nodeChanged(node: NodeId, after: NodeObject | undefined): void {
    const {manager, simulation} = this.#parts;
    // The timers of a node that is deleted go on, until its pods are gone.
    if (after === undefined || !manager.running) return;
    const known = this.#nodes.get(node);
    if (known === undefined && after.taints.length === 0) return;
    const taints = after.taints.filter(({effect}) => effect === 'NoExecute');
    if (taints.length === 0) {
      this.#forget(node);
      return;
    }
    if (known !== undefined && sameTaints(known.taints, taints)) return;
    if (!this.#causes.has(node)) this.#causes.set(node, simulation.cause);
    const tainted = known ?? {taints, timers: new Map<number, Timer>(), next: undefined};
    tainted.taints = taints;
    this.#nodes.set(node, tainted);
    this.#consider(node, tainted, this.#parts.view.podsOn(node));
  }

  #podArrived(pod: KnownPod): void {
    const tainted = pod.node === undefined ? undefined : this.#nodes.get(pod.node);
    if (pod.node === undefined || tainted === undefined || !this.#parts.manager.running) return;
    this.#consider(pod.node, tainted, [pod]);
  }

  /** All under the cause of the taint, whoever told of it. */
  #consider(node: NodeId, tainted: TaintedNode, pods: readonly KnownPod[]): void {
    const {simulation} = this.#parts;
    const {cause} = simulation;
    simulation.cause = this.#causes.get(node) ?? 0;
    // Siblings are asked for once.
    const times = new Map<PodTemplate, Time | undefined>();
    for (const pod of pods) {
      const {template} = pod;
      const known = times.has(template);
      const time = known
        ? times.get(template)
        : tolerationTime(tainted.taints, template.spec.tolerations);
      times.set(template, time);
      this.#time(pod, time, tainted);
    }
    this.#expect(node, tainted);
    simulation.cause = cause;
  }

  #time({id, serial}: KnownPod, time: Time | undefined, {timers}: TaintedNode): void {
    if (time !== undefined && time > 0) {
      if (timers.has(serial)) return;
      timers.set(serial, {pod: id, serial, at: this.#parts.simulation.now + time});
      return;
    }
    timers.delete(serial);
    if (time === 0) this.#evict({pod: id, serial, tries: 1});
  }

  #expect(node: NodeId, tainted: TaintedNode): void {
    const {simulation} = this.#parts;
    let at: Time | undefined;
    for (const timer of tainted.timers.values()) at = Math.min(at ?? timer.at, timer.at);
    if (tainted.next?.at === at) return;
    if (tainted.next !== undefined) simulation.cancel(tainted.next.handle);
    tainted.next = at === undefined ? undefined : {handle: this.#over.at(at, node), at};
  }

  #timeOver(node: NodeId): void {
    const tainted = this.#nodes.get(node);
    if (tainted === undefined) return;
    const {now} = this.#parts.simulation;
    tainted.next = undefined;
    for (const {pod, serial, at} of [...tainted.timers.values()]) {
      if (at > now) continue;
      tainted.timers.delete(serial);
      this.#evict({pod, serial, tries: 1});
    }
    this.#expect(node, tainted);
    if (tainted.timers.size === 0 && !this.#parts.view.nodes.has(node)) this.#forget(node);
  }

  /** Read, its condition patched, then deleted: three requests. */
  #evict(eviction: Eviction): void {
    const known = this.#parts.view.pod(eviction.pod);
    // One that is going already would not go faster.
    if (known?.serial !== eviction.serial || known.terminating) return;
    const ticket = this.#errands.ticket(eviction);
    this.#errands.api.spendRequest();
    this.#errands.api.deletePod(known.id, {disruption: 'DeletionByTaintManager', ticket});
  }

  #answered(eviction: Eviction, outcome: ApiOutcome): void {
    if (outcome === 'ok' || outcome === 'not-found' || eviction.tries === mostTries) return;
    this.#failed.push({...eviction, tries: eviction.tries + 1});
    this.#retried.after(betweenTries);
  }

  #tryAgain(): void {
    const eviction = this.#failed.shift();
    if (eviction !== undefined) this.#evict(eviction);
  }

  #forget(node: NodeId): void {
    this.#causes.delete(node);
    this.#drop(node);
  }

  #drop(node: NodeId): void {
    const next = this.#nodes.get(node)?.next;
    if (next !== undefined) this.#parts.simulation.cancel(next.handle);
    this.#nodes.delete(node);
  }

  #stop(): void {
    this.#errands.abandon();
    this.#failed = [];
    for (const node of [...this.#nodes.keys()]) this.#drop(node);
  }

  save() {
    return {nodes: this.#nodes, causes: this.#causes, failed: this.#failed};
  }

  restore({nodes, causes, failed}: ReturnType<TaintEvictionController['save']>): void {
    this.#nodes = new Map(nodes);
    this.#causes = new Map(causes);
    this.#failed = [...failed];
  }
}

function sameTaints(a: readonly Taint[], b: readonly Taint[]): boolean {
  return (
    a.length === b.length && a.every(({key, value}, i) => key === b[i].key && value === b[i].value)
  );
}
