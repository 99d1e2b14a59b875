// What the scheduler learns of the cluster, through its watches: kept in the cache, told to the
// queue as events that may help a waiting pod, and handed to the scheduler where it concerns a pod
// of its own (pkg/scheduler/eventhandlers.go).

import type {Simulation} from '../../engine/simulation.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {Store} from '../../objects/store.ts';
import {Watch, type WatchDelay} from '../../objects/watch.ts';
import {kindOf, selectorOf} from '../../objects/workload-object.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {putBound} from './bound-devices.ts';
import type {SchedulerCache} from './cache.ts';
import {nodeChanges} from './node-changes.ts';
import {NodeInfo} from './node-info.ts';
import {podChangesOf} from './pod-changes.ts';
import {PodInfo} from './pod-info.ts';
import {watchBudgets} from './watch-budgets.ts';

export type InformerListener = {
  /** Is anybody waiting for an event? Else none is made. */
  readonly listens: boolean;
  /** `concerns`: the waiting pods that the event may concern; absent: all. */
  clusterChanged(event: ClusterEvent, concerns?: (pod: PodInfo) => boolean): void;
  /** A pod without a node appeared. */
  podAdded(pod: PodInfo): void;
  /** A pod is on a node now, by this scheduler or another. */
  podAssigned(pod: PodInfo): void;
  podUpdated(pod: PodInfo, event: ClusterEvent): void;
  podTerminating(pod: PodInfo): void;
  /** The pod has ended or its object is gone. */
  podGone(pod: PodInfo): void;
};

export class Informer {
  readonly #store: Store;
  readonly #cache: SchedulerCache;
  readonly #listener: InformerListener;
  #pods: (PodInfo | undefined)[] = [];
  readonly #nodeIds = new Map<string, NodeId>();

  constructor(options: {
    simulation: Simulation;
    store: Store;
    cache: SchedulerCache;
    delay: WatchDelay;
    listener: InformerListener;
  }) {
    const {simulation, store, cache, delay, listener} = options;
    this.#store = store;
    this.#cache = cache;
    this.#listener = listener;
    const name = (kind: string): string => `scheduler.${kind}`;
    new Watch(simulation, store.namespaces.log, {
      name: name('namespaces'),
      delay,
      changed: row => this.#namespaceChanged(row),
    });
    new Watch(simulation, store.services.log, {
      name: name('services'),
      delay,
      changed: row => this.#serviceChanged(row),
    });
    new Watch(simulation, store.workloads.log, {
      name: name('workloads'),
      delay,
      changed: row => this.#workloadChanged(row),
    });
    new Watch(simulation, store.nodes.log, {
      name: name('nodes'),
      delay,
      changed: row => this.#nodeChanged(row),
    });
    new Watch(simulation, store.pods.log, {
      name: name('pods'),
      delay,
      changed: row => this.#podChanged(row),
    });
    watchBudgets(options, {delay});
  }

  pod(id: PodId): PodInfo | undefined {
    return this.#pods[id];
  }

  pods(): PodInfo[] {
    return this.#pods.filter(pod => pod !== undefined);
  }

  nodeId(node: NodeInfo): NodeId {
    const id = this.#nodeIds.get(node.name);
    if (id === undefined) throw new Error(`node ${node.name} was never seen`);
    return id;
  }

