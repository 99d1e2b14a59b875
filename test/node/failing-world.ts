// Two nodes whose machines, kubelets and lines fail as a test wishes, under either kind of kubelet.
// Both kinds start a pod in one second here.

import {seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import {detailedWorld, podOn, type Wishes} from './detailed-world.ts';

export const kinds = ['simple', 'detailed'] as const;
export type Kind = (typeof kinds)[number];

export function failingWorld(kind: Kind, {kubelet, ...wishes}: Wishes = {}) {
  const world = detailedWorld({...wishes, kubelet: {lifecycle: kind, ...kubelet}});
  const {simulation, machines} = world;
  const node = 0 as NodeId;
  const holds = {
    power: machines.withoutPower,
    kubelet: machines.withoutKubelet,
    link: machines.withoutLink,
  };
  return {
    ...world,
    node,
    pod: (spec: Partial<PodSpec> = {}, name = 'pod-0', lifetime?: Time): PodId =>
      podOn(world, spec, name, lifetime),
    /** Without `what` from `at` on, for so long (or for good). */
    fail(what: keyof typeof holds, at: number, lasts = Infinity): void {
      simulation.run(seconds(at));
      holds[what].take(node);
      if (lasts === Infinity) return;
      simulation.run(seconds(at + lasts));
      holds[what].release(node);
    },
    /** What was told after a moment, in words. */
    since: (at: number) =>
      world.told
        .entries()
        .filter(entry => entry.at > seconds(at))
        .map(({what}) => what)
        .filter(what => what.startsWith('pod')),
  };
}
