// The kubelets of all nodes: what becomes of a pod once it is bound. One object serves every node;
// a node's kubelet differs from another's only in its pods.
//
//   bound ──podStart──▶ running, ready ──lifetime──▶ Succeeded, then deleted
//     │  ▲                   │      │
//     │  └─kubelet is back── │ ◀────┼── lost: power, and all containers
//     │ deletion seen        │ deletion seen
//     ▼                      ▼
//   gone (never starts)   stopping ──grace period or lifetime, whichever ends first──▶ gone
//
// Simplified: `podStart` stands for sandbox, volumes, image pull, container start and the kubelet's
// own observation of it; all containers start and become ready together; a container ignores
// SIGTERM until its grace period ends; images are always there; whoever made a pod with a lifetime
// deletes it as soon as it has Succeeded (`ttlSecondsAfterFinished: 0`), and its lifetime begins
// anew when its containers do; kubelets' clients have no limit of their own.

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {type Time, toTime} from '../engine/time.ts';
import type {ListenerId, Listeners} from '../machines/listeners.ts';
import type {Machines, SandboxId} from '../machines/machines.ts';
import type {ApiClient, ApiConnector} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {WatchDelay} from '../objects/watch.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawOnce} from './draw-once.ts';
import {KubeletPods, lives, type SavedKubeletPods} from './kubelet-pods.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';
import type {NodePods} from './node-shutdown.ts';
import {StatusReconciliation} from './status-reconciliation.ts';
import {shortestGrace} from './termination.ts';
import {PodWatch} from './watch-pods.ts';

export type KubeletOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** `undefined` where nobody calls any pod. */
  readonly listeners: Listeners | undefined;
  readonly processes: KubeletProcesses;
  readonly api: ApiConnector;
  /** From a change's being stored to the kubelets' learning of it. */
  readonly watchDelay: WatchDelay;
  /** From learning of a binding to the containers running. */
  readonly podStart: Distribution;
  /** Its kubelet takes no more pods. */
  readonly refuses: (node: NodeId) => boolean;
};

export class Kubelet implements NodePods {
  readonly left = new Signal<[pod: PodId, node: NodeId]>();
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #listeners: Listeners | undefined;
  readonly #processes: KubeletProcesses;
  readonly #refuses: (node: NodeId) => boolean;
  readonly #api: ApiClient;
  readonly #podStart: Distribution;
  readonly #pods = new KubeletPods();
  readonly #started: EventKind<PodId>;
  readonly #lifetimeEnded: EventKind<PodId>;
  readonly #graceEnded: EventKind<PodId>;

