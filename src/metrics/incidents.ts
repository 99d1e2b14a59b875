// incidents.csv and recovery.csv: every fault and operation, and every crash of its own that cost a
// replica, with what it led to and how the repair went on. An incident is known by the number of
// its cause.

import type {Time} from '../engine/time.ts';
import type {Cause, CauseId} from '../objects/causes.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {Census} from './census.ts';
import {type Effect, newEffect, note, type RecoveryStep, recoverySteps} from './effect.ts';
import {type Figure, total} from './figures.ts';
import {incidentColumns, incidentRow, nothingLost} from './incident-row.ts';
import type {Roots} from './roots.ts';
import {roomFor} from './rows.ts';
import {secondsText} from './seconds-text.ts';
import type {ServiceMeasures} from './services/service-measures.ts';
import type {Cell, ResultTable} from './table.ts';
import type {WorkloadRecords} from './workload-records.ts';
import type {World} from './world.ts';

export class Incidents {
  readonly #world: World;
  readonly #roots: Roots;
  readonly #effects = new Map<CauseId, Effect>();
  /** Roots of what has put a node out, while it is. */
  readonly #outBy = new Map<NodeId, Set<CauseId>>();
  // By PodId: under which incident it was counted last.
  #counted = new Int32Array(64);
  #services: ServiceMeasures | undefined;

  /** To be made before what counts replicas, so that the step that ends an incident is noted. */
  constructor(world: World, census: Census, roots: Roots) {
    this.#world = world;
    this.#roots = roots;
    this.#watchPods(census);
    this.#watchNodes();
    world.simulation.part('metrics.incidents', this);
  }

