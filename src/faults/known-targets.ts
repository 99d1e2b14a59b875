// What is known of a scenario's cluster when the scenario is read, so that a fault on something
// that is not there is a mistake. Reading scenarios implements it.

import type {PodTarget} from '../options/pod-target.ts';
import type {Target} from '../options/target.ts';

export type TargetMistake = {
  /** Within the fault's options, or within the value asked about. */
  readonly path: readonly (string | number)[];
  readonly message: string;
};

export type KnownTargets = {
  nodes(target: Target): readonly TargetMistake[];
  zone(name: string): readonly TargetMistake[];
  rack(name: string): readonly TargetMistake[];
  /** Masters have neither labels nor pools. */
  masters(target: Target): readonly TargetMistake[];
  /** Either. */
  machines(target: Target): readonly TargetMistake[];
  pods(target: PodTarget, namespace: string): readonly TargetMistake[];
  /** That these pods should have. */
  container(target: PodTarget, namespace: string, name: string | undefined): string | undefined;
};

/** Where they are of the option `key`. */
export function at(key: string, mistakes: readonly TargetMistake[]): TargetMistake[] {
  return mistakes.map(({path, message}) => ({path: [key, ...path], message}));
}
