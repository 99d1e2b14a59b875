// The kubelets of all nodes: what becomes of a pod once it is bound. One object serves every node;
// a node's kubelet differs from another's only in its pods.
//
//   bound ──podStart──▶ running, ready ──lifetime──▶ Succeeded, then deleted
//     │                      │
//     │ deletion seen        │ deletion seen
//     ▼                      ▼
//   gone (never starts)   stopping ──grace period or lifetime, whichever ends first──▶ gone
//
// Simplified: `podStart` stands for sandbox, volumes, image pull, container start and the kubelet's
// own observation of it; all containers start and become ready together; a container ignores
// SIGTERM until its grace period ends; images are always there; whoever made a pod with a lifetime
// deletes it as soon as it has Succeeded (`ttlSecondsAfterFinished: 0`); kubelets' clients have no
// limit of their own.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Machines, SandboxId} from '../machines/machines.ts';
import type {ApiClient, ApiConnector} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import {KubeletPods, lives, type SavedKubeletPods} from './kubelet-pods.ts';
import {shortestGrace} from './termination.ts';
import {watchPods} from './watch-pods.ts';

export type KubeletOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly api: ApiConnector;
  /** From a change's being stored to the kubelets' learning of it. */
  readonly watchDelay: Time;
  /** From learning of a binding to the containers running. */
  readonly podStart: Distribution;
};

export class Kubelet {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #api: ApiClient;
  readonly #drawStart: Draw;
  readonly #pods = new KubeletPods();
  readonly #started: EventKind<PodId>;
  readonly #lifetimeEnded: EventKind<PodId>;
  readonly #graceEnded: EventKind<PodId>;

  constructor({simulation, store, machines, api, watchDelay, podStart}: KubeletOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#machines = machines;
    const limits = {qps: undefined, burst: 1};
    this.#api = api.connect({name: 'kubelet', limits, replies: {}});
    this.#drawStart = drawer(podStart, simulation.random('kubelet/pod-start'));
    this.#started = simulation.event('kubelet.containers-started', (pod: PodId) => this.#run(pod));
    this.#lifetimeEnded = simulation.event('kubelet.lifetime-ended', (pod: PodId) =>
      this.#end(pod),
    );
    this.#graceEnded = simulation.event('kubelet.grace-period-ended', (pod: PodId) =>
      this.#kill(pod),
    );
    simulation.part('kubelet', this);
    watchPods(
      {simulation, store, delay: watchDelay},
      {
        bound: (pod, node) => this.#start(pod, node),
        terminating: pod => this.#stop(pod),
        deleted: pod => this.#forget(pod),
      },
    );
  }

  #start(pod: PodId, node: NodeId): void {
    this.#pods.add(pod, node);
    this.#pods.next[pod] = this.#started.after(this.#drawStart(), pod);
  }

  #run(pod: PodId): void {
    const {pods} = this.#store;
    const own = this.#pods;
    own.life[pod] = lives.running;
    own.sandbox[pod] = this.#machines.start(own.node[pod] as NodeId, pods.serial(pod));
    this.#api.reportStarted(pod);
    const lifetime = pods.lifetime(pod);
    if (lifetime === undefined) return;
    own.endsAt[pod] = this.#simulation.now + lifetime;
    own.next[pod] = this.#lifetimeEnded.at(own.endsAt[pod], pod);
  }

  #end(pod: PodId): void {
    const stopping = this.#pods.life[pod] === lives.stopping;
    this.#stopContainers(pod);
    if (stopping) {
      this.#api.confirmDeleted(pod);
      return;
    }
    this.#api.reportEnded(pod, 'Succeeded');
    this.#api.deletePod(pod);
  }

  /** A deletion timestamp was seen. */
  #stop(pod: PodId): void {
    const own = this.#pods;
    if (own.life[pod] !== lives.running) {
      this.#forget(pod);
      this.#api.confirmDeleted(pod);
      return;
    }
    own.life[pod] = lives.stopping;
    const grace = this.#store.pods.template(pod).spec.terminationGracePeriod;
    const killedAt = this.#simulation.now + Math.max(shortestGrace, grace);
    if (own.endsAt[pod] <= killedAt) return;
    this.#simulation.cancel(own.next[pod] as EventHandle);
    own.next[pod] = this.#graceEnded.at(killedAt, pod);
  }

  #kill(pod: PodId): void {
    this.#stopContainers(pod);
    this.#api.confirmDeleted(pod);
  }

  /** The object is gone, so the containers must not stay (nor, if they never ran, start). */
  #forget(pod: PodId): void {
    const {life, next} = this.#pods;
    if (life[pod] === lives.none) return;
    this.#simulation.cancel(next[pod] as EventHandle);
    this.#stopContainers(pod);
  }

  #stopContainers(pod: PodId): void {
    const {life, sandbox} = this.#pods;
    if (life[pod] !== lives.starting) this.#machines.stop(sandbox[pod] as SandboxId);
    life[pod] = lives.none;
  }

  save(): SavedKubeletPods {
    return this.#pods.save();
  }

  restore(saved: SavedKubeletPods): void {
    this.#pods.restore(saved);
  }
}
