// The lives of a few named pods, step by step, for `orrery explain`: when each was created, queued,
// refused and why, whom it preempted, where it was bound, how it ended.

import {formatDuration, type Time} from '../engine/time.ts';
import {indexOfDevices} from '../objects/gpu.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {ContainerStep, PodOutcome, Refusal, SchedulingWait} from '../objects/pod-signals.ts';
import type {Census} from './census.ts';
import type {NodeRegister} from './node-register.ts';
import type {World} from './world.ts';

export type LifeStep = {
  readonly time: Time;
  readonly sentence: string;
  /** How many times in a row; `last` is the time of the last. */
  readonly count: number;
  readonly last: Time;
};

export type PodLife = {
  /** `namespace/name`. */
  readonly pod: string;
  readonly steps: LifeStep[];
};

export class PodLives {
  readonly #world: World;
  readonly #register: NodeRegister;
  readonly #wanted: ReadonlySet<string>;
  // Pods that are alive, by number; a number's next pod has another life.
  readonly #current = new Map<PodId, PodLife>();
  #lives: PodLife[] = [];

  /** `pods`: names, or `namespace/name` where several namespaces have one of that name. */
  constructor(
    world: World,
    seen: {census: Census; register: NodeRegister; pods: readonly string[]},
  ) {
    this.#world = world;
    this.#register = seen.register;
    this.#wanted = new Set(seen.pods);
    this.#watch(seen.census);
    this.#watchScheduler();
    world.simulation.part('metrics.lives', this);
  }

  /** In the order of creation; none for a name that no pod had. */
  get lives(): readonly PodLife[] {
    return this.#lives;
  }

  save() {
    return {lives: this.#lives, current: this.#current};
  }

  restore(saved: ReturnType<PodLives['save']>): void {
    this.#lives = saved.lives;
    this.#current.clear();
    for (const [pod, life] of saved.current) this.#current.set(pod, life);
  }

  #watch(census: Census): void {
    const {signals} = this.#world.store;
    signals.created.watch(pod => this.#create(pod));
    census.bound.watch((pod, node) => {
      this.#tell(pod, () => `is bound to ${this.#node(node)}${this.#devicesOf(pod)}`);
    });
    signals.started.watch(pod => this.#tell(pod, () => 'its first container runs'));
    signals.ready.watch(pod => this.#tell(pod, () => 'is ready'));
    signals.unready.watch(pod => this.#tell(pod, () => 'is no longer ready'));
    signals.restarted.watch(pod => this.#tell(pod, () => 'runs a container again'));
    signals.container.watch((pod, _container, step) => {
      const sentence = containerSentences[step];
      if (sentence !== undefined) this.#tell(pod, () => sentence);
    });
    signals.lacking.watch((pod, lack, about) => {
      this.#tell(pod, () => `${lackSentences[lack]}: ${about}`);
    });
    signals.terminating.watch(pod => this.#tell(pod, () => 'is told to stop'));
    census.over.watch((pod, outcome, reason) => {
      this.#tell(pod, () => endSentence(outcome, reason));
      this.#current.delete(pod);
    });
  }

  #watchScheduler(): void {
    const {signals} = this.#world.store;
    signals.queued.watch(pod => this.#tell(pod, () => 'enters the scheduling queue'));
    signals.gated.watch((pod, plugin) => this.#tell(pod, () => `is kept back by ${plugin}`));
    signals.refused.watch((pod, refusal) => this.#tell(pod, () => refusalSentence(refusal)));
    signals.nominated.watch((pod, node) => {
      this.#tell(pod, () => `is nominated to ${this.#node(node)}, where room is made`);
    });
    signals.preempted.watch((victim, by, node) => {
      this.#tell(by, () => `preempts ${this.#name(victim)} on ${this.#node(node)}`);
      this.#tell(victim, () => `is preempted on ${this.#node(node)} by ${this.#name(by)}`);
    });
    signals.assumed.watch((pod, node) => {
      this.#tell(pod, () => `the scheduler chooses ${this.#node(node)}`);
    });
    signals.scheduled.watch((pod, _node, wait) => this.#tell(pod, () => waitSentence(wait)));
  }

  #create(pod: PodId): void {
    const {pods} = this.#world.store;
    const name = this.#name(pod);
    if (!this.#wanted.has(name) && !this.#wanted.has(pods.name(pod))) return;
    const life = {pod: name, steps: []};
    this.#current.set(pod, life);
    this.#lives.push(life);
    this.#tell(pod, () => `is created with priority ${pods.priority(pod)}`);
  }

  #tell(pod: PodId, sentenceOf: () => string): void {
    const life = this.#current.get(pod);
    if (life === undefined) return;
    const now = this.#world.simulation.now;
    const sentence = sentenceOf();
    const before = life.steps.at(-1);
    if (before?.sentence !== sentence) life.steps.push({time: now, sentence, count: 1, last: now});
    else life.steps[life.steps.length - 1] = {...before, count: before.count + 1, last: now};
  }

  #name(pod: PodId): string {
    const {pods} = this.#world.store;
    return `${pods.namespace(pod)}/${pods.name(pod)}`;
  }

  #devicesOf(pod: PodId): string {
    const devices = this.#world.store.pods.devices[pod];
    return devices === 0 ? '' : `, GPU ${indexOfDevices(devices).replaceAll('-', ', ')}`;
  }

  #node(node: NodeId): string {
    return this.#register.name(node);
  }
}

const containerSentences: Readonly<Partial<Record<ContainerStep, string>>> = {
  pulling: 'begins to pull an image',
  pulled: 'has its image',
  'pull-back-off': 'could not pull an image and waits (ImagePullBackOff)',
  'never-pulled': 'lacks an image that must not be pulled (ErrImageNeverPull)',
  'oom-killed': 'has a container killed that used up its memory (OOMKilled)',
  evicted: 'is evicted from its node, whose memory runs short',
  'crash-back-off': 'waits to run a container again (CrashLoopBackOff)',
  'killed-unstarted': 'has a container killed that did not start in time',
  'killed-unhealthy': 'has a container killed that answered its liveness probe no more',
};

const lackSentences = {
  'config-missing': 'lacks what configures a container (CreateContainerConfigError)',
  'mount-failed': 'waits for a volume (FailedMount)',
} as const;

function refusalSentence(refusal: Refusal): string {
  return `is refused, first by ${refusal.firstFailingPlugin}: ${refusal.message()}`;
}

function waitSentence({attempts, latency, queue, backoff, unschedulable, bind}: SchedulingWait) {
  const parts = [
    ['in the queue', queue],
    ['in backoff', backoff],
    ['unschedulable', unschedulable],
    ['binding', bind],
  ] as const;
  const told = parts
    .filter(([, time]) => time > 0)
    .map(([where, time]) => `${formatDuration(time)} ${where}`);
  const of = told.length === 0 ? '' : `: ${told.join(', ')}`;
  const tries = attempts === 1 ? 'at the first attempt' : `in ${attempts} attempts`;
  return `was scheduled ${tries}, after ${formatDuration(latency)}${of}`;
}

function endSentence(outcome: PodOutcome, reason: string): string {
  return reason === '' ? `ends: ${outcome}` : `ends: ${outcome} (${reason})`;
}
