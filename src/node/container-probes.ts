// Whether a container has started, is ready, and has to be killed, by its probes. A healthy probe
// is no event: what it will find is worked out when the container is first seen to run, and again
// when the container begins to hang.
//
//   seen to run ─▶ startup probe ──▶ started ─▶ readiness probe ──▶ ready ⇄ unready
//                       │               └─────▶ liveness probe
//                       ▼                              ▼
//                    killed                         killed

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawOnce} from './draw-once.ts';
import type {LiveContainer, LivePod, Span} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import {
  failureAt,
  joined,
  type ProbeClock,
  probeClock,
  type Silence,
  successAt,
} from './probe-plan.ts';

export type ContainerProbesOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly lives: LivePods;
  /** A container has started, or its readiness has changed. */
  readonly changed: (live: LivePod) => void;
  readonly unhealthy: (live: LivePod, index: number, grace: Time | undefined) => void;
};

type ContainerEvent = EventKind<PodId, number>;

export class ContainerProbes {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #lives: LivePods;
  readonly #changed: ContainerProbesOptions['changed'];
  readonly #unhealthy: ContainerProbesOptions['unhealthy'];
  readonly #startupSucceeded: ContainerEvent;
  readonly #startupFailed: ContainerEvent;
  readonly #livenessFailed: ContainerEvent;
  readonly #readinessSucceeded: ContainerEvent;
  readonly #readinessFailed: ContainerEvent;
  readonly #spellBegan: ContainerEvent;

