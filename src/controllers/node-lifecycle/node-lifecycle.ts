// Notices that nodes are lost or back, and says so: in their status, in the readiness of their
// pods, and in taints (pkg/controller/nodelifecycle/node_lifecycle_controller.go).
//
//   heartbeats end ──grace period──▶ Ready Unknown, its pods not ready
//   Ready not True ──at once───────▶ taint NoSchedule
//                  ──next pass─────▶ queue of its zone ──rate limit──▶ taint NoExecute
//   Ready True     ──next pass─────▶ no taint NoExecute
//
// It passes over all nodes every 5 s; here a pass looks only at nodes that something has happened
// to, and happens only when there are such.

import type {EventHandle, EventKind} from '../../engine/simulation.ts';
import {type Time, toTime} from '../../engine/time.ts';
import type {ApiOutcome} from '../../objects/api-client.ts';
import type {Heartbeats} from '../../objects/heartbeats.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {NodeChange} from '../../objects/node-request.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import {Errands} from '../errands.ts';
import type {KnownPod} from '../known-pod.ts';
import {graceOf, type ManagerOptions} from '../manager-options.ts';
import {Passes} from '../passes.ts';
import type {ControllerParts} from '../replica-set.ts';
import {Evictions} from './evictions.ts';
import {Markings} from './markings.ts';
import {noExecuteRemoval, noScheduleChange, type Readiness} from './node-taints.ts';
import {Silences} from './silences.ts';

export type NodeControllerParts = Omit<ControllerParts, 'names'> & {
  readonly heartbeats: Heartbeats;
  readonly options: ManagerOptions;
  readonly kubernetes: KubernetesMinor;
  readonly watchDelay: Time;
};

type Errand = {
  readonly what: 'node-status' | 'pod' | 'late-pod' | 'no-schedule' | 'no-execute';
  readonly node: NodeId;
};

const name = 'node-controller';

export class NodeLifecycleController {
  readonly #parts: NodeControllerParts;
  readonly #errands: Errands<Errand>;
  readonly #passed: EventKind;
  readonly #passes: Passes;
  readonly #silences: Silences;
  readonly #markings: Markings;
  readonly #evictions: Evictions;
  /** To be looked at in the next pass. */
  #changed = new Set<NodeId>();
  /** Called lost, and not yet seen to be so. */
  #lost = new Set<NodeId>();
  /** Whose taint against new pods is being written. */
  #tainting = new Set<NodeId>();
  /** Whose pods could not be marked. */
  #unmarked = new Set<NodeId>();
  /** What a node's trouble goes back to; not the process's, so that it outlives it. */
  #causes = new Map<NodeId, number>();
  #pass: {readonly handle: EventHandle; readonly at: Time} | undefined;

