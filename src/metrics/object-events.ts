// What controllers, and kubelets of their nodes, have to say, as they would record it: derived from
// what the API stores, since the components themselves write no events here.

import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {kindOf, type WorkloadObject} from '../objects/workload-object.ts';
import type {Census} from './census.ts';
import type {EventLog} from './event-log.ts';
import type {World} from './world.ts';

type Condition = readonly [
  holds: (node: NodeObject) => boolean,
  reasons: readonly [becameSo: string, becameOtherwise: string],
];

const conditions: readonly Condition[] = [
  [({conditions: {ready}}) => ready === 'True', ['NodeReady', 'NodeNotReady']],
  [({unschedulable}) => unschedulable, ['NodeNotSchedulable', 'NodeSchedulable']],
  [
    ({conditions: {memoryPressure}}) => memoryPressure,
    ['NodeHasInsufficientMemory', 'NodeHasSufficientMemory'],
  ],
  [
    ({conditions: {diskPressure}}) => diskPressure,
    ['NodeHasDiskPressure', 'NodeHasNoDiskPressure'],
  ],
];

export class ObjectEvents {
  readonly #world: World;
  readonly #log: EventLog;
  /** Pods that are not being deleted, by the ReplicaSet that owns them. */
  readonly #alive = new Map<WorkloadId, number>();
  /** Nodes that have power again, and have not said so. */
  readonly #rebooted = new Set<NodeId>();

