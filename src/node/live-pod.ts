// What a kubelet knows of one of its pods and of each of its containers, and what follows from it:
// plain values that can be saved.

import type {EventHandle} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ListenerId} from '../machines/listeners.ts';
import type {SandboxId} from '../machines/machines.ts';
import type {FailureReason} from '../objects/failure-reason.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {ContainerExit} from '../objects/pod-end.ts';
import type {Container, PodSpec} from '../objects/pod-spec.ts';
import {type CrashBackOff, noCrashes} from './crash-back-off.ts';
import type {ContainerMemory} from './memory-use.ts';

export type LivePod = {
  readonly pod: PodId;
  readonly serial: number;
  readonly node: NodeId;
  /** Names its random streams. */
  readonly key: string;
  /** Number of the template that it was made of. */
  readonly template: number;
  readonly lifetime: Time | undefined;
  stopping: boolean;
  /** Its kubelet runs; else nothing happens but what its containers do by themselves. */
  attended: boolean;
  /** How often its node's power went under it. */
  losses: number;
  /** It is stopped not because it was deleted: it has Failed then, and was given less time. */
  ending: {readonly reason: FailureReason; readonly grace: Time} | undefined;
  /** The worker is at a step that takes time: it does one thing after the other. */
  busy: boolean;
  /** All init containers are through. */
  initialized: boolean;
  /** When its volumes were first set up, and how long that is put off once it has failed. */
  setUpFrom: Time;
  mountDelay: Time;
  sandbox: SandboxId | undefined;
  /** What answers at its address, and when that changes by itself, or the address goes. */
  listener: ListenerId | undefined;
  listensAnew: EventHandle | undefined;
  /** When probes would have begun to tick. */
  probesFrom: Time;
  /** As reported to the API. */
  started: boolean;
  ready: boolean;
  stopBegan: Time;
  /** The end of the step that the worker is at. */
  step: EventHandle | undefined;
  wake: EventHandle | undefined;
  /** Init containers first. */
  readonly containers: LiveContainer[];
};

export type Span = {readonly from: Time; readonly until: Time};

export type LiveContainer = {
  state: 'waiting' | 'running' | 'exited';
  /** How many times it was started, and how many of these before its node last lost its power. */
  runs: number;
  earlierRuns: number;
  /** The kubelet has seen it run, and its startup probe has succeeded. */
  started: boolean;
  ready: boolean;
  /** It is being killed to be started again. */
  killed: boolean;
  startedAt: Time;
  endedAt: Time;
  exitCode: number;
  /** It ended by what was done to it from outside. */
  struck: boolean;
  /** What its start went back to (`Simulation.cause`). */
  startCause: number;
  /** When it ends by itself; Infinity for never. */
  endsAt: Time;
  /** When it answers nothing at all, as far as it still matters. */
  hangs: Span[];
  /** When the kubelet sees what it did last. */
  seenAt: Time;
  /** It ended before the kubelet saw it run. */
  missed: boolean;
  /** What it did last nobody has seen, for no kubelet ran. */
  overlooked: boolean;
  /** Its probes tick. */
  probed: boolean;
  /** It is up from then on, and takes no connections from then on. */
  answersFrom: Time;
  deafFrom: Time;
  /** When its startup probe could first tick, its liveness probe, and its readiness probe. */
  startupFrom: Time;
  livenessFrom: Time;
  readinessFrom: Time;
  /** When its readiness probe last came to another result. */
  readinessSince: Time;
  /** How often it has been unready by itself, and when, as far as it still matters. */
  spells: number;
  unready: Span[];
  crashBackOff: CrashBackOff;
  pullDelay: Time;
  /** Its turn to start came, but its image or its configuration was missing. */
  waitsToBeMade: boolean;
  /** Not to be started before; the worker looks at it again at `wakeAt`. */
  notBefore: Time;
  wakeAt: Time;
  /** What it uses of its node's, where that is stated. */
  memory: ContainerMemory | undefined;
  /** It uses up its limit. */
  outOfMemory: EventHandle | undefined;
  end: EventHandle | undefined;
  seen: EventHandle | undefined;
  /** Of the startup probe, then of the liveness probe. */
  unhealthy: EventHandle | undefined;
  startup: EventHandle | undefined;
  /** The readiness probe comes to another result. */
  readiness: EventHandle | undefined;
  /** It hangs by itself. */
  hang: EventHandle | undefined;
  spell: EventHandle | undefined;
};