  follow(workloads: WorkloadRecords): void {
    workloads.lost.watch((record, root) => {
      this.begin(root);
      this.#effect(root)?.degraded.add(record.index);
    });
    workloads.returned.watch((_record, root) => this.finish(root));
    workloads.wentDown.watch(record => this.#effect(this.#roots.now())?.down.add(record.index));
  }

  followServices(services: ServiceMeasures): void {
    this.#services = services;
  }

  /** Something is to be waited for until this incident is over. */
  begin(root: CauseId): void {
    const effect = this.#effect(root);
    if (effect !== undefined) effect.open++;
  }

  finish(root: CauseId): void {
    const effect = this.#effect(root);
    if (effect === undefined) return;
    effect.open--;
    if (effect.open === 0) effect.closed = this.#world.simulation.now;
  }

  /** When the API first and last showed something of it. */
  detected(root: CauseId): {first: Time; last: Time} | undefined {
    const step = this.#effects.get(root)?.steps[0];
    return step !== undefined && step.count > 0 ? step : undefined;
  }

  /** The node is not well by it, now. */
  isOutBy(node: NodeId | undefined, root: CauseId): boolean {
    return node !== undefined && this.#effects.get(root)?.nodesOut.has(node) === true;
  }

  /** Since when nodes are out, by the incidents that put them so. */
  *nodesOut(): Generator<CauseId> {
    for (const roots of this.#outBy.values()) yield* roots;
  }

  get count(): number {
    return [...this.#told()].length;
  }

  figures(): Figure[] {
    return this.count === 0 ? [] : [total('incidents', this.count, 'incidents')];
  }

  table(end: Time): ResultTable {
    const rows = () => {
      const losses = this.#services?.losses(end);
      return [...this.#told()].map(([root, cause]) =>
        incidentRow(root, cause, {
          effect: this.#effects.get(root) ?? newEffect(),
          detected: this.detected(root)?.first,
          services: losses && (losses.get(root) ?? nothingLost),
          end,
        }),
      );
    };
    return {file: 'incidents.csv', columns: incidentColumns, long: true, rows};
  }

  recoveryTable(): ResultTable {
    return {file: 'recovery.csv', columns: recoveryColumns, long: true, rows: () => this.#steps()};
  }

  save() {
    return {effects: this.#effects, outBy: this.#outBy, counted: this.#counted};
  }

  restore(saved: ReturnType<Incidents['save']>): void {
    this.#effects.clear();
    this.#outBy.clear();
    for (const [root, effect] of saved.effects) this.#effects.set(root, effect);
    for (const [node, roots] of saved.outBy) this.#outBy.set(node, roots);
    this.#counted = saved.counted;
  }

  #watchPods(census: Census): void {
    const {signals, pods} = this.#world.store;
    signals.created.watch(pod => {
      this.#counted = roomFor(this.#counted, pod);
      this.#counted[pod] = 0;
      if (pods.template(pod).owner !== undefined) this.#note(pod, 'recreated');
    });
    census.unready.watch(pod => this.#count(pod));
    signals.unready.watch(pod => this.#note(pod, 'detected'));
    signals.terminating.watch(pod => {
      this.#count(pod);
      if (pods.disruption(pod) !== undefined) this.#note(pod, 'evicted');
    });
    census.over.watch((pod, outcome) => {
      if (outcome === 'succeeded') return;
      const wasGoing = pods.terminating(pod);
      this.#count(pod);
      const byKubelet = outcome === 'evicted' && !wasGoing;
      if (byKubelet || (outcome === 'preempted' && !wasGoing)) this.#note(pod, 'evicted');
      // What its kubelet evicts has Failed too.
      if (outcome === 'failed' || byKubelet) this.#note(pod, 'detected');
    });
    census.bound.watch(pod => this.#note(pod, 'scheduled'));
    signals.container.watch((pod, _container, step) => {
      if (step === 'pulled') this.#note(pod, 'pulled');
    });
    signals.started.watch(pod => this.#note(pod, 'started'));
    signals.restarted.watch(pod => this.#note(pod, 'started'));
    census.ready.watch(pod => this.#note(pod, 'ready'));
  }

  #watchNodes(): void {
    const {machines, store} = this.#world;
    for (const signal of [machines.poweredOff, machines.kubeletStopped, machines.cutOff]) {
      signal.watch(node => this.#putOut(node));
    }
    for (const signal of [machines.poweredOn, machines.kubeletStarted, machines.joined]) {
      signal.watch(node => this.#look(node));
    }
    store.nodeSignals.changed.watch((node, before, after) => this.#follow(node, before, after));
  }

  #follow(node: NodeId, before: NodeObject | undefined, after: NodeObject | undefined): void {
    const wasReady = before?.conditions.ready === 'True';
    const isReady = after?.conditions.ready === 'True';
    if (wasReady && !isReady && after !== undefined) {
      this.#putOut(node);
      const effect = this.#effect(this.#roots.now());
      if (effect !== undefined) note(effect, 'detected', this.#world.simulation.now);
    } else if (before !== undefined) this.#touch(node, !wasReady && isReady);
    if (isReady || after === undefined) this.#look(node);
  }

  /** Of two faults on one node the later to end brings it back, though the other took it down. */
  #touch(node: NodeId, back: boolean): void {
    const effect = this.#effect(this.#roots.now());
    if (effect === undefined) return;
    effect.nodes.add(node);
    if (back && effect.nodesOut.size === 0) effect.nodesBack = this.#world.simulation.now;
  }

  #putOut(node: NodeId): void {
    const root = this.#roots.now();
    const effect = this.#effect(root);
    if (effect === undefined) return;
    effect.nodes.add(node);
    effect.nodesOut.add(node);
    const roots = this.#outBy.get(node);
    if (roots === undefined) this.#outBy.set(node, new Set([root]));
    else roots.add(root);
  }

  /** Whether it is well again, or gone for good. */
  #look(node: NodeId): void {
    const roots = this.#outBy.get(node);
    if (roots === undefined || !this.#well(node)) return;
    this.#outBy.delete(node);
    for (const root of roots) {
      const effect = this.#effects.get(root);
      effect?.nodesOut.delete(node);
      if (effect?.nodesOut.size === 0) effect.nodesBack = this.#world.simulation.now;
    }
  }

  #well(node: NodeId): boolean {
    const {withoutPower, withoutKubelet, withoutLink} = this.#world.machines;
    const object = this.#world.store.nodes.get(node);
    if (object === undefined) return true;
    const broken = withoutPower.has(node) || withoutKubelet.has(node) || withoutLink.has(node);
    return !broken && object.conditions.ready === 'True';
  }

  #effect(root: CauseId): Effect | undefined {
    if (root === 0) return undefined;
    const known = this.#effects.get(root);
    if (known !== undefined) return known;
    const effect = newEffect();
    this.#effects.set(root, effect);
    return effect;
  }

  #count(pod: PodId): void {
    const root = this.#roots.now();
    if (root === 0 || this.#counted[pod] === root) return;
    this.#counted[pod] = root;
    const effect = this.#effect(root);
    if (effect !== undefined) effect.pods++;
  }

  #note(pod: PodId, step: RecoveryStep): void {
    const root = this.#roots.now() || this.#roots.of(this.#world.store.pods.cause(pod));
    if (root === 0) return;
    const effect = this.#effect(root);
    if (effect !== undefined) note(effect, step, this.#world.simulation.now);
  }

  /** Faults and operations; of what happens by itself, what cost a pod or stops all writes. */
  *#told(): Generator<[CauseId, Cause]> {
    for (const [id, cause] of this.#world.store.causes.all()) {
      if (this.#roots.of(id) !== id) continue;
      const small = cause.origin === 'itself' && cause.kind !== 'etcd-quota';
      if (small && !this.#effects.get(id)?.pods && !this.#services?.lostBy(id)) continue;
      yield [id, cause];
    }
  }

  *#steps(): Generator<Cell[]> {
    for (const [root] of this.#told()) {
      const steps = this.#effects.get(root)?.steps ?? [];
      for (const [i, {first, last, count}] of steps.entries()) {
        if (count > 0) yield [root, recoverySteps[i], secondsText(first), secondsText(last), count];
      }
    }
  }
}

/** The first and the last time that the step was taken, and how often, until the recovery. */
const recoveryColumns = ['incident', 'step', 'first', 'last', 'count'];
