// pods.csv: one row a pod in order of creation, kept up from signals.

import type {Time} from '../engine/time.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {ContainerStep, PodOutcome, SchedulingWait} from '../objects/pod-signals.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Census} from './census.ts';
import type {NodeRegister} from './node-register.ts';
import {never, newPodRecordChunk, outcomes, type PodRecordChunk} from './pod-record-chunk.ts';
import {Chunks, place} from './rows.ts';
import {secondsText} from './seconds-text.ts';
import {StartExclusions} from './start-exclusions.ts';
import type {Cell, ResultTable} from './table.ts';
import {Texts} from './texts.ts';
import type {World} from './world.ts';

const running = outcomes.indexOf('running');

export class PodRecords {
  readonly #world: World;
  readonly #census: Census;
  readonly #register: NodeRegister;
  readonly #chunks = new Chunks(newPodRecordChunk);
  readonly #reasons = new Texts();
  readonly #plugins = new Texts();
  readonly #exclusions: StartExclusions;
  #count = 0;

  constructor(world: World, census: Census, register: NodeRegister) {
    this.#world = world;
    this.#census = census;
    this.#register = register;
    this.#reasons.number('');
    this.#plugins.number('');
    this.#exclusions = new StartExclusions(world);
    this.#watch();
    world.simulation.part('metrics.pods', this);
  }

  table(): ResultTable {
    return {file: 'pods.csv', columns, long: true, rows: () => this.#rows()};
  }

  save() {
    const {chunks, reasons, plugins} = {
      chunks: this.#chunks.save(),
      reasons: this.#reasons.save(),
      plugins: this.#plugins.save(),
    };
    return {count: this.#count, chunks, reasons, plugins};
  }

  restore(saved: ReturnType<PodRecords['save']>): void {
    this.#count = saved.count;
    this.#chunks.restore(saved.chunks);
    this.#reasons.restore(saved.reasons);
    this.#plugins.restore(saved.plugins);
  }

  #watch(): void {
    const {signals} = this.#world.store;
    signals.created.watch(pod => this.#create(pod));
    signals.gated.watch((pod, plugin) => this.#turnAway(pod, plugin, 'SchedulingGated'));
    signals.refused.watch((pod, refusal) => {
      const at = this.#turnAway(pod, refusal.firstFailingPlugin, reasonOf[refusal.result]);
      this.#chunk(pod).attempts[at]++;
    });
    this.#census.bound.watch((pod, node) => this.#bind(pod, node));
    signals.scheduled.watch((pod, _node, wait) => this.#schedule(pod, wait));
    signals.started.watch(pod => this.#start(pod));
    signals.ready.watch(pod => {
      const ready = this.#chunk(pod).ready;
      const at = this.#place(pod);
      if (ready[at] === never) ready[at] = this.#world.simulation.now;
    });
    signals.restarted.watch(pod => this.#chunk(pod).restarts[this.#place(pod)]++);
    signals.container.watch((pod, _container, step) => this.#wait(pod, step));
    signals.lacking.watch((pod, lack) => {
      this.#chunk(pod).reason[this.#place(pod)] = this.#reasons.number(reasonOfLack[lack]);
    });
    this.#census.over.watch((pod, outcome, reason) => this.#end(pod, outcome, reason));
  }

  #chunk(pod: PodId): PodRecordChunk {
    return this.#chunks.of(this.#census.serial(pod));
  }

  #place(pod: PodId): number {
    return place(this.#census.serial(pod));
  }

  #create(pod: PodId): void {
    const {pods} = this.#world.store;
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    this.#count = this.#census.serial(pod) + 1;
    chunk.name[at] = pods.name(pod);
    chunk.template[at] = pods.templateIdOf(pod);
    chunk.priority[at] = pods.priority(pod);
    chunk.created[at] = pods.createdAt(pod);
  }

  #turnAway(pod: PodId, plugin: string, reason: string): number {
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    // The scheduler may still be at a pod that has just been deleted.
    if (this.#census.stage(pod) !== 'waiting') return at;
    chunk.plugin[at] = this.#plugins.number(plugin);
    chunk.reason[at] = this.#reasons.number(reason);
    return at;
  }

  #bind(pod: PodId, node: NodeId): void {
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    chunk.scheduled[at] = this.#world.simulation.now;
    chunk.node[at] = node;
    chunk.reason[at] = 0;
  }

  #schedule(pod: PodId, wait: SchedulingWait): void {
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    chunk.attempts[at] = wait.attempts;
    chunk.latency[at] = wait.latency;
    chunk.queue[at] = wait.queue;
    chunk.backoff[at] = wait.backoff;
    chunk.unschedulable[at] = wait.unschedulable;
  }

  #start(pod: PodId): void {
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    chunk.started[at] = this.#world.simulation.now;
    chunk.excluded[at] = this.#exclusions.take(pod);
    chunk.outcome[at] = running;
  }

  /** Why it does not run, as its container's state says. */
  #wait(pod: PodId, step: ContainerStep): void {
    if (step === 'started') this.#chunk(pod).reason[this.#place(pod)] = 0;
    const reason = waitingReasons[step];
    if (reason === undefined) return;
    this.#chunk(pod).reason[this.#place(pod)] = this.#reasons.number(reason);
  }

  #end(pod: PodId, outcome: PodOutcome, reason: string): void {
    const chunk = this.#chunk(pod);
    const at = this.#place(pod);
    chunk.ended[at] = this.#world.simulation.now;
    chunk.outcome[at] = outcomes.indexOf(outcome);
    chunk.reason[at] = this.#reasons.number(reason);
  }

