// Reboots, and the pods of a node that shuts down in good order. As nodeshutdown_manager.go, which
// does nothing unless the kubelet's configuration gives it time:
//
//   reboot ─▶ node not ready, takes no more pods ─▶ usual pods end ─▶ critical pods end
//     │ no time given, or no kubelet                (each group: until all have, or time is up)
//     └──────────▶ power off ◀────────────────────────────────────────────────┘
//                     └──downtime──▶ power on, boot

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeReboot} from '../machines/node-reboot.ts';
import type {FailureReason} from '../objects/failure-reason.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';
import type {NodeStatus} from './node-status.ts';

/** What kubelets of either kind let a shutdown do with the pods of a node. */
export type NodePods = {
  podsOn(node: NodeId): Iterable<PodId>;
  /** Its containers are stopped within that time; it has Failed then, for that reason. */
  terminate(pod: PodId, grace: Time, reason: FailureReason): void;
  /** The node has nothing of the pod any more. */
  readonly left: Signal<[pod: PodId, node: NodeId]>;
};

// As SystemCriticalPriority.
const criticalPriority = 2_000_000_000;

type Shutdown = {
  readonly downtime: Time;
  /** It is the critical pods' turn. */
  critical: boolean;
  /** Still to end of those whose turn it is. */
  pods: Set<PodId>;
  timeUp: EventHandle;
};

export type NodeShutdownOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly processes: KubeletProcesses;
  readonly status: NodeStatus;
  readonly kubelet: NodePods;
  readonly options: {
    readonly shutdownGracePeriod: Time;
    readonly shutdownGracePeriodCriticalPods: Time;
  };
};

export class NodeShutdown implements NodeReboot {
  readonly wentDown = new Signal<[node: NodeId]>();
  readonly cameUp = new Signal<[node: NodeId]>();
  readonly #parts: NodeShutdownOptions;
  readonly #timeUp: EventKind<NodeId>;
  readonly #downtimeOver: EventKind<NodeId>;
  #shutdowns = new Map<NodeId, Shutdown>();

  constructor(parts: NodeShutdownOptions) {
    const {simulation, machines, processes, kubelet} = parts;
    this.#parts = parts;
    this.#timeUp = simulation.event('kubelet.shutdown-phase-ended', (node: NodeId) =>
      this.#goOn(node),
    );
    this.#downtimeOver = simulation.event('machine.downtime-over', (node: NodeId) => {
      machines.withoutPower.release(node);
      this.cameUp.emit(node);
    });
    kubelet.left.watch((pod, node) => this.#strikeOff(pod, node));
    // Nobody is left to wait for the pods.
    for (const signal of [processes.died, processes.stopped]) {
      signal.watch(node => this.#giveUp(node));
    }
    simulation.part('node.shutdowns', this);
  }

  reboot(node: NodeId, downtime: Time): void {
    const {processes, status, options} = this.#parts;
    if (this.#shutdowns.has(node)) return;
    if (options.shutdownGracePeriod === 0 || !processes.runs(node)) {
      this.#goDown(node, downtime);
      return;
    }
    status.shutDown(node);
    this.#endPods(node, {downtime, critical: false});
  }

  #endPods(node: NodeId, {downtime, critical}: {downtime: Time; critical: boolean}): void {
    const {store, kubelet, options} = this.#parts;
    const {shutdownGracePeriod: all, shutdownGracePeriodCriticalPods: last} = options;
    const period = critical ? last : all - last;
    const isTurn = (pod: PodId) => store.pods.priority(pod) >= criticalPriority === critical;
    const pods = [...kubelet.podsOn(node)].filter(isTurn);
    const timeUp = this.#timeUp.after(pods.length === 0 ? 0 : period, node);
    this.#shutdowns.set(node, {downtime, critical, pods: new Set(pods), timeUp});
    for (const pod of pods) {
      const grace = store.pods.template(pod).spec.terminationGracePeriod;
      kubelet.terminate(pod, Math.min(grace, period), 'Terminated');
    }
  }

  #strikeOff(pod: PodId, node: NodeId): void {
    const shutdown = this.#shutdowns.get(node);
    if (!shutdown?.pods.delete(pod) || shutdown.pods.size > 0) return;
    this.#parts.simulation.cancel(shutdown.timeUp);
    shutdown.timeUp = this.#timeUp.after(0, node);
  }

  #goOn(node: NodeId): void {
    const shutdown = this.#shutdowns.get(node);
    if (shutdown === undefined) return;
    if (shutdown.critical) this.#giveUp(node);
    else this.#endPods(node, {...shutdown, critical: true});
  }

  #giveUp(node: NodeId): void {
    const shutdown = this.#shutdowns.get(node);
    if (shutdown === undefined) return;
    this.#parts.simulation.cancel(shutdown.timeUp);
    this.#shutdowns.delete(node);
    this.#goDown(node, shutdown.downtime);
  }

  #goDown(node: NodeId, downtime: Time): void {
    this.#parts.machines.withoutPower.take(node);
    this.#downtimeOver.after(downtime, node);
    this.wentDown.emit(node);
  }

  save() {
    return this.#shutdowns;
  }

  restore(saved: ReturnType<NodeShutdown['save']>): void {
    this.#shutdowns = saved;
  }
}
