// Whether a container has started, is ready, and has to be killed, by its probes. A healthy probe
// is no event: what it will find is worked out when the container is first seen to run.
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
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import {type Answering, failureAt, firstTick, probeClock, successAt} from './probe-plan.ts';

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
      this.#changed(live);
    });
    this.#readinessFailed = event('kubelet.readiness-probe-failed', (live, index) =>
      this.#becomeUnready(live, index),
    );
    this.#spellBegan = event('container.became-unready', (live, index) => this.#spell(live, index));
  }

  /** The kubelet has just seen that the container runs. */
  begin(live: LivePod, index: number): void {
    const {startupProbe} = this.#lives.plan(live).containers[index];
    if (startupProbe === undefined) {
      this.#serve(live, index);
      return;
    }
    const container = live.containers[index];
    const clock = probeClock(startupProbe, {
      anchor: live.probesFrom,
      startedAt: container.startedAt,
      notBefore: this.#simulation.now,
    });
    const answering = this.#answering(live, index);
    const succeedsAt = successAt(clock, answering);
    const failsAt = failureAt(clock, answering);
    if (succeedsAt <= failsAt) {
      container.startup = this.#at(this.#startupSucceeded, succeedsAt, live, index);
    } else container.unhealthy = this.#at(this.#startupFailed, failsAt, live, index);
  }

  /** Its container has ended, or is about to be stopped. */
  stop(container: LiveContainer): void {
    for (const handle of [container.startup, container.unhealthy]) this.#cancel(handle);
    for (const handle of [container.readiness, container.unreadiness]) this.#cancel(handle);
    for (const handle of [container.hang, container.spell]) this.#cancel(handle);
    container.spell = undefined;
  }

  #serve(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const {livenessProbe, readinessProbe} = this.#lives.plan(live).containers[index];
    const {startedAt} = container;
    const answering = this.#answering(live, index);
    container.started = true;
    if (livenessProbe !== undefined) {
      const anchor = live.probesFrom;
      const clock = probeClock(livenessProbe, {anchor, startedAt, notBefore: now});
      container.unhealthy = this.#at(
        this.#livenessFailed,
        failureAt(clock, answering),
        live,
        index,
      );
    }
    // As prober_manager's UpdatePodStatus: a container that has started and is not ready is probed
    // at once, and its ticker begins anew.
    container.readinessFrom = now;
    if (readinessProbe === undefined) {
      this.#becomeReady(live, index);
      return;
    }
    const clock = probeClock(readinessProbe, {anchor: now, startedAt, notBefore: now});
    const readyAt = successAt(clock, answering);
    if (readyAt === now) this.#becomeReady(live, index);
    else container.readiness = this.#at(this.#readinessSucceeded, readyAt, live, index);
    const hangSeenAt = failureAt(clock, {...answering, from: -Infinity});
    container.hang = this.#at(this.#readinessFailed, hangSeenAt, live, index);
  }

  #becomeReady(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.ready = true;
    const {unready} = this.#lives.plan(live).behaviours[index];
    if (unready === undefined || container.spell !== undefined) return;
    const gap = this.#draw(live, index, 'unready-every', unready.every);
    container.spell = this.#spellBegan.after(gap, live.pod, index);
  }

  #becomeUnready(live: LivePod, index: number): void {
    const container = live.containers[index];
    if (!container.ready) return;
    container.ready = false;
    this.#store.signals.container.emit(live.pod, index, 'readiness-failed');
    this.#changed(live);
  }

  /** It answers no readiness probe for a while; a short while may go unseen. */
  #spell(live: LivePod, index: number): void {
    const container = live.containers[index];
    const {containers, behaviours} = this.#lives.plan(live);
    const {unready} = behaviours[index];
    const probe = containers[index].readinessProbe;
    if (unready === undefined || probe === undefined) return;
    const {now} = this.#simulation;
    const {startedAt, readinessFrom: anchor, hangsAt} = container;
    const over = now + this.#draw(live, index, 'unready-for', unready.for);
    container.spells++;
    const clock = probeClock(probe, {anchor, startedAt, notBefore: now});
    const seenAt = firstTick(clock, now) + (probe.failureThreshold - 1) * probe.period;
    if (seenAt < over) {
      container.unreadiness = this.#at(this.#readinessFailed, seenAt, live, index);
      const readyAt = successAt(clock, {from: over, until: hangsAt});
      container.readiness = this.#at(this.#readinessSucceeded, readyAt, live, index);
    }
    const gap = this.#draw(live, index, 'unready-every', unready.every);
    container.spell = this.#spellBegan.at(over + gap, live.pod, index);
  }

  #fail(live: LivePod, index: number, which: 'startup' | 'liveness'): void {
    const {startupProbe, livenessProbe} = this.#lives.plan(live).containers[index];
    const probe = which === 'startup' ? startupProbe : livenessProbe;
    this.#store.signals.container.emit(live.pod, index, `${which}-failed`);
    this.#unhealthy(live, index, probe?.terminationGracePeriod);
  }

  #answering(live: LivePod, index: number): Answering {
    const {startedAt, hangsAt} = live.containers[index];
    const {becomesReadyAfter} = this.#lives.plan(live).behaviours[index];
    if (becomesReadyAfter === undefined) return {from: startedAt, until: hangsAt};
    const warmUp = this.#draw(live, index, 'becomes-ready-after', becomesReadyAfter);
    return {from: startedAt + warmUp, until: hangsAt};
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
