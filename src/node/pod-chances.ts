// What chance decides in the life of one pod, each question from a stream named after it, the pod
// and the occasion.

import type {Simulation} from '../engine/simulation.ts';
import {milliseconds, minute, second, type Time, toTime} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawer} from '../options/drawer.ts';
import {drawOnce} from './draw-once.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LivePod} from './live-pod.ts';
import type {LivePods, PodPlan} from './live-pods.ts';
import type {NodeRoom} from './node-room.ts';
import {type Stop, stopOf} from './termination.ts';

export type RunEnd = {readonly after: Time; readonly exitCode: number};

export type PodChancesOptions = {
  readonly simulation: Simulation;
  readonly machines: Machines;
  readonly options: KubeletOptions;
  readonly lives: LivePods;
  readonly room: NodeRoom;
};

// As syncFrequency: no pod is left alone for longer.
const longestSleep: Time = minute;

export class PodChances {
  readonly #simulation: Simulation;
  readonly #machines: Machines;
  readonly #options: KubeletOptions;
  readonly #lives: LivePods;
  readonly #room: NodeRoom;

  constructor({simulation, machines, options, lives, room}: PodChancesOptions) {
    this.#simulation = simulation;
    this.#machines = machines;
    this.#options = options;
    this.#lives = lives;
    this.#room = room;
  }

  /** Steps towards a start take the longer the fuller the node, and the slower the machine. */
  slowed(live: LivePod, time: Time): Time {
    const fullness = 1 + this.#options.fullNodeSlowness * this.#room.fullness(live.node);
    return toTime(time * fullness * this.slowness(live.node));
  }

  /** Everything on the node takes so many times as long. */
  slowness(node: NodeId): number {
    return this.#machines.slowness(node);
  }