  *#rows(): Generator<Cell[]> {
    for (let serial = 0; serial < this.#count; serial++) {
      yield this.#row(this.#chunks.of(serial), place(serial));
    }
  }

  #row(chunk: PodRecordChunk, at: number): Cell[] {
    const template = this.#world.store.pods.templateOf(chunk.template[at]);
    const created = chunk.created[at];
    const started = chunk.started[at];
    const latency = chunk.latency[at];
    const [queue, backoff] = [chunk.queue[at], chunk.backoff[at]];
    const unschedulable = chunk.unschedulable[at];
    const bind = latency === never ? never : latency - queue - backoff - unschedulable;
    const hasStarted = started !== never;
    const total = hasStarted ? secondsText(started - created) : undefined;
    const latencyOfStart = hasStarted
      ? secondsText(started - created - chunk.excluded[at])
      : undefined;
    const node = chunk.node[at];
    return [
      template.namespace,
      chunk.name[at],
      ownerText(template),
      chunk.priority[at],
      secondsText(created),
      time(chunk.scheduled[at]),
      time(started),
      time(chunk.ready[at]),
      time(chunk.ended[at]),
      node === never ? undefined : this.#register.name(node as NodeId),
      chunk.attempts[at],
      time(latency),
      time(queue),
      time(backoff),
      time(unschedulable),
      time(bind),
      latencyOfStart,
      total,
      chunk.restarts[at],
      outcomes[chunk.outcome[at]],
      this.#reasons.text(chunk.reason[at]) || undefined,
      this.#plugins.text(chunk.plugin[at]) || undefined,
    ];
  }
}

const waitingReasons: Readonly<Partial<Record<ContainerStep, string>>> = {
  'crash-back-off': 'CrashLoopBackOff',
  'pull-back-off': 'ImagePullBackOff',
  'never-pulled': 'ErrImageNeverPull',
  'oom-killed': 'OOMKilled',
};

const reasonOfLack = {
  'config-missing': 'CreateContainerConfigError',
  'mount-failed': 'ContainerCreating',
} as const;

// As the pod's condition PodScheduled=False says.
const reasonOf = {unschedulable: 'Unschedulable', error: 'SchedulerError'} as const;

function time(value: Time): string | undefined {
  return value === never ? undefined : secondsText(value);
}

function ownerText({owner}: PodTemplate): string | undefined {
  return owner === undefined ? undefined : `${owner.kind}/${owner.name}`;
}

/**
 * Times are moments (`created` to `ended`) or spans, all in seconds. `scheduled`: the API stored
 * the binding. `attempts`: scheduling cycles so far. `scheduling_latency`: from first entry into
 * the active queue until the binding's answer, and its four parts, which add up to it.
 * `startup_latency`: from creation until the first container runs, without image pulls and init
 * containers; `startup_total`: with them. `restarts`: of all its containers together. `outcome`:
 * by the pod's phase while it has not ended, so a pod that is bound and not started is `pending`.
 * `reason`: why it ended, or why it waits. `first_failing_plugin`: of the last attempt that
 * failed, the plugin that was the first to fail on most nodes.
 */
const columns = [
  'namespace',
  'name',
  'owner',
  'priority',
  'created',
  'scheduled',
  'started',
  'ready',
  'ended',
  'node',
  'attempts',
  'scheduling_latency',
  'queue_time',
  'backoff_time',
  'unschedulable_time',
  'bind_time',
  'startup_latency',
  'startup_total',
  'restarts',
  'outcome',
  'reason',
  'first_failing_plugin',
];
