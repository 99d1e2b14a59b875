// Keeps one pod of a DaemonSet on every node that is fit for it (pkg/controller/daemon). The pods
// ask for their node by name; the scheduler binds them.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeId, WorkloadId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {DaemonSetObject} from '../objects/workload-object.ts';
import {claim} from './claims.ts';
import type {ClusterView} from './cluster-view.ts';
import {DaemonMemory, targetName} from './daemon-memory.ts';
import {daemonPlace} from './daemon-nodes.ts';
import {
  type DaemonChanges,
  type DaemonQuestions,
  type DaemonSight,
  daemonChanges,
  daemonStatus,
  updatedNodes,
} from './daemon-plan.ts';
import {daemonLimits, daemonUpdate} from './daemon-update.ts';
import {Expectations} from './expectations.ts';
import {isAvailable, type KnownPod} from './known-pod.ts';
import type {NameStreams} from './name-streams.ts';
import {NodeBackOff} from './node-back-off.ts';
import {nothing, type Plan, type PlannedRequest, slowStart} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {nextAvailable, sameFields} from './replica-set-status.ts';
import {WorkLoop} from './work-loop.ts';

/** All that a sync decides from. */
type DaemonLook = {
  readonly sights: readonly DaemonSight[];
  readonly questions: DaemonQuestions;
  readonly strays: readonly KnownPod[];
};

/** Pods created, and deleted, in one sync. */
const burst = 250;

