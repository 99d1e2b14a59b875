// Cases of preemption: who may preempt, whom on which node, and which node is taken.

import * as z from 'zod';
import type {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import type {FilterFailures, Rejection} from '../../src/scheduler/framework.ts';
import {candidatesWanted, dryRunPreemption} from '../../src/scheduler/preemption/dry-run.ts';
import {ineligibility} from '../../src/scheduler/preemption/eligibility.ts';
import {earliestStart, isMoreImportant} from '../../src/scheduler/preemption/importance.ts';
import {CaseWorld} from './case-world.ts';
import {expectEqual} from './check.ts';

const preemptionCase = z.looseObject({
  kind: z.string(),
  plugins: z.array(z.string()).default([]),
  args: z
    .object({
      minCandidateNodesPercentage: z.number().default(10),
      minCandidateNodesAbsolute: z.number().default(100),
    })
    .prefault({}),
  pod: z.unknown().optional(),
  pods: z.array(z.unknown()).default([]),
  nominatedNodeStatus: z.object({code: z.string()}).optional(),
  expected: z.looseObject({
    anyOf: z.array(z.string()).default([]),
    candidatesPerPod: z
      .array(
        z.array(
          z.object({
            node: z.string(),
            victims: z.array(z.string()).default([]),
            pdbViolations: z.number().default(0),
          }),
        ),
      )
      .default([]),
    eligible: z.boolean().optional(),
    value: z.boolean().optional(),
    startTimeNs: z.number().optional(),
  }),
});

type PreemptionCase = z.output<typeof preemptionCase>;

export function runPreemptionCase(written: unknown): void {
  const parsed = preemptionCase.parse(written);
  const run = kinds.get(parsed.kind);
  if (run === undefined) throw new Error(`unknown kind ${parsed.kind}`);
  const world = new CaseWorld(written, {onFirstNode: false});
  run(
    world,
    parsed,
    parsed.pods.map(pod => world.pod(pod)),
  );
}

type Run = (world: CaseWorld, parsed: PreemptionCase, pods: readonly PodInfo[]) => void;

const kinds = new Map<string, Run>([
  ['pickOne', runPickOne],
  ['dryRun', runDryRun],
  ['eligible', runEligible],
  [
    'moreImportant',
    ({now}, {expected}, [pod, other]) =>
      expectEqual('value', expected.value, isMoreImportant(pod, other, now)),
  ],
  [
    'earliestStart',
    ({now}, {expected}, pods) =>
      expectEqual('startTimeNs', expected.startTimeNs, earliestStart(pods, now)),
  ],
]);

function runPickOne(
  world: CaseWorld,
  {plugins, args, pod: written, expected}: PreemptionCase,
): void {
  const pod = world.pod(written);
  startCycle(world, plugins, pod);
  const failures = new Map<NodeInfo, Rejection>();
  for (const node of world.cache.nodes) {
    const rejection = world.handle.runFilters(pod, node);
    if (rejection !== undefined) failures.set(node, rejection);
  }
  const result = world.plugin('DefaultPreemption', args).postFilter?.(pod, failures);
  const chosen = result?.nominate?.name;
  if (chosen !== undefined && expected.anyOf.includes(chosen)) return;
  expectEqual('node', expected.anyOf, chosen);
}

function runDryRun(
  world: CaseWorld,
  {plugins, args, expected}: PreemptionCase,
  pods: readonly PodInfo[],
): void {
  const {nodes} = world.cache;
  const got = pods.map(pod => {
    startCycle(world, plugins, pod);
    const wanted = candidatesWanted(nodes.length, args);
    return dryRunPreemption(world.handle, pod, {nodes, offset: 0, wanted}).candidates.map(
      ({node, victims, violations}) => ({
        node: node.name,
        victims: victims.map(({name}) => name).sort(),
        pdbViolations: violations,
      }),
    );
  });
  const wanted = expected.candidatesPerPod.map(candidates =>
    candidates.map(candidate => ({...candidate, victims: [...candidate.victims].sort()})),
  );
  expectEqual('candidates', wanted.map(byNode), got.map(byNode));
}

function runEligible(world: CaseWorld, parsed: PreemptionCase): void {
  const pod = world.pod(parsed.pod);
  const isUnresolvable = parsed.nominatedNodeStatus?.code === 'UnschedulableAndUnresolvable';
  const rejection: Rejection = {
    code: isUnresolvable ? 'unresolvable' : 'unschedulable',
    reasons: [],
  };
  const failures: FilterFailures = new Map(
    world.nodes.filter(({name}) => name === pod.nominatedNode).map(node => [node, rejection]),
  );
  const reason = ineligibility(pod, failures, world.cache);
  expectEqual('eligible', parsed.expected.eligible, reason === undefined);
}

function startCycle(world: CaseWorld, names: readonly string[], pod: PodInfo): void {
  const plugins = names.map(name => world.plugin(name));
  world.filtering = plugins.filter(plugin => plugin.preFilter?.(pod) !== 'skip');
}

function byNode<T extends {node: string}>(candidates: readonly T[]): T[] {
  return [...candidates].sort((left, right) => (left.node < right.node ? -1 : 1));
}
