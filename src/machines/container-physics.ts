// What can be done to the containers of a pod from outside, whatever anybody wishes. Kubelets
// implement it; faults use it. Of a pod that does not run, nothing is left to be done.

import type {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';

export type ContainerPhysics = {
  /** A container of that name runs, for the first time or again. */
  readonly started: Pick<Signal<[pod: PodId, container: string]>, 'watch'>;
  /** Its running containers, or the one of that name, end at once with that exit code. */
  crash(pod: PodId, options: {container?: string | undefined; exitCode: number}): void;
  /**
   * Its containers run on and answer no probe, until they are started again or for so long
   * (`undefined`: for ever).
   */
  hang(pod: PodId, lasts: Time | undefined): void;
  /** They use so much more memory every second, until they are started again. */
  leak(pod: PodId, bytesPerSecond: number): void;
};

/** Where containers have no life of their own. */
export const noContainerPhysics: ContainerPhysics = {
  started: {watch: () => () => {}},
  crash() {},
  hang() {},
  leak() {},
};
