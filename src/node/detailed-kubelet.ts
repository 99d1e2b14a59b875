// The kubelets of all nodes, with every step of a pod's life: which pods they have, and what they
// learn from the API. What becomes of each is in pod-life.ts.
//
//   bound ──▶ fits? ──yes──▶ its life on the node ──▶ ended, or deletion confirmed
//               └───no───▶ Failed (OutOfcpu, OutOfmemory, OutOfpods)

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient, ApiConnector} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {BehaviourEntry} from './behaviour-options.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LivePod} from './live-pod.ts';
import {LivePods} from './live-pods.ts';
import {NodeRoom} from './node-room.ts';
import {PodLife} from './pod-life.ts';
import {watchPods} from './watch-pods.ts';

export type DetailedKubeletOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly registry: Registry;
  readonly api: ApiConnector;
  /** From a change's being stored to the kubelets' learning of it. */
  readonly watchDelay: Time;
  readonly options: KubeletOptions;
  readonly behaviours: readonly BehaviourEntry[];
};

export class DetailedKubelet {
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #room: NodeRoom;
  readonly #life: PodLife;

  constructor({watchDelay, behaviours, ...parts}: DetailedKubeletOptions) {
    const {simulation, store} = parts;
    const limits = {qps: undefined, burst: 1};
    const api = parts.api.connect({name: 'kubelet', limits, replies: {}});
    this.#api = api;
    this.#lives = new LivePods(store, behaviours);
    this.#room = new NodeRoom(store);
    const left = (live: LivePod) => this.#forget(live);
    this.#life = new PodLife({...parts, api, lives: this.#lives, room: this.#room, left});
    simulation.part('kubelet', this);
    watchPods(
      {simulation, store, delay: watchDelay},
      {
        bound: (pod, node) => this.#admit(pod, node),
        terminating: pod => this.#stop(pod),
        deleted: pod => this.#drop(pod),
      },
    );
  }

  save() {
    return {lives: this.#lives.save(), room: this.#room.save()};
  }

  restore(saved: ReturnType<DetailedKubelet['save']>): void {
    this.#lives.restore(saved.lives);
    this.#room.restore(saved.room);
  }

  #admit(pod: PodId, node: NodeId): void {
    const live = this.#lives.add(pod, node);
    const {requests} = this.#lives.plan(live);
    const refusal = this.#room.refusal(node, requests);
    if (refusal !== undefined) {
      this.#lives.delete(pod);
      this.#api.reportEnded(pod, 'Failed', refusal);
      return;
    }
    this.#room.take(node, requests);
    this.#life.begin(live);
  }

  #stop(pod: PodId): void {
    const live = this.#lives.get(pod);
    if (live === undefined) this.#api.confirmDeleted(pod);
    else this.#life.stop(live);
  }

  /** The object is gone, so the containers must not stay (nor, if they never ran, start). */
  #drop(pod: PodId): void {
    const live = this.#lives.get(pod);
    if (live !== undefined) this.#life.leave(live);
  }

  #forget(live: LivePod): void {
    this.#room.release(live.node, this.#lives.plan(live).requests);
    this.#lives.delete(live.pod);
  }
}