  constructor({watchDelay, podStart, ...parts}: KubeletOptions) {
    const {simulation, store, processes} = parts;
    this.#simulation = simulation;
    this.#store = store;
    this.#machines = parts.machines;
    this.#listeners = parts.listeners;
    this.#processes = processes;
    this.#refuses = parts.refuses;
    const limits = {qps: undefined, burst: 1};
    this.#api = parts.api.connect({name: 'kubelet', limits, replies: {}});
    this.#podStart = podStart;
    const event = (what: string, step: (pod: PodId) => void) =>
      simulation.event(`kubelet.${what}`, step);
    this.#started = event('containers-started', pod => this.#run(pod));
    this.#lifetimeEnded = event('lifetime-ended', pod => this.#end(pod));
    this.#graceEnded = event('grace-period-ended', pod => this.#end(pod));
    simulation.part('kubelet', this);
    processes.died.watch(node => this.#loseAll(node));
    processes.stopped.watch(node => this.#leaveAlone(node));
    this.#watchPods(watchDelay);
  }

  #watchPods(delay: WatchDelay): void {
    const parts = {simulation: this.#simulation, store: this.#store, processes: this.#processes};
    const holdsReady = (pod: PodId) => this.#pods.lifeOf(pod) === lives.running;
    const statuses = new StatusReconciliation({...parts, api: this.#api, holdsReady});
    new PodWatch(
      {...parts, delay},
      {
        bound: (pod, node) => this.#admit(pod, node),
        terminating: pod => this.#stop(pod),
        deleted: pod => this.#forget(pod),
        markedUnready: pod => statuses.expect(pod),
        foundAgain: pod => this.#goOn(pod),
        has: pod => this.#pods.lifeOf(pod) !== lives.none,
        holdsReady,
        podsOn: node => this.podsOn(node),
      },
    );
  }

  #admit(pod: PodId, node: NodeId): void {
    if (this.#refuses(node)) {
      this.#api.reportEnded(pod, 'Failed', 'NodeShutdown');
      return;
    }
    this.#pods.add(pod, node);
    this.#start(pod);
  }

  #start(pod: PodId): void {
    const own = this.#pods;
    const slowness = this.#machines.slowness(own.node[pod] as NodeId);
    own.life[pod] = lives.starting;
    own.shutDown[pod] = 0;
    own.next[pod] = this.#started.after(toTime(this.#startTime(pod) * slowness), pod);
  }

  /** A pod's own: whatever the scheduler does, each of them takes what it takes. */
  #startTime(pod: PodId): Time {
    const {pods} = this.#store;
    if (this.#podStart.law === 'constant') return this.#podStart.value;
    const key = `${pods.namespace(pod)}/${pods.name(pod)}@${pods.createdAt(pod)}`;
    const again = this.#pods.ran[pod] === 1 ? `/${this.#simulation.now}` : '';
    return drawOnce(this.#simulation, this.#podStart, `kubelet/pod-start/${key}${again}`);
  }

  #run(pod: PodId): void {
    const {pods} = this.#store;
    const own = this.#pods;
    const node = own.node[pod] as NodeId;
    own.life[pod] = lives.running;
    own.sandbox[pod] = this.#machines.start(node, pods.serial(pod));
    this.#machines.addresses.give(pod, node, pods.template(pod).spec.hostNetwork);
    if (this.#listeners !== undefined) this.#listen(pod, this.#listeners);
    this.#store.signals.serving.emit(pod);
    this.#reportRun(pod);
    own.ran[pod] = 1;
    const lifetime = pods.lifetime(pod);
    if (lifetime === undefined) return;
    own.endsAt[pod] = this.#simulation.now + lifetime;
    own.next[pod] = this.#lifetimeEnded.at(own.endsAt[pod], pod);
  }

  #listen(pod: PodId, listeners: Listeners): void {
    const own = this.#pods;
    const serial = this.#store.pods.serial(pod);
    own.listener[pod] = listeners.add(pod, serial, own.node[pod] as NodeId);
    listeners.set(own.listener[pod] as ListenerId, 'open');
  }

  #reportRun(pod: PodId): void {
    const {pods} = this.#store;
    const {containers} = pods.template(pod).spec;
    if (pods.phase(pod) === 'Pending') this.#api.reportStarted(pod);
    if (this.#pods.ran[pod] === 0) return;
    for (const _ of containers) this.#api.reportRestarted(pod);
    this.#api.reportReady(pod);
  }

  /** Its containers have ended: by themselves, or because their grace period is over. */
  #end(pod: PodId): void {
    const {life, node, shutDown} = this.#pods;
    const stopping = life[pod] === lives.stopping;
    this.#stopContainers(pod);
    if (shutDown[pod] === 1) this.#store.signals.broken.emit(pod);
    if (this.#processes.runs(node[pod] as NodeId)) this.#seeEnd(pod, stopping);
    else life[pod] = lives.over;
  }

  #seeEnd(pod: PodId, stopping: boolean): void {
    const failed = this.#pods.shutDown[pod] === 1;
    this.#remove(pod);
    if (failed) this.#api.reportEnded(pod, 'Failed', 'Terminated');
    else if (stopping) this.#api.confirmDeleted(pod);
    else {
      this.#api.reportEnded(pod, 'Succeeded');
      this.#api.deletePod(pod);
    }
  }

  /** A deletion timestamp was seen. */
  #stop(pod: PodId): void {
    const own = this.#pods;
    const life = own.lifeOf(pod);
    if (life === lives.stopping) {
      own.shutDown[pod] = 0;
    } else if (life !== lives.running) {
      this.#forget(pod);
      this.#api.confirmDeleted(pod);
    } else this.#stopWithin(pod, this.#store.pods.deletionGrace(pod));
  }