  #podChanged(row: number): void {
    const {log} = this.#store.pods;
    const id = log.id(row) as PodId;
    const kind = log.kind(row);
    if (kind === 'created') return this.#podCreated(id, log.value(row));
    const pod = this.#pods[id];
    if (pod === undefined) return;
    switch (kind) {
      case 'bound':
        return this.#podBound(pod, log.operand(row) as NodeId);
      case 'nominated':
        return this.#nominationChanged(pod, log.operand(row));
      case 'started':
        pod.startTime = log.time(row);
        return;
      case 'terminating':
        pod.preempted = log.operand(row) === 1;
        this.#cache.markTerminating(pod);
        this.#listener.podTerminating(pod);
        return;
      case 'updated':
        return this.#podUpdated(pod, log.value(row));
      // As the informer's filter: a pod that has succeeded or failed is as good as gone.
      case 'ended':
      case 'deleted':
        this.#pods[id] = undefined;
        this.#podGone(pod);
        return;
      default:
        return;
    }
  }

  #podCreated(id: PodId, template: PodTemplate | undefined): void {
    if (template === undefined) throw new Error(`pod ${id} was created without a template`);
    const {pods} = this.#store;
    const pod = new PodInfo(id, pods.name(id), this.#cache.shapes.of(template), pods.priority(id));
    pod.lifetime = pods.lifetime(id);
    this.#pods[id] = pod;
    // A manifest that names its node has no need of a scheduler.
    if (template.spec.nodeName === undefined) this.#listener.podAdded(pod);
  }

  #podBound(pod: PodInfo, nodeId: NodeId): void {
    const node = this.#cache.nodeOfPods(this.#store.nodes.nameOf(nodeId));
    putBound(this.#cache, pod, {node, devices: this.#store.pods.devices[pod.id]});
    pod.bound = true;
    pod.reportedNomination = undefined;
    this.#cache.nominations.remove(pod);
    this.#listener.podAssigned(pod);
    if (this.#listener.listens) this.#listener.clusterChanged({kind: 'pod-assigned', pod});
  }

  // As updatePodInSchedulingQueue: to pods of no higher priority a nominated pod was as good as
  // assigned.
  #nominationChanged(pod: PodInfo, operand: number): void {
    const name = operand < 0 ? undefined : this.#store.nodes.nameOf(operand as NodeId);
    const before = pod.reportedNomination;
    pod.reportedNomination = name;
    // What the scheduler itself expects of a binding under way is not news.
    if (pod.node !== undefined || before === undefined || before === name) return;
    this.#nominationLost(pod, before);
  }

  #nominationLost(pod: PodInfo, node: string): void {
    if (!this.#listener.listens) return;
    const leaving = pod.leaving(undefined);
    leaving.nominatedNode = node;
    const {priority} = pod;
    const concerns = (other: PodInfo): boolean => other.priority <= priority;
    this.#listener.clusterChanged({kind: 'pod-deleted', pod: leaving}, concerns);
  }

  #podUpdated(pod: PodInfo, template: PodTemplate | undefined): void {
    if (template === undefined) throw new Error(`pod ${pod.name} was updated without a template`);
    const before = pod.shape.template;
    this.#cache.relabel(pod, template);
    for (const event of podChangesOf(pod, before)) {
      if (pod.bound) this.#listener.clusterChanged(event);
      else this.#listener.podUpdated(pod, event);
    }
  }

  #podGone(pod: PodInfo): void {
    const {node} = pod;
    const nomination = pod.reportedNomination ?? pod.nominatedNode;
    const leaving = node !== undefined && this.#listener.listens ? pod.leaving(node) : undefined;
    if (node !== undefined) this.#cache.removePod(pod);
    this.#cache.nominations.remove(pod);
    this.#listener.podGone(pod);
    if (leaving !== undefined) this.#listener.clusterChanged({kind: 'pod-deleted', pod: leaving});
    else if (node === undefined && nomination !== undefined) this.#nominationLost(pod, nomination);
  }

  #nodeChanged(row: number): void {
    const {log} = this.#store.nodes;
    const object = log.value(row);
    if (object === undefined) throw new Error('a node changed without a value');
    switch (log.kind(row)) {
      case 'added':
        this.#nodeIds.set(object.name, log.id(row) as NodeId);
        this.#listener.clusterChanged({kind: 'node-added', node: this.#cache.addNode(object)});
        return;
      case 'updated':
        return this.#nodeUpdated(object);
      default: {
        const node = this.#cache.node(object.name);
        if (node === undefined) return;
        this.#cache.removeNode(node);
        // As it was: hints look at what has gone.
        this.#listener.clusterChanged({kind: 'node-deleted', node: new NodeInfo(object)});
      }
    }
  }

  #nodeUpdated(object: NodeObject): void {
    const node = this.#cache.node(object.name);
    if (node === undefined) return;
    const before = node.object;
    this.#cache.updateNode(node, object);
    for (const kind of nodeChanges(before, object)) {
      this.#listener.clusterChanged({kind, node, before});
    }
  }

  #namespaceChanged(row: number): void {
    const {log} = this.#store.namespaces;
    const namespace = log.value(row);
    if (namespace === undefined) return;
    if (log.kind(row) === 'deleted') this.#cache.removeNamespace(namespace.name);
    else this.#cache.setNamespace(namespace.name, namespace.labels);
  }

  #serviceChanged(row: number): void {
    const {log} = this.#store.services;
    const service = log.value(row);
    if (service === undefined) return;
    const {namespace, name, selector} = service;
    const selects = log.kind(row) === 'deleted' ? undefined : selector;
    this.#cache.selectors.setService(namespace, name, selects);
  }

  // Selectors never change: a ReplicaSet's is immutable, and no controller rewrites another's.
  #workloadChanged(row: number): void {
    const {log} = this.#store.workloads;
    const object = log.value(row);
    if (object === undefined || log.kind(row) === 'updated') return;
    const {namespace, name} = object;
    const selects = log.kind(row) === 'deleted' ? undefined : selectorOf(object);
    this.#cache.selectors.setOwner({kind: kindOf(object), namespace, name}, selects);
  }

  save(): SavedInformer {
    return {
      pods: this.pods().map(pod => ({
        id: pod.id,
        name: pod.name,
        template: this.#store.pods.templateId(pod.shape.template),
        priority: pod.priority,
        node: pod.node?.name,
        devices: pod.devices,
        bound: pod.bound,
        startTime: pod.startTime,
        lifetime: pod.lifetime,
        terminating: pod.terminating,
        preempted: pod.preempted,
        reportedNomination: pod.reportedNomination,
        evictionsUnderWay: pod.evictionsUnderWay,
      })),
      nodeIds: [...this.#nodeIds],
    };
  }

  /** The cache's nodes must be back before. */
  restore(saved: SavedInformer): void {
    for (const [name, id] of saved.nodeIds) this.#nodeIds.set(name, id);
    for (const {id, name, template, priority, node, ...state} of saved.pods) {
      const shape = this.#cache.shapes.of(this.#store.pods.templateOf(template));
      const pod = Object.assign(new PodInfo(id, name, shape, priority), state);
      this.#pods[id] = pod;
      if (node !== undefined) this.#cache.addPod(pod, this.#cache.nodeOfPods(node));
    }
  }
}

export type SavedInformer = {
  pods: (Pick<PodInfo, 'id' | 'name' | 'priority' | SavedState> & {
    template: number;
    node: string | undefined;
  })[];
  nodeIds: [string, NodeId][];
};

type SavedState =
  | 'devices'
  | 'bound'
  | 'startTime'
  | 'lifetime'
  | 'terminating'
  | 'preempted'
  | 'reportedNomination'
  | 'evictionsUnderWay';