  constructor(parts: NodeControllerParts) {
    this.#parts = parts;
    const {simulation, view, manager, heartbeats, options, kubernetes} = parts;
    const period = options.nodeMonitorPeriod;
    const phase = simulation.passingRandom(`${name}/phase`).uniform(0, period);
    this.#passes = new Passes(period, toTime(phase));
    this.#silences = new Silences({
      ...{heartbeats, passes: this.#passes, watchDelay: parts.watchDelay},
      grace: graceOf(options, kubernetes),
      startupGrace: options.nodeStartupGracePeriod,
    });
    this.#passed = simulation.event(`${name}.pass-began`, () => this.#passOver());
    this.#errands = new Errands(parts, name, (errand, outcome) => this.#answered(errand, outcome));
    const readiness = (node: NodeId) => this.#readiness(node);
    const write = (node: NodeId, change: NodeChange) => {
      simulation.cause = this.#causes.get(node) ?? 0;
      this.#writeTaints('no-execute', node, change);
    };
    this.#evictions = new Evictions({simulation, view, options, readiness, write}, name);
    this.#markings = new Markings({
      ...{simulation, view, readiness},
      markNode: node => this.#writeLost(node),
      markPod: (node, pod) => this.#markPod(pod, {what: 'pod', node}),
    });
    heartbeats.ended.watch((node, before) => this.#fellSilent(node, before));
    heartbeats.resumed.watch(node => this.#silences.end(node));
    view.listen({
      nodeChanged: (node, after) => this.#nodeChanged(node, after),
      podAdded: pod => this.#podArrived(pod),
      podBound: pod => this.#podArrived(pod),
    });
    manager.join({stop: () => this.#stop(), start: () => this.#start()});
    simulation.part(name, this);
  }

  #readiness(node: NodeId): Readiness {
    if (this.#lost.has(node)) return 'Unknown';
    return this.#parts.view.nodes.get(node)?.conditions.ready ?? 'True';
  }

  #fellSilent(node: NodeId, before: boolean): void {
    const {simulation, view, manager} = this.#parts;
    // Until it is lost, what came last is why: the line alone may be back.
    if (before && this.#readiness(node) === 'Unknown') return;
    this.#causes.set(node, simulation.cause);
    if (before || !manager.running || !view.nodes.has(node)) return;
    this.#expectPass(this.#silences.begin(node));
  }

  #nodeChanged(node: NodeId, after: NodeObject | undefined): void {
    if (after === undefined) this.#forget(node);
    if (after === undefined || !this.#parts.manager.running) return;
    if (after.conditions.ready === 'Unknown') this.#lost.delete(node);
    this.#checkHeartbeat(node, after);
    this.#keepPodsOff(node, after);
    const well = after.conditions.ready === 'True' && noExecuteRemoval(after) === undefined;
    if (well && !this.#evictions.troubled && !this.#evictions.waits(node)) return;
    const {cause} = this.#parts.simulation;
    if (!well && cause !== 0 && !this.#causes.has(node)) this.#causes.set(node, cause);
    this.#lookAgain(node);
  }

  #checkHeartbeat(node: NodeId, {conditions: {ready}}: NodeObject): void {
    if (this.#lost.has(node)) return;
    const due = this.#silences.check(node, ready, this.#parts.simulation.now);
    if (due !== undefined) this.#expectPass(due);
  }

  #keepPodsOff(node: NodeId, value: NodeObject): void {
    if (this.#tainting.has(node)) return;
    const change = noScheduleChange(value);
    if (change === undefined) return;
    this.#tainting.add(node);
    this.#writeTaints('no-schedule', node, change);
  }

  /** What is added and what is taken away are a request each. */
  #writeTaints(what: Errand['what'], node: NodeId, change: NodeChange): void {
    const {api} = this.#errands;
    const {addTaints = [], removeTaints = []} = change;
    if (addTaints.length > 0 && removeTaints.length > 0) api.spendRequest();
    api.writeNode({verb: 'update', node, ...change}, this.#errands.ticket({what, node}));
  }

  #forget(node: NodeId): void {
    this.#silences.end(node);
    for (const nodes of [this.#changed, this.#lost, this.#tainting, this.#unmarked]) {
      nodes.delete(node);
    }
    this.#causes.delete(node);
    if (this.#evictions.troubled) this.#expectPass(this.#parts.simulation.now);
  }

  /** At the next pass. */
  #lookAgain(node: NodeId): void {
    this.#changed.add(node);
    this.#expectPass(this.#parts.simulation.now);
  }

  #expectPass(from: Time): void {
    const {simulation} = this.#parts;
    const at = this.#passes.next(Math.max(from, simulation.now));
    if (this.#pass !== undefined && this.#pass.at <= at) return;
    if (this.#pass !== undefined) simulation.cancel(this.#pass.handle);
    this.#pass = {handle: this.#passed.at(at), at};
  }

  #passOver(): void {
    this.#pass = undefined;
    const {simulation} = this.#parts;
    for (const node of this.#silences.takeDue(simulation.now)) this.#callLost(node);
    const changed = [...this.#changed].sort((a, b) => a - b);
    this.#changed.clear();
    for (const node of changed) this.#settle(node);
    // On leaving the mode in which all are lost, every node gets another grace period.
    if (this.#evictions.judge() === 'some-back') this.#silences.forgive(simulation.now);
    const {nextDue} = this.#silences;
    if (nextDue !== undefined) this.#expectPass(nextDue);
  }

  #callLost(node: NodeId): void {
    const ready = this.#readiness(node);
    if (ready === 'Unknown' || !this.#parts.view.nodes.has(node)) return;
    this.#lost.add(node);
    this.#changed.add(node);
    this.#parts.simulation.cause = this.#causes.get(node) ?? 0;
    // As monitorNodeHealth: what the kubelet itself called not ready, it has marked itself.
    this.#markings.add(node, {status: true, pods: ready === 'True'});
  }

  #settle(node: NodeId): void {
    const {simulation, view} = this.#parts;
    const value = view.nodes.get(node);
    if (value === undefined) return;
    simulation.cause = this.#causes.get(node) ?? 0;
    this.#keepPodsOff(node, value);
    this.#evictions.settle(node, value);
    const ready = this.#readiness(node) === 'True';
    if (this.#unmarked.delete(node) && !ready) {
      this.#markings.add(node, {status: false, pods: true});
    }
    const well = ready && noExecuteRemoval(value) === undefined;
    if (well && !this.#silences.has(node)) this.#causes.delete(node);
  }

  #writeLost(node: NodeId): void {
    const conditions = {
      ready: 'Unknown',
      readyReason: 'NodeStatusUnknown',
      memoryPressure: false,
      diskPressure: false,
    } as const;
    const ticket = this.#errands.ticket({what: 'node-status', node});
    this.#errands.api.writeNode({verb: 'update-status', node, conditions}, ticket);
  }

  #markPod(pod: PodId, errand: Errand): void {
    this.#errands.api.reportUnready(pod, this.#errands.ticket(errand));
  }

  /** As processPod: one that comes to a node which is not ready. */
  #podArrived({id, node, ready}: KnownPod): void {
    if (node === undefined || !ready || !this.#parts.manager.running) return;
    if (this.#readiness(node) !== 'True') this.#markPod(id, {what: 'late-pod', node});
  }

  #answered({what, node}: Errand, outcome: ApiOutcome): void {
    const failed = outcome !== 'ok' && outcome !== 'not-found';
    if (what === 'no-schedule') this.#tainting.delete(node);
    if (what === 'pod' && failed) this.#unmarked.add(node);
    if (what === 'node-status' && failed) this.#lost.delete(node);
    if (what === 'pod' || what === 'node-status') this.#markings.answered(node, failed);
    if (!failed || what === 'late-pod') return;
    if (what === 'node-status') this.#silences.retry(node, this.#parts.simulation.now);
    this.#lookAgain(node);
  }

  #stop(): void {
    this.#errands.abandon();
    this.#markings.clear();
    this.#evictions.stop();
    this.#silences.stop();
    for (const nodes of [this.#changed, this.#lost, this.#tainting, this.#unmarked]) nodes.clear();
    if (this.#pass !== undefined) this.#parts.simulation.cancel(this.#pass.handle);
    this.#pass = undefined;
  }

  /** Its passes begin now, and everybody gets a full grace period. */
  #start(): void {
    const {now} = this.#parts.simulation;
    this.#silences.start(now);
    this.#passes.restart(now);
    this.#evictions.start(now);
  }

  save() {
    return {
      passes: this.#passes.save(),
      silences: this.#silences.save(),
      markings: this.#markings.save(),
      evictions: this.#evictions.save(),
      changed: this.#changed,
      lost: this.#lost,
      tainting: this.#tainting,
      unmarked: this.#unmarked,
      causes: this.#causes,
      pass: this.#pass,
    };
  }

  restore(saved: ReturnType<NodeLifecycleController['save']>): void {
    this.#passes.restore(saved.passes);
    this.#silences.restore(saved.silences);
    this.#markings.restore(saved.markings);
    this.#evictions.restore(saved.evictions);
    this.#changed = new Set(saved.changed);
    this.#lost = new Set(saved.lost);
    this.#tainting = new Set(saved.tainting);
    this.#unmarked = new Set(saved.unmarked);
    this.#causes = new Map(saved.causes);
    this.#pass = saved.pass;
  }
}