  #stopWithin(pod: PodId, grace: Time): void {
    const own = this.#pods;
    own.life[pod] = lives.stopping;
    const killedAt = this.#simulation.now + Math.max(shortestGrace, grace);
    if (own.endsAt[pod] <= killedAt) return;
    this.#simulation.cancel(own.next[pod] as EventHandle);
    own.next[pod] = this.#graceEnded.at(killedAt, pod);
  }

  /** The object is gone, so the containers must not stay (nor, if they never ran, start). */
  #forget(pod: PodId): void {
    if (this.#pods.lifeOf(pod) === lives.none) return;
    this.#simulation.cancel(this.#pods.next[pod] as EventHandle);
    this.#stopContainers(pod);
    this.#remove(pod);
  }

  #remove(pod: PodId): void {
    this.#pods.remove(pod);
    this.left.emit(pod, this.#pods.node[pod] as NodeId);
  }

  #stopContainers(pod: PodId): void {
    const {life, node, sandbox, listener} = this.#pods;
    if (life[pod] !== lives.running && life[pod] !== lives.stopping) return;
    this.#listeners?.remove(listener[pod] as ListenerId);
    this.#machines.stop(sandbox[pod] as SandboxId);
    this.#machines.addresses.release(pod, node[pod] as NodeId);
  }

  #loseAll(node: NodeId): void {
    const {life, next} = this.#pods;
    for (const pod of this.#pods.on(node)) {
      this.#simulation.cancel(next[pod] as EventHandle);
      this.#stopContainers(pod);
      life[pod] = lives.lost;
      this.#store.signals.broken.emit(pod);
    }
  }

  /** Without a kubelet nothing is started; what runs goes on, and ends when it would. */
  #leaveAlone(node: NodeId): void {
    const {life, next} = this.#pods;
    for (const pod of this.#pods.on(node)) {
      if (life[pod] === lives.starting) this.#simulation.cancel(next[pod] as EventHandle);
    }
  }

  /** Its kubelet has started and finds it, on the disk or running. */
  #goOn(pod: PodId): void {
    const {life, ran} = this.#pods;
    const {pods} = this.#store;
    if (life[pod] === lives.starting) this.#start(pod);
    else if (life[pod] === lives.over) this.#seeEnd(pod, false);
    else if (life[pod] === lives.running && !pods.ready(pod)) this.#api.reportReady(pod);
    if (life[pod] !== lives.lost) return;
    // As computePodActions: with `Never` no second sandbox is made.
    if (ran[pod] === 1 && pods.template(pod).spec.restartPolicy === 'Never') {
      this.#remove(pod);
      this.#api.reportEnded(pod, 'Failed');
      return;
    }
    if (pods.ready(pod)) this.#api.reportUnready(pod);
    this.#pods.endsAt[pod] = Infinity;
    this.#start(pod);
  }

  podsOn(node: NodeId): PodId[] {
    return this.#pods.on(node);
  }

  terminate(pod: PodId, grace: Time): void {
    const own = this.#pods;
    if (own.life[pod] === lives.stopping) return;
    own.shutDown[pod] = 1;
    if (own.life[pod] === lives.running) this.#stopWithin(pod, grace);
    else if (own.life[pod] === lives.starting) {
      this.#forget(pod);
      this.#api.reportEnded(pod, 'Failed', 'Terminated');
    }
  }

  save(): SavedKubeletPods {
    return this.#pods.save();
  }

  restore(saved: SavedKubeletPods): void {
    this.#pods.restore(saved);
  }
}
