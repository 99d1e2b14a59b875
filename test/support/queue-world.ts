// A scheduling queue by itself: the test pops, refuses and notifies, and the clock goes where it is sent.

import {Simulation} from '../../src/engine/simulation.ts';
import {seconds, type Time} from '../../src/engine/time.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {PodSignals} from '../../src/objects/pod-signals.ts';
import type {KubernetesMinor} from '../../src/objects/version.ts';
import {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import {PodShapes} from '../../src/scheduler/cache/pod-shape.ts';
import type {ClusterEvent} from '../../src/scheduler/cluster-event.ts';
import type {Plugin} from '../../src/scheduler/framework.ts';
import {QueuedPod} from '../../src/scheduler/queue/queued-pod.ts';
import {RequeueRules} from '../../src/scheduler/queue/requeue-rules.ts';
import {SchedulingQueue} from '../../src/scheduler/queue/scheduling-queue.ts';
import {nodeWith, type PodWishes, templateWith} from './pods-and-nodes.ts';

export type QueueWishes = {
  readonly kubernetes?: KubernetesMinor;
  readonly maxBackoff?: Time;
  /** By name; `Picky` waits for a node to be added, unless told otherwise. */
  readonly plugins?: Readonly<Record<string, Plugin>>;
};

const picky: Plugin = {requeueOn: [{on: 'node-added'}]};

export class QueueWorld {
  readonly simulation = new Simulation({seed: 1});
  readonly signals = new PodSignals();
  readonly queue: SchedulingQueue;
  /** Names of pods that are gated. */
  readonly gated = new Set<string>();
  woken = 0;
  readonly #shapes: PodShapes;
  #created = 0;

  constructor({kubernetes = 36, maxBackoff = seconds(10), plugins = {}}: QueueWishes = {}) {
    const byName = new Map(Object.entries({Picky: picky, Gate: gate, ...plugins}));
    this.#shapes = new PodShapes(kubernetes);
    this.queue = new SchedulingQueue({
      simulation: this.simulation,
      kubernetes,
      signals: this.signals,
      initialBackoff: seconds(1),
      maxBackoff,
      less: (left, right) =>
        left.priority > right.priority ||
        (left.priority === right.priority && left.queuedAt < right.queuedAt),
      gateOf: pod => (this.gated.has(pod.name) ? 'Gate' : undefined),
      rules: new RequeueRules(kubernetes, () => byName),
      ready: () => this.woken++,
    });
  }

  pod(name: string, priority = 0, wishes: PodWishes = {}): PodInfo {
    const id = this.#created++ as PodId;
    return new PodInfo(id, name, this.#shapes.of(templateWith(wishes)), priority);
  }

  add(name: string, priority = 0, wishes: PodWishes = {}): QueuedPod {
    const queued = new QueuedPod(this.pod(name, priority, wishes), this.simulation.now);
    this.queue.add(queued);
    return queued;
  }

  /** Names, as they come. */
  popAll(): string[] {
    const names: string[] = [];
    for (let next = this.queue.pop(); next !== undefined; next = this.queue.pop()) {
      names.push(next.pod.name);
    }
    return names;
  }

  /** Added, tried and turned away by these plugins: an error when there are none. */
  refused(name: string, rejectedBy: readonly string[] = ['Picky'], pendingOn: string[] = []) {
    const queued = this.add(name);
    this.refuse(rejectedBy, pendingOn);
    return queued;
  }

  refuse(rejectedBy: readonly string[] = ['Picky'], pendingOn: string[] = []): void {
    const queued = this.queue.pop();
    if (queued === undefined) throw new Error('there is nothing to refuse');
    this.queue.refused(queued, {rejectedBy, pendingOn});
  }

  nodeAdded(): void {
    this.queue.notify(nodeAdded('new'));
  }

  at(time: Time): this {
    this.simulation.run(time);
    return this;
  }
}

const gate: Plugin = {requeueOn: [{on: 'pod-gates-eliminated'}]};

export function nodeAdded(name: string): ClusterEvent {
  return {kind: 'node-added', node: new NodeInfo(nodeWith(name))};
}