  draw({key, losses}: LivePod, question: string, distribution: Distribution): Time {
    const again = losses === 0 ? '' : `/${losses}`;
    return drawOnce(this.#simulation, distribution, `node.${question}/${key}${again}`);
  }

  /**
   * As prober/worker.go: once a kubelet has started, the probes of what already runs begin at any
   * moment of their period, here of the shortest of the pod.
   */
  probeDelay(live: LivePod): Time {
    const periods = this.#lives
      .plan(live)
      .containers.flatMap(({startupProbe, livenessProbe}) => [startupProbe, livenessProbe])
      .flatMap(probe => (probe === undefined ? [] : probe.period));
    if (periods.length === 0) return 0;
    const stream = `node.probe-delay/${live.key}@${this.#simulation.now}`;
    const share = this.#simulation.passingRandom(stream).uniform();
    return toTime(share * Math.min(...periods));
  }

  /** Of one container, for its present run. */
  drawFor(live: LivePod, index: number, question: string, distribution: Distribution): Time {
    const {name} = this.#lives.plan(live).containers[index];
    const stream = `node.${question}/${live.key}/${name}/${live.containers[index].runs}`;
    return drawOnce(this.#simulation, distribution, stream);
  }

  /** When a container that has just started ends by itself, and how. */
  runEnd(live: LivePod, index: number): RunEnd {
    const {initCount, behaviours, containers} = this.#lives.plan(live);
    const {exitsAfter, exitCode = 0, crashesAfter} = behaviours[index];
    const init = index < initCount && !containers[index].sidecar;
    const draw = (question: string, distribution: Distribution | undefined) =>
      distribution === undefined
        ? Infinity
        : this.drawFor(live, index, `behaviour/${question}`, distribution);
    const crash = draw('crashes-after', crashesAfter);
    const exit = init && exitsAfter === undefined ? 0 : draw('exits-after', exitsAfter);
    const lifetime = index < initCount ? Infinity : (live.lifetime ?? Infinity);
    if (lifetime <= Math.min(exit, crash)) return {after: lifetime, exitCode: 0};
    return exit <= crash ? {after: exit, exitCode} : {after: crash, exitCode: 1};
  }

  hangAfter(live: LivePod, index: number): Time {
    const {hangsAfter} = this.#lives.plan(live).behaviours[index];
    if (hangsAfter === undefined) return Infinity;
    return this.drawFor(live, index, 'behaviour/hangs-after', hangsAfter);
  }

  /** How long after its start it is up. */
  warmUp(live: LivePod, index: number): Time {
    const {behaviours, containers} = this.#lives.plan(live);
    const {becomesReadyAfter} = behaviours[index];
    if (becomesReadyAfter === undefined) return 0;
    const {runs, spells} = live.containers[index];
    const {name} = containers[index];
    const stream = `node.behaviour/${live.key}/${name}/becomes-ready-after/${runs}/${spells}`;
    return drawOnce(this.#simulation, becomesReadyAfter, stream);
  }

  /** `deafAfter`: how long it goes on to take connections. */
  stop(live: LivePod, index: number, grace: Time): Stop & {readonly deafAfter: Time} {
    const {containers, behaviours} = this.#lives.plan(live);
    const {preStop: hook} = containers[index];
    const {stopsAfter = this.#options.stopTime, shutdownDelay, preStopTakes} = behaviours[index];
    const ignored = this.#hangsFor(live, index);
    const hookTime =
      preStopTakes === undefined
        ? (hook?.sleep ?? 0)
        : this.drawFor(live, index, 'behaviour/pre-stop-takes', preStopTakes);
    const delay =
      shutdownDelay === undefined
        ? 0
        : this.drawFor(live, index, 'behaviour/shutdown-delay', shutdownDelay);
    const preStop = hook === undefined ? 0 : hookTime;
    const stops = this.drawFor(live, index, 'behaviour/stops-after', stopsAfter);
    const stop = stopOf({grace, preStop, stopTime: ignored + delay + stops});
    return {...stop, deafAfter: Math.min(preStop, grace) + ignored + delay};
  }

  /** How long it goes on to hang; 0 if it does not. */
  #hangsFor(live: LivePod, index: number): Time {
    const {now} = this.#simulation;
    return Math.max(0, ...live.containers[index].hangs.map(({until}) => until - now));
  }

  /** What the end of a container is that nobody brought about; `undefined` for one meant to be. */
  ownEnd(live: LivePod, index: number): 'container-crash' | 'container-exit' | undefined {
    const {killed, struck, exitCode} = live.containers[index];
    if (killed || struck || live.stopping) return undefined;
    if (exitCode !== 0) return 'container-crash';
    const {initCount, containers, restartPolicy} = this.#lives.plan(live);
    const stays = containers[index].sidecar || (index >= initCount && restartPolicy === 'Always');
    return stays ? 'container-exit' : undefined;
  }

  /**
   * When the worker of a pod sees that its volumes are mounted by now. It polls for a while, fails,
   * and polls again after the back-off of a failed sync.
   */
  mountSeenAt(live: LivePod, from: Time): Time {
    const {now} = this.#simulation;
    const stream = this.#simulation.passingRandom(`node.mount-retry/${live.key}@${from}`);
    const tick = drawer(this.#options.syncTick, stream);
    let began = from;
    while (began + mountPatience < now) {
      const gap = failedSyncDelay * stream.uniform(1, 1 + this.#options.syncJitter);
      began += mountPatience + toTime(gap) + tick();
    }
    return began >= now ? began : began + Math.ceil((now - began) / mountPoll) * mountPoll;
  }

  /** When it tries again after a failed sync. */
  retryAt(live: LivePod, index: number): Time {
    return this.wakeAt(live, index, this.#simulation.now + failedSyncDelay);
  }

  /**
   * When the worker of a pod looks at it again, to do what is due at `due`. As completeWork in
   * pod_workers.go: it sleeps for what is left, a minute at most, and up to half as long again,
   * until the next tick of the sync loop; if that was too early, once more.
   */
  wakeAt(live: LivePod, index: number, due: Time): Time {
    const {syncJitter, syncTick} = this.#options;
    const {name} = this.#lives.plan(live).containers[index];
    const {now} = this.#simulation;
    const stream = this.#simulation.passingRandom(`node.wake/${live.key}/${name}@${now}`);
    const tick = drawer(syncTick, stream);
    let at = now;
    while (at < due) {
      const left = Math.min(due - at, longestSleep);
      at += toTime(left * stream.uniform(1, 1 + syncJitter)) + tick();
    }
    return at;
  }
}

// As volume_manager.go's WaitForAttachAndMount.
const mountPoll: Time = milliseconds(300);
const mountPatience: Time = 123 * second;
// As the back-off of a failed sync in pod_workers.go.
const failedSyncDelay: Time = 10 * second;

export function graceOf({spec}: PodPlan): Time {
  return spec.terminationGracePeriod;
}
