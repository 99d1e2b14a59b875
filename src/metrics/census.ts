// Which stage of its life each pod is in, and the moments at which it moves on: the one place where
// the families of metrics learn what `bound`, `ready` and `over` mean, so that all count alike.
//
//   created --> waiting -- bound --> placed -- started --> running
//                  \__________________\______________________\--> over (ended, or deleted)
//
// A pod is bound from the moment at which the API has stored its binding (not when the scheduler
// assumes it, nor when the answer has come back), and over once it holds its node's resources no
// longer.

import {Signal} from '../engine/signal.ts';
import type {Cursor} from '../objects/change-log.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {PodOutcome} from '../objects/pod-signals.ts';
import {roomFor} from './rows.ts';
import type {World} from './world.ts';

export type Stage = 'unknown' | 'waiting' | 'placed' | 'running' | 'over';

const stages: readonly Stage[] = ['unknown', 'waiting', 'placed', 'running', 'over'];
const [unknown, waiting, placed, running, over] = stages.keys();

// What readiness is made of, as bits.
const [reported, serving, leaving] = [1, 2, 4];
const ready = reported | serving;

export class Census {
  readonly bound = new Signal<[pod: PodId, node: NodeId]>();
  /**
   * The API says so, and its containers run: told when both are true, and when one is no longer. A
   * pod that is being deleted or over is neither, and of its going others tell.
   */
  readonly ready = new Signal<[pod: PodId]>();
  readonly unready = new Signal<[pod: PodId]>();
  /** Once a pod: at its end, or at its deletion where it never ended. Its row can still be read. */
  readonly over = new Signal<[pod: PodId, outcome: PodOutcome, reason: string]>();

  /** Another owner than before, or none; told at each change of its template. */
  readonly reowned = new Signal<[pod: PodId]>();

  /** Pods now in these stages. */
  waiting = 0;
  running = 0;
  /** Pods ever created, and ever bound. */
  created = 0;
  everBound = 0;

  readonly #world: World;
  readonly #cursor: Cursor;
  #stage = new Uint8Array(64);
  #serial = new Int32Array(64);
  /** By PodId: what holds of those below. */
  #readiness = new Uint8Array(64);

  constructor(world: World) {
    this.#world = world;
    const {pods, signals} = world.store;
    // Read at once, so it holds back no row that a watch has passed.
    this.#cursor = pods.log.cursor(() => this.#readLog());
    signals.created.watch(pod => this.#create(pod));
    signals.started.watch(pod => this.#start(pod));
    this.#watchReadiness();
    signals.ended.watch((pod, outcome, reason) => this.#end(pod, outcome, reason));
    signals.deleted.watch(pod => this.#end(pod, 'deleted', ''));
    world.simulation.part('metrics.census', this);
  }

  stage(pod: PodId): Stage {
    return stages[this.#stage[pod] ?? unknown];
  }

  isReady(pod: PodId): boolean {
    return this.#readiness[pod] === ready;
  }

  /** The pod's number in order of creation; still known when the object is being deleted. */
  serial(pod: PodId): number {
    return this.#serial[pod];
  }

  /** Pods not yet bound, by number. */
  *allWaiting(): Generator<PodId> {
    for (let pod = 0; pod < this.#stage.length; pod++) {
      if (this.#stage[pod] === waiting) yield pod as PodId;
    }
  }

  save() {
    const {waiting, running, created, everBound} = this;
    const counts = {waiting, running, created, everBound};
    return {counts, stage: this.#stage, serial: this.#serial, readiness: this.#readiness};
  }

  restore(saved: ReturnType<Census['save']>): void {
    Object.assign(this, saved.counts);
    this.#stage = saved.stage;
    this.#serial = saved.serial;
    this.#readiness = saved.readiness;
  }

  #watchReadiness(): void {
    const {signals} = this.#world.store;
    signals.ready.watch(pod => this.#hold(pod, reported));
    signals.unready.watch(pod => this.#lose(pod, reported));
    signals.serving.watch(pod => this.#hold(pod, serving));
    signals.broken.watch(pod => this.#lose(pod, serving));
    signals.terminating.watch(pod => this.#leave(pod));
  }

  #hold(pod: PodId, what: number): void {
    const before = this.#readiness[pod];
    this.#readiness[pod] = before | what;
    if (before !== ready && (before | what) === ready) this.ready.emit(pod);
  }

  #lose(pod: PodId, what: number): void {
    const before = this.#readiness[pod];
    this.#readiness[pod] = before & ~what;
    if (before === ready) this.unready.emit(pod);
  }

  #leave(pod: PodId): void {
    this.#readiness[pod] |= leaving;
  }

  #create(pod: PodId): void {
    this.#stage = roomFor(this.#stage, pod);
    this.#serial = roomFor(this.#serial, pod);
    this.#readiness = roomFor(this.#readiness, pod);
    this.#readiness[pod] = 0;
    this.#stage[pod] = waiting;
    this.#serial[pod] = this.#world.store.pods.serial(pod);
    this.created++;
    this.waiting++;
    // A manifest may name the node: then the binding was stored with the pod.
    const node = this.#world.store.pods.node(pod);
    if (node !== undefined) this.#bind(pod, node);
  }

  #readLog(): void {
    const {log} = this.#world.store.pods;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const kind = log.kind(row);
      if (kind === 'bound') this.#bind(log.id(row) as PodId, log.operand(row) as NodeId);
      else if (kind === 'updated') this.reowned.emit(log.id(row) as PodId);
    }
  }

  #bind(pod: PodId, node: NodeId): void {
    if (this.#stage[pod] !== waiting) return;
    this.#stage[pod] = placed;
    this.waiting--;
    this.everBound++;
    this.bound.emit(pod, node);
  }

  #start(pod: PodId): void {
    if (this.#stage[pod] !== placed) return;
    this.#stage[pod] = running;
    this.running++;
  }

  #end(pod: PodId, outcome: PodOutcome, reason: string): void {
    const stage = this.#stage[pod];
    if (stage === waiting) this.waiting--;
    else if (stage === running) this.running--;
    else if (stage !== placed) return;
    this.#stage[pod] = over;
    this.#leave(pod);
    this.over.emit(pod, outcome, reason);
  }
}