  constructor(world: World, census: Census, log: EventLog) {
    this.#world = world;
    this.#log = log;
    const {signals, nodeSignals, workloadSignals} = world.store;
    world.machines.poweredOn.watch(node => this.#rebooted.add(node));
    nodeSignals.changed.watch((node, before, after) => this.#tellOfNode(node, before, after));
    signals.created.watch(pod => this.#create(pod));
    signals.unready.watch(pod => this.#tellOfLostNode(pod));
    signals.terminating.watch(pod => this.#terminate(pod));
    census.over.watch((pod, outcome) => this.#end(pod, outcome));
    workloadSignals.created.watch(id => this.#declare(id));
    workloadSignals.scaled.watch((id, from, to) => this.#tellOfScaling(id, from, to));
    workloadSignals.jobFinished.watch((id, as) => this.#tellOfJob(id, as));
    world.simulation.part('metrics.object-events', this);
  }

  save() {
    return {alive: this.#alive, rebooted: this.#rebooted};
  }

  restore(saved: ReturnType<ObjectEvents['save']>): void {
    this.#alive.clear();
    this.#rebooted.clear();
    for (const [owner, count] of saved.alive) this.#alive.set(owner, count);
    for (const node of saved.rebooted) this.#rebooted.add(node);
  }

  #tellOfNode(node: NodeId, before: NodeObject | undefined, after: NodeObject | undefined): void {
    const name = (after ?? before)?.name ?? '';
    const tell = (reason: string, message: string) =>
      this.#log.tell({object: `Node/${name}`, type: 'Normal', reason, message, node});
    if (after === undefined) {
      tell('RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`);
      return;
    }
    if (before === undefined) {
      tell('RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`);
      return;
    }
    // The kubelet finds another boot id when it first writes its status.
    if (after.conditions.ready === 'True' && this.#rebooted.delete(node)) {
      const message = `Node ${name} has been rebooted`;
      this.#log.tell({object: `Node/${name}`, type: 'Warning', reason: 'Rebooted', message, node});
    }
    for (const [holds, [becameSo, becameOtherwise]] of conditions) {
      if (holds(before) === holds(after)) continue;
      const reason = holds(after) ? becameSo : becameOtherwise;
      tell(reason, `Node ${name} status is now: ${reason}`);
    }
  }

  #create(pod: PodId): void {
    const owner = this.#owner(pod);
    if (owner === undefined) return;
    this.#log.tellOfPod(pod, 'pod-created');
    const {id, object} = owner;
    if ('replicas' in object.spec) this.#alive.set(id, (this.#alive.get(id) ?? 0) + 1);
  }

  // As the node lifecycle controller's MarkPodsNotReady.
  #tellOfLostNode(pod: PodId): void {
    const {pods, nodes} = this.#world.store;
    const node = pods.node(pod);
    const object = node === undefined ? undefined : nodes.get(node);
    if (object === undefined || object.conditions.ready === 'True') return;
    this.#log.tellOfPod(pod, 'node-not-ready');
  }

  #terminate(pod: PodId): void {
    if (this.#world.store.pods.disruption(pod) === 'DeletionByTaintManager') {
      this.#log.tellOfPod(pod, 'taint-eviction');
    }
    this.#leave(pod);
  }

  #end(pod: PodId, outcome: string): void {
    if (this.#world.store.pods.terminating(pod)) return;
    if (outcome === 'deleted') this.#leave(pod);
    else this.#countOut(pod);
  }

  /** Deleted by its controller, as far as the API shows: not disrupted, and one too many. */
  #leave(pod: PodId): void {
    const owner = this.#owner(pod);
    if (owner === undefined) return;
    const alive = this.#alive.get(owner.id) ?? 0;
    this.#countOut(pod);
    if (this.#world.store.pods.disruption(pod) !== undefined) return;
    const {spec, kind, deletedAt} = owner.object;
    if (deletedAt !== undefined) return;
    const tooMany = 'replicas' in spec ? alive > spec.replicas : kind !== 'uncontrolled';
    if (tooMany) this.#log.tellOfPod(pod, 'pod-deleted');
  }

  #countOut(pod: PodId): void {
    const owner = this.#world.store.pods.owner(pod);
    const alive = owner === undefined ? undefined : this.#alive.get(owner);
    if (owner === undefined || alive === undefined) return;
    if (alive > 1) this.#alive.set(owner, alive - 1);
    else this.#alive.delete(owner);
  }

  #owner(pod: PodId): {id: WorkloadId; object: WorkloadObject} | undefined {
    const {pods, workloads} = this.#world.store;
    const id = pods.owner(pod);
    const object = id === undefined ? undefined : workloads.get(id);
    if (id === undefined || object === undefined || object.kind === 'uncontrolled')
      return undefined;
    return {id, object};
  }

  #declare(id: WorkloadId): void {
    const object = this.#world.store.workloads.get(id);
    if (object === undefined) return;
    if ('replicas' in object.spec && object.spec.replicas > 0) {
      this.#tellOfScaling(id, 0, object.spec.replicas);
    }
    const {owner, namespace, name, kind} = object;
    if (kind !== 'Job' || owner === undefined) return;
    this.#tell(
      `${owner.kind}/${namespace}/${owner.name}`,
      'SuccessfulCreate',
      `Created job ${name}`,
    );
  }

  #tellOfScaling(id: WorkloadId, from: number, to: number): void {
    const object = this.#world.store.workloads.get(id);
    const owner = object?.owner;
    if (object === undefined || owner === undefined || owner.kind !== 'Deployment') return;
    const how = to > from ? 'up' : 'down';
    const message = `Scaled ${how} replica set ${object.name} from ${from} to ${to}`;
    this.#tell(`Deployment/${object.namespace}/${owner.name}`, 'ScalingReplicaSet', message);
  }

  #tellOfJob(id: WorkloadId, as: string): void {
    const object = this.#world.store.workloads.get(id);
    if (object === undefined) return;
    const name = `${kindOf(object)}/${object.namespace}/${object.name}`;
    if (as === 'Complete') this.#tell(name, 'Completed', 'Job completed');
    else this.#tell(name, as, failures.get(as) ?? `Job failed: ${as}`, 'Warning');
  }

  #tell(object: string, reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal') {
    this.#log.tell({object, type, reason, message, node: undefined});
  }
}

const failures: ReadonlyMap<string, string> = new Map([
  ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'],
  ['DeadlineExceeded', 'Job was active longer than specified deadline'],
]);
