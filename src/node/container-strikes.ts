// What faults do to containers, done to those that the detailed kubelets have.

import type {Time} from '../engine/time.ts';
import type {ContainerPhysics} from '../machines/container-physics.ts';
import type {PodId} from '../objects/ids.ts';
import type {ContainerLife} from './container-life.ts';
import type {LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {MemoryUse} from './memory-use.ts';

export class ContainerStrikes implements ContainerPhysics {
  readonly started: ContainerPhysics['started'];
  readonly #lives: LivePods;
  readonly #containers: ContainerLife;
  readonly #memory: MemoryUse;

  constructor(lives: LivePods, containers: ContainerLife, memory: MemoryUse) {
    this.started = containers.runs.begun;
    this.#lives = lives;
    this.#containers = containers;
    this.#memory = memory;
  }

  crash(pod: PodId, options: {container?: string | undefined; exitCode: number}): void {
    const {container, exitCode} = options;
    this.#eachRunning(pod, (live, index) => {
      const {name} = this.#lives.plan(live).containers[index];
      if (container === undefined || container === name) {
        this.#containers.crash(live, index, exitCode);
      }
    });
  }

  hang(pod: PodId, lasts: Time | undefined): void {
    this.#eachRunning(pod, (live, index) =>
      this.#containers.hangs.hang(live, index, lasts ?? Infinity),
    );
  }

  leak(pod: PodId, bytesPerSecond: number): void {
    this.#eachRunning(pod, (live, index) => this.#memory.leak(live, index, bytesPerSecond));
  }

  #eachRunning(pod: PodId, strike: (live: LivePod, index: number) => void): void {
    const live = this.#lives.get(pod);
    if (live === undefined) return;
    for (const [index, {state}] of live.containers.entries()) {
      if (state === 'running') strike(live, index);
    }
  }
}