export class DaemonSetController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #names: NameStreams;
  readonly #loop: WorkLoop;
  readonly #expectations = new Expectations();
  readonly #backOff = new NodeBackOff();
  readonly #memory = new DaemonMemory();

  constructor({simulation, api, view, names, manager}: ControllerParts) {
    this.#simulation = simulation;
    this.#view = view;
    this.#names = names;
    const name = 'daemonset-controller';
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name,
      workers: 2,
      sync: item => this.#sync(item as WorkloadId),
      notCreated: item => this.#expectations.creationSeen(item as WorkloadId),
    });
    simulation.part(`${name}.expectations`, this.#expectations);
    simulation.part(`${name}.back-off`, this.#backOff);
    manager.join({stop: () => this.#stop(), start: () => undefined});
    view.listen({
      podAdded: pod => {
        this.#podChanged(pod, owner => this.#expectations.creationSeen(owner));
        this.#offer(pod);
      },
      podUpdated: pod => this.#podChanged(pod, owner => this.#seen(owner, pod, pod.terminating)),
      podDeleted: pod => this.#podChanged(pod, owner => this.#seen(owner, pod, true)),
      podReleased: pod => this.#offer(pod),
      workloadChanged: (id, after, before) => {
        if ((after ?? before)?.kind === 'DaemonSet') this.#loop.queue.add(id);
        if (after === undefined) this.#forget(id);
      },
      nodeChanged: (_node, after, before) => this.#nodeChanged(after, before),
    });
  }

  #stop(): void {
    this.#expectations.clear();
    this.#backOff.clear();
  }

  #podChanged({owner}: KnownPod, seen: (owner: WorkloadId) => void): void {
    if (owner === undefined || this.#view.workload(owner)?.kind !== 'DaemonSet') return;
    seen(owner);
    this.#loop.queue.add(owner);
  }

  /** Whoever selects a pod that nobody controls may have it. */
  #offer(pod: KnownPod): void {
    for (const id of this.#view.claimants(pod)) {
      if (this.#view.workload(id)?.kind === 'DaemonSet') this.#loop.queue.add(id);
    }
  }

  #seen(owner: WorkloadId, pod: KnownPod, leaving: boolean): void {
    if (leaving) this.#expectations.deletionSeen(owner, pod.id);
  }

  #forget(id: WorkloadId): void {
    this.#expectations.forget(id);
    this.#memory.forget(id);
  }

  /** Only those that think otherwise of the node now. */
  #nodeChanged(after: NodeObject | undefined, before: NodeObject | undefined): void {
    for (const [id, object] of this.#view.workloads) {
      if (object.kind !== 'DaemonSet') continue;
      const was = before && daemonPlace(object.spec, before);
      const is = after && daemonPlace(object.spec, after);
      if (was?.runs !== is?.runs || was?.stays !== is?.stays) this.#loop.queue.add(id);
    }
  }

  #sync(id: WorkloadId): Plan {
    const object = this.#view.workload(id);
    if (object?.kind !== 'DaemonSet' || object.deletedAt !== undefined) return nothing;
    const {now} = this.#simulation;
    const claimed = claim(this.#view, id, object);
    if (claimed.adopts) this.#loop.spendRequest();
    const sights = this.#sights(id, object, claimed.pods);
    const questions = this.#questions(id, object);
    const manages = this.#expectations.satisfied(id, now);
    const strays = claimed.pods.filter(pod => this.#isStray(id, pod));
    const batches = manages ? this.#manage(id, object, {sights, questions, strays}) : [];
    const observed = manages ? object.generation : object.status.observedGeneration;
    const status = daemonStatus(sights, questions, observed);
    const same = sameFields(status, object.status);
    return {
      batches: [claimed.requests, ...batches],
      last: same
        ? undefined
        : {verb: 'update-status', workload: id, version: object.version, status},
      again: nextAvailable(claimed.pods, object.spec.minReady, now),
    };
  }

  #sights(id: WorkloadId, {spec}: DaemonSetObject, claimed: readonly KnownPod[]): DaemonSight[] {
    const sights = [...this.#view.nodes].map(([node, value]) => {
      const pods: KnownPod[] = [];
      return {node, place: this.#memory.place(id, spec, {node, value}), pods};
    });
    const byNode = new Map<NodeId, KnownPod[]>(sights.map(({node, pods}) => [node, pods]));
    for (const pod of claimed) {
      const node = pod.node ?? this.#memory.target(id, pod);
      if (node !== undefined) byNode.get(node)?.push(pod);
    }
    return sights;
  }

  /** It waits for a node that is gone (getUnscheduledPodsWithoutNode). */
  #isStray(id: WorkloadId, pod: KnownPod): boolean {
    if (pod.node !== undefined || pod.terminating || targetName(pod) === undefined) return false;
    const target = this.#memory.target(id, pod);
    return target === undefined || !this.#view.nodes.has(target);
  }

  #questions(id: WorkloadId, {spec}: DaemonSetObject): DaemonQuestions {
    const {now} = this.#simulation;
    const {strategy, minReady} = spec;
    const hash = this.#memory.hash(id, spec);
    return {
      surges: strategy.type === 'RollingUpdate' && !isNone(strategy.maxSurge),
      isUpdated: pod => this.#memory.hashOf(pod) === hash,
      isAvailable: pod => isAvailable(pod, minReady, now),
      mayReplace: node => this.#mayReplace(id, `${id}/${hash}/${node}`),
    };
  }

  #mayReplace(id: WorkloadId, key: string): boolean {
    const {now} = this.#simulation;
    const left = this.#backOff.left(key, now);
    if (left > 0) this.#loop.queue.addAfter(id, left);
    else this.#backOff.next(key, now);
    return left === 0;
  }

  #manage(
    id: WorkloadId,
    object: DaemonSetObject,
    {sights, questions, strays}: DaemonLook,
  ): PlannedRequest[][] {
    const changes = daemonChanges(sights, questions);
    changes.deletes.push(...strays);
    const quiet = changes.creates.length === 0 && changes.deletes.length === 0;
    const {strategy} = object.spec;
    if (!quiet) return this.#requests(id, object, changes);
    if (strategy.type === 'OnDelete') return [];
    const desired = sights.filter(({place}) => place.runs).length;
    const nodes = updatedNodes(sights, questions);
    const update = daemonUpdate(nodes, daemonLimits(strategy, desired), questions.isAvailable);
    return this.#requests(id, object, {creates: [...update.creates], deletes: [...update.deletes]});
  }

  #requests(
    id: WorkloadId,
    object: DaemonSetObject,
    {creates, deletes}: DaemonChanges,
  ): PlannedRequest[][] {
    const made = creates.slice(0, burst).flatMap(node => this.#create(id, object, node));
    const gone = deletes.slice(0, burst).map(pod => pod.id);
    if (made.length === 0 && gone.length === 0) return [];
    const expected = {creations: made.length, deletions: gone};
    this.#expectations.expect(id, this.#simulation.now, expected);
    return [...slowStart(made), gone.map(pod => ({verb: 'delete-pod', pod}))];
  }

  #create(id: WorkloadId, object: DaemonSetObject, node: NodeId): PlannedRequest[] {
    const value = this.#view.nodes.get(node);
    if (value === undefined) return [];
    const template = this.#memory.template(id, object.spec, {node, value});
    const name = this.#names.podName(object);
    return [{verb: 'create-pod', name, template, owner: id, lifetime: undefined}];
  }
}

function isNone(amount: {count: number} | {percent: number}): boolean {
  return ('count' in amount ? amount.count : amount.percent) === 0;
}
