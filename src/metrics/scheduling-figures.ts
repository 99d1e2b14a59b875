// How the scheduler did: latencies of the pods that were bound, and, so that a strategy that
// starves pods does not look fast, how many were not, for how long they waited and who turned them
// away.

import {ExactSum} from '../engine/exact-sum.ts';
import {Histogram} from '../engine/histogram.ts';
import {Integral} from '../engine/integral.ts';
import {formatSeconds, type Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {SchedulingWait} from '../objects/pod-signals.ts';
import type {Census} from './census.ts';
import {type Figure, latencyFigures, meanSeconds, ratioText, total} from './figures.ts';
import {roomFor} from './rows.ts';
import {Texts} from './texts.ts';
import type {World} from './world.ts';

export class SchedulingFigures {
  /** Pods created and neither bound nor gone. */
  readonly pending: Integral;
  readonly #world: World;
  readonly #census: Census;
  // Microseconds, but for the attempts.
  readonly #latency = new Histogram();
  readonly #startup = new Histogram();
  readonly #attempts = new Histogram();
  readonly #queue = new ExactSum();
  readonly #backoff = new ExactSum();
  readonly #unschedulable = new ExactSum();
  readonly #bind = new ExactSum();
  #attemptsFailed = 0;
  #preemptions = 0;
  readonly #plugins = new Texts();
  // By PodId: who turned it away last; 0 is nobody yet.
  #lastPlugin = new Uint8Array(64);

  constructor(world: World, census: Census) {
    this.#world = world;
    this.#census = census;
    this.pending = new Integral(world.simulation.now);
    this.#plugins.number('');
    this.#watch();
    world.simulation.part('metrics.scheduling', this);
  }

  figures(end: Time): Figure[] {
    const {created, everBound, waiting} = this.#census;
    const never = created - everBound;
    const attempts = this.#attempts;
    const samples = attempts.count;
    const attemptsMean = ratioText(attempts.sum, samples);
    return [
      total('pods_created', created, 'pods'),
      total('pods_scheduled', everBound, 'pods'),
      total('pods_unscheduled', never, 'pods'),
      total('unscheduled_share', ratioText(never, created), 'share'),
      total('pending_pod_seconds', formatSeconds(this.pending.integral(end)), 'pod seconds'),
      ...latencyFigures('scheduling_latency', this.#latency),
      ...this.#parts(),
      total('scheduling_attempts', attemptsMade(attempts, this.#attemptsFailed), 'attempts'),
      {...total('attempts_mean', attemptsMean, 'attempts'), samples},
      {...total('attempts_max', attempts.max, 'attempts'), samples},
      total('preemptions', this.#preemptions, 'pods'),
      ...latencyFigures('startup_latency', this.#startup),
      total('pending_pods', waiting, 'pods'),
      ...this.#pendingByPlugin(),
    ];
  }

  save() {
    return {
      pending: this.pending.save(),
      histograms: [this.#latency.save(), this.#startup.save(), this.#attempts.save()] as const,
      sums: this.#sums.map(sum => sum.save()),
      attemptsFailed: this.#attemptsFailed,
      preemptions: this.#preemptions,
      plugins: this.#plugins.save(),
      lastPlugin: this.#lastPlugin,
    };
  }

  restore(saved: ReturnType<SchedulingFigures['save']>): void {
    const [latency, startup, attempts] = saved.histograms;
    this.pending.restore(saved.pending);
    this.#latency.restore(latency);
    this.#startup.restore(startup);
    this.#attempts.restore(attempts);
    for (const [i, sum] of this.#sums.entries()) sum.restore(saved.sums[i]);
    this.#attemptsFailed = saved.attemptsFailed;
    this.#preemptions = saved.preemptions;
    this.#plugins.restore(saved.plugins);
    this.#lastPlugin = saved.lastPlugin;
  }

  get #sums(): readonly ExactSum[] {
    return [this.#queue, this.#backoff, this.#unschedulable, this.#bind];
  }

  #watch(): void {
    const {simulation, store} = this.#world;
    const {signals} = store;
    signals.created.watch(pod => {
      this.#lastPlugin = roomFor(this.#lastPlugin, pod);
      this.#lastPlugin[pod] = 0;
      this.pending.add(1, simulation.now);
    });
    signals.gated.watch((pod, plugin) => this.#turnAway(pod, plugin));
    signals.refused.watch((pod, refusal) => {
      this.#attemptsFailed++;
      this.#turnAway(pod, refusal.firstFailingPlugin);
    });
    signals.scheduled.watch((_pod, _node, wait) => this.#schedule(wait));
    signals.preempted.watch(() => {
      this.#preemptions++;
    });
    signals.started.watch(pod => {
      this.#startup.record(simulation.now - store.pods.createdAt(pod));
    });
    this.#census.bound.watch(() => this.pending.add(-1, simulation.now));
    this.#census.over.watch(pod => {
      if (store.pods.node(pod) === undefined) this.pending.add(-1, simulation.now);
    });
  }

  #turnAway(pod: PodId, plugin: string): void {
    this.#lastPlugin[pod] = this.#plugins.number(plugin);
  }

  #schedule(wait: SchedulingWait): void {
    this.#latency.record(wait.latency);
    this.#attempts.record(wait.attempts);
    this.#queue.add(wait.queue);
    this.#backoff.add(wait.backoff);
    this.#unschedulable.add(wait.unschedulable);
    this.#bind.add(wait.bind);
  }

  #parts(): Figure[] {
    const samples = this.#latency.count;
    const mean = (metric: string, sum: ExactSum): Figure => {
      const value = meanSeconds(sum.toBigInt(), samples);
      return {metric, object: '', value, unit: 's', samples};
    };
    return [
      mean('queue_time_mean', this.#queue),
      mean('backoff_time_mean', this.#backoff),
      mean('unschedulable_time_mean', this.#unschedulable),
      mean('bind_time_mean', this.#bind),
    ];
  }

  /** Pods that wait at the end, by the first plugin that turned them away at their last attempt. */
  #pendingByPlugin(): Figure[] {
    const counts = new Map<string, number>();
    for (const pod of this.#census.allWaiting()) {
      const plugin = this.#plugins.text(this.#lastPlugin[pod]);
      if (plugin !== '') counts.set(plugin, (counts.get(plugin) ?? 0) + 1);
    }
    return [...counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([plugin, count]) => ({...total('pending_pods', count, 'pods'), object: plugin}));
  }
}

/** Every attempt but the last of a bound pod failed; those of pods never bound failed, too. */
function attemptsMade(attempts: Histogram, failed: number): number {
  return attempts.count + failed;
}
