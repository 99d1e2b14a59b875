// A cluster of a few lines for tests of plugins, written as the decision cases write theirs.

import type {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';
import type {ClusterEvent} from '../../../src/scheduler/cluster-event.ts';
import type {Rejection} from '../../../src/scheduler/framework.ts';
import {CaseWorld} from '../../conformance/case-world.ts';

type Written = Readonly<Record<string, unknown>>;

export type Cluster = {
  readonly version?: string;
  readonly nodes?: readonly Written[];
  readonly existingPods?: readonly Written[];
  readonly namespaces?: readonly Written[];
  readonly objects?: readonly Written[];
  readonly pdbs?: readonly Written[];
  readonly features?: Written;
};

export function cluster({version = '1.36', ...fields}: Cluster = {}): CaseWorld {
  return new CaseWorld({kubernetesVersion: version, ...fields}, {onFirstNode: false});
}

export function container(requests: Written): Written {
  return {containers: [{requests}]};
}

export const room = {cpu: 4000, memory: 4000, pods: 10};

export function codeOf(outcome: Rejection | undefined): string {
  return outcome === undefined ? 'success' : outcome.code;
}

/** preScore, score and normalise as the cycle does; a skipped plugin gives 0 to all. */
export function scores(world: CaseWorld, name: string, pod: Written, args: object = {}): number[] {
  const plugin = world.plugin(name, args);
  const incoming = world.pod(pod);
  const all = new Int32Array(world.nodes.length);
  if (plugin.preScore?.(incoming, world.nodes) === 'skip') return [...all];
  world.nodes.forEach((node, i) => {
    all[i] = plugin.score?.(incoming, node) ?? 0;
  });
  plugin.normalizeScores?.(incoming, all, world.nodes);
  return [...all];
}

/** The codes of the filter's answers by node, after preFilter. */
export function verdicts(
  world: CaseWorld,
  name: string,
  pod: Written,
  args: object = {},
): string[] {
  const plugin = world.plugin(name, args);
  const incoming = world.pod(pod);
  const outcome = plugin.preFilter?.(incoming);
  if (outcome === 'skip') return world.nodes.map(() => 'success');
  return world.nodes.map(node => codeOf(plugin.filter?.(incoming, node)));
}

/** What the plugin's hint says of an event; `ignored` when it does not subscribe to it. */
export function hint(
  world: CaseWorld,
  name: string,
  ask: {pod: PodInfo; event: ClusterEvent; args?: object},
): boolean | 'ignored' {
  const subscriptions = world.plugin(name, ask.args ?? {}).requeueOn ?? [];
  const found = subscriptions.find(({on}) => on === ask.event.kind);
  if (found === undefined) return 'ignored';
  return found.hint?.(ask.pod, ask.event) ?? true;
}