  constructor({simulation, store, lives, changed, unhealthy}: ContainerProbesOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#lives = lives;
    this.#changed = changed;
    this.#unhealthy = unhealthy;
    const event = (name: string, handler: (live: LivePod, index: number) => void) =>
      simulation.event(name, (pod: PodId, index: number) => handler(lives.of(pod), index));
    this.#startupSucceeded = event('kubelet.startup-probe-succeeded', (live, index) => {
      this.#serve(live, index);
      this.#changed(live);
    });
    this.#startupFailed = event('kubelet.startup-probe-failed', (live, index) =>
      this.#fail(live, index, 'startup'),
    );
    this.#livenessFailed = event('kubelet.liveness-probe-failed', (live, index) =>
      this.#fail(live, index, 'liveness'),
    );
    this.#readinessSucceeded = event('kubelet.readiness-probe-succeeded', (live, index) => {
      this.#becomeReady(live, index);
      this.#planReadiness(live, index);
      this.#changed(live);
    });
    this.#readinessFailed = event('kubelet.readiness-probe-failed', (live, index) => {
      this.#becomeUnready(live, index);
      this.#planReadiness(live, index);
      this.#changed(live);
    });
    this.#spellBegan = event('container.became-unready', (live, index) => this.#spell(live, index));
  }

  /** The kubelet has just seen that the container runs. */
  begin(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const {containers} = this.#lives.plan(live);
    container.probed = true;
    container.startupFrom = now;
    if (containers[index].startupProbe === undefined) this.#serve(live, index);
    else this.#planStartup(live, index);
  }

  /** A kubelet has started and finds it running, as one had seen it before. */
  resume(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.probed = true;
    if (container.started) this.#serve(live, index);
    else this.begin(live, index);
  }

  /** From now on it answers nothing for so long. */
  hang(live: LivePod, index: number, lasts: Time): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    container.hangs = [...still(container, container.hangs), {from: now, until: now + lasts}];
    if (!container.probed) return;
    // What has failed for good is on hold until the container is another.
    if (container.started) this.#planReadiness(live, index);
    if (container.killed) return;
    if (container.started) this.#planLiveness(live, index);
    else this.#planStartup(live, index);
  }

  /** Its container has ended, or is about to be stopped. */
  stop(container: LiveContainer): void {
    container.probed = false;
    const {startup, unhealthy, readiness, spell} = container;
    for (const handle of [startup, unhealthy, readiness, spell]) this.#cancel(handle);
    container.spell = undefined;
  }

  #planStartup(live: LivePod, index: number): void {
    const {startupProbe} = this.#lives.plan(live).containers[index];
    if (startupProbe === undefined) return;
    const container = live.containers[index];
    const {startedAt, startupFrom} = container;
    const anchor = live.probesFrom;
    const clock = probeClock(startupProbe, {anchor, startedAt, notBefore: startupFrom});
    const silences = silencesOf(container);
    const succeedsAt = successAt(clock, silences);
    const failsAt = failureAt(clock, silences);
    const succeeds = succeedsAt <= failsAt;
    this.#cancel(container.startup);
    this.#cancel(container.unhealthy);
    container.startup = succeeds
      ? this.#at(this.#startupSucceeded, succeedsAt, live, index)
      : undefined;
    container.unhealthy = succeeds
      ? undefined
      : this.#at(this.#startupFailed, failsAt, live, index);
  }

  #serve(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const {readinessProbe} = this.#lives.plan(live).containers[index];
    container.started = true;
    container.livenessFrom = now;
    this.#planLiveness(live, index);
    // As prober_manager's UpdatePodStatus: a container that has started and is not ready is probed
    // at once, and its ticker begins anew.
    container.readinessFrom = now;
    container.readinessSince = now;
    const clock = this.#readinessClock(live, index);
    const ready = clock === undefined || successAt(clock, silencesOf(container)) === now;
    if (readinessProbe === undefined || ready) this.#becomeReady(live, index);
    this.#planReadiness(live, index);
  }

  #planLiveness(live: LivePod, index: number): void {
    const {livenessProbe} = this.#lives.plan(live).containers[index];
    if (livenessProbe === undefined) return;
    const container = live.containers[index];
    const {startedAt, livenessFrom} = container;
    const anchor = live.probesFrom;
    const clock = probeClock(livenessProbe, {anchor, startedAt, notBefore: livenessFrom});
    this.#cancel(container.unhealthy);
    const failsAt = failureAt(clock, silencesOf(container));
    container.unhealthy = this.#at(this.#livenessFailed, failsAt, live, index);
  }

  /** When its readiness probe next comes to another result. */
  #planReadiness(live: LivePod, index: number): void {
    const clock = this.#readinessClock(live, index);
    if (clock === undefined) return;
    const container = live.containers[index];
    const spells = container.unready.map(span => ({...span, refuses: true}));
    const silences = joined([...silencesOf(container), ...spells]);
    this.#cancel(container.readiness);
    container.readiness = container.ready
      ? this.#at(this.#readinessFailed, failureAt(clock, silences), live, index)
      : this.#at(this.#readinessSucceeded, successAt(clock, silences), live, index);
  }

  #readinessClock(live: LivePod, index: number): ProbeClock | undefined {
    const {readinessProbe} = this.#lives.plan(live).containers[index];
    const {startedAt, readinessFrom: anchor, readinessSince: notBefore} = live.containers[index];
    return readinessProbe && probeClock(readinessProbe, {anchor, startedAt, notBefore});
  }

  #becomeReady(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.ready = true;
    container.readinessSince = this.#simulation.now;
    const {unready} = this.#lives.plan(live).behaviours[index];
    if (unready === undefined || container.spell !== undefined) return;
    const gap = this.#draw(live, index, 'unready-every', unready.every);
    container.spell = this.#spellBegan.after(gap, live.pod, index);
  }

  #becomeUnready(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.ready = false;
    container.readinessSince = this.#simulation.now;
    this.#store.signals.container.emit(live.pod, index, 'readiness-failed');
  }

  /** It answers no readiness probe for a while; a short while may go unseen. */
  #spell(live: LivePod, index: number): void {
    const container = live.containers[index];
    const {containers, behaviours} = this.#lives.plan(live);
    const {unready} = behaviours[index];
    if (unready === undefined || containers[index].readinessProbe === undefined) return;
    const {now} = this.#simulation;
    const over = now + this.#draw(live, index, 'unready-for', unready.for);
    container.spells++;
    container.unready = [...still(container, container.unready), {from: now, until: over}];
    this.#planReadiness(live, index);
    const gap = this.#draw(live, index, 'unready-every', unready.every);
    container.spell = this.#spellBegan.at(over + gap, live.pod, index);
  }

  #fail(live: LivePod, index: number, which: 'startup' | 'liveness'): void {
    const {startupProbe, livenessProbe} = this.#lives.plan(live).containers[index];
    const probe = which === 'startup' ? startupProbe : livenessProbe;
    this.#store.signals.container.emit(live.pod, index, `${which}-failed`);
    this.#unhealthy(live, index, probe?.terminationGracePeriod);
  }

  #draw(live: LivePod, index: number, question: string, distribution: Distribution): Time {
    const {runs, spells} = live.containers[index];
    const {name} = this.#lives.plan(live).containers[index];
    const stream = `node.behaviour/${live.key}/${name}/${question}/${runs}/${spells}`;
    return drawOnce(this.#simulation, distribution, stream);
  }

  #at(kind: ContainerEvent, time: Time, {pod}: LivePod, index: number): EventHandle | undefined {
    return time === Infinity ? undefined : kind.at(time, pod, index);
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}

function silencesOf({answersFrom, hangs}: LiveContainer): Silence[] {
  const hung = hangs.map(span => ({...span, refuses: false}));
  return joined([{from: -Infinity, until: answersFrom, refuses: true}, ...hung]);
}

/** What its probes have found before has had its effect. */
function still({readinessSince}: LiveContainer, spans: readonly Span[]): Span[] {
  return spans.filter(({until}) => until >= readinessSince);
}