export function newLiveContainer(): LiveContainer {
  return {
    state: 'waiting',
    runs: 0,
    earlierRuns: 0,
    started: false,
    ready: false,
    killed: false,
    startedAt: 0,
    endedAt: 0,
    exitCode: 0,
    struck: false,
    startCause: 0,
    endsAt: Infinity,
    hangs: [],
    seenAt: 0,
    missed: false,
    overlooked: false,
    probed: false,
    answersFrom: 0,
    deafFrom: Infinity,
    startupFrom: 0,
    livenessFrom: 0,
    readinessFrom: 0,
    readinessSince: 0,
    spells: 0,
    unready: [],
    crashBackOff: noCrashes(),
    pullDelay: 0,
    waitsToBeMade: false,
    notBefore: 0,
    wakeAt: Infinity,
    memory: undefined,
    outOfMemory: undefined,
    end: undefined,
    seen: undefined,
    unhealthy: undefined,
    startup: undefined,
    readiness: undefined,
    hang: undefined,
    spell: undefined,
  };
}

export function allContainers({initContainers, containers}: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

type Known = {
  readonly containers: readonly Container[];
  readonly initCount: number;
  readonly restartPolicy: PodSpec['restartPolicy'];
};

/** Whether it has to be started, be it later. */
export function wantsStart(live: LivePod, index: number, known: Known): boolean {
  const {state, exitCode} = live.containers[index];
  if (state === 'running') return false;
  if (state === 'waiting') return true;
  const {sidecar} = known.containers[index];
  if (sidecar) return true;
  if (index < known.initCount) return exitCode !== 0 && known.restartPolicy !== 'Never';
  if (known.restartPolicy === 'Always') return true;
  return known.restartPolicy === 'OnFailure' && exitCode !== 0;
}

/**
 * The container to be started now. As computePodActions: init containers one after the other, a
 * sidecar has only to have started; then all others in order, of which one that has to wait does
 * not hold up the rest.
 */
export function nextToStart(live: LivePod, known: Known, now: Time): number | undefined {
  const due = (index: number) =>
    wantsStart(live, index, known) && live.containers[index].notBefore <= now;
  for (let index = 0; index < known.initCount; index++) {
    const container = live.containers[index];
    const {sidecar} = known.containers[index];
    if (live.initialized && !sidecar) continue;
    if (due(index)) return index;
    const through = sidecar
      ? container.state === 'running' && container.started
      : container.state === 'exited' && container.exitCode === 0;
    if (!through && !live.initialized) return undefined;
  }
  for (let index = known.initCount; index < known.containers.length; index++) {
    if (due(index)) return index;
  }
  return undefined;
}

/** As getPhase in kubelet_pods.go: until each of its containers has run, a pod is Pending. */
export function haveAllRun({containers}: LivePod, {initCount}: Known): boolean {
  return containers.every(({runs}, index) => index < initCount || runs > 0);
}

/** All that must be ready for the pod to be: containers and sidecars. */
export function allReady(live: LivePod, known: Known): boolean {
  return known.containers.every(
    ({sidecar}, index) => (index < known.initCount && !sidecar) || live.containers[index].ready,
  );
}

/** How the pod has ended; `undefined` while it has not. As getPhase in kubelet_pods.go. */
export function endOf(live: LivePod, known: Known): 'Succeeded' | 'Failed' | undefined {
  const {containers, initCount} = known;
  let failed = false;
  for (let index = 0; index < containers.length; index++) {
    const {state, exitCode} = live.containers[index];
    if (index < initCount) {
      const gaveUp = state === 'exited' && exitCode !== 0 && !wantsStart(live, index, known);
      if (gaveUp && !containers[index].sidecar) return 'Failed';
      continue;
    }
    if (state !== 'exited' || wantsStart(live, index, known)) return undefined;
    if (exitCode !== 0) failed = true;
  }
  return failed ? 'Failed' : 'Succeeded';
}

/** Of the first of its containers that did not end well. */
export function failedExit({containers}: LivePod): ContainerExit | undefined {
  const container = containers.findIndex(({state, exitCode}) => state === 'exited' && exitCode > 0);
  return container < 0 ? undefined : {container, code: containers[container].exitCode};
}

/**
 * Its node has lost its power: every container has to be started anew, init containers first. As
 * computePodActions for a new sandbox: not those that have succeeded, where only failure restarts.
 */
export function forgetRuns(live: LivePod, {initCount, restartPolicy}: Known): void {
  live.losses++;
  live.stopping = false;
  live.initialized = false;
  for (const [index, container] of live.containers.entries()) {
    const {state, exitCode, runs, spells} = container;
    const through = index >= initCount && state === 'exited' && exitCode === 0;
    if (through && restartPolicy === 'OnFailure') continue;
    live.containers[index] = {...newLiveContainer(), runs, earlierRuns: runs, spells};
  }
}

/** As computePodActions: where nothing is to be restarted, no second sandbox is made. */
export function endAfterLoss(live: LivePod, known: Known): 'Succeeded' | 'Failed' | undefined {
  if (live.losses === 0) return undefined;
  const ran = live.containers.some(({runs}) => runs > 0);
  return ran && known.restartPolicy === 'Never' ? 'Failed' : endOf(live, known);
}
