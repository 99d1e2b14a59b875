// Heartbeats as kubelets have them: each node renews its lease at a phase of its own, until it is
// lost.

import {Signal} from '../../src/engine/signal.ts';
import type {Simulation} from '../../src/engine/simulation.ts';
import {seconds, type Time, toTime} from '../../src/engine/time.ts';
import type {Heartbeats} from '../../src/objects/heartbeats.ts';
import type {NodeId} from '../../src/objects/ids.ts';

const interval = seconds(10);

export class FakeHeartbeats implements Heartbeats {
  readonly ended = new Signal<[node: NodeId, before: boolean]>();
  readonly resumed = new Signal<[node: NodeId]>();
  readonly #simulation: Simulation;
  /** The last renewal of those that are lost. */
  #last = new Map<NodeId, Time>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    simulation.part('test.heartbeats', this);
  }

  lastRenewal(node: NodeId): Time {
    return this.#last.get(node) ?? this.#latest(node);
  }

  beating(node: NodeId): boolean {
    return !this.#last.has(node);
  }

  lose(node: NodeId): void {
    if (this.#last.has(node)) return;
    this.#last.set(node, this.#latest(node));
    this.ended.emit(node, false);
  }

  find(node: NodeId): void {
    if (this.#last.delete(node)) this.resumed.emit(node);
  }

  // As the kubelet: every 10 s, up to 4 % later.
  #latest(node: NodeId): Time {
    const {now} = this.#simulation;
    const stream = this.#simulation.passingRandom(`heartbeats/${node}`);
    const period = toTime(interval * stream.uniform(1, 1.04));
    return now - ((now + toTime(stream.uniform(0, period))) % period);
  }

  save(): ReadonlyMap<NodeId, Time> {
    return this.#last;
  }

  restore(saved: ReadonlyMap<NodeId, Time>): void {
    this.#last = new Map(saved);
  }
}
