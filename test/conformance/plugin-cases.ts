// Cases that ask one plugin: its preFilter and filter on nodes, or its scores over the candidates.

import * as z from 'zod';
import type {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import type {Plugin, Rejection} from '../../src/scheduler/framework.ts';
import {ResourceDemand} from '../../src/scheduler/plugins/resource-fit.ts';
import {pluginArgsOf} from './case-args.ts';
import {CaseWorld} from './case-world.ts';
import {expectEqual} from './check.ts';
import type {Status} from './status.ts';
import {expectedStatus, skip, statusOf, success} from './status.ts';

const pluginCase = z.looseObject({
  plugin: z.string(),
  args: z.unknown().optional(),
  pod: z.unknown().optional(),
  expected: z.looseObject({
    preFilter: z.unknown().optional(),
    preFilterNodeNames: z.array(z.string()).optional(),
    status: z.unknown().optional(),
    statusByNode: z.record(z.string(), z.unknown()).optional(),
    fits: z.boolean().optional(),
    insufficient: z
      .array(
        z.object({
          resource: z.string(),
          requested: z.number().default(0),
          used: z.number().default(0),
          capacity: z.number().default(0),
          unresolvable: z.boolean().default(false),
        }),
      )
      .optional(),
    preScore: z.unknown().optional(),
    scores: z.record(z.string(), z.number()).optional(),
  }),
});

/** Plugins whose cases have one node, with all existing pods on it. */
const oneNodePlugins = new Set(['NodeResourcesFit', 'NodePorts', 'NodeName', 'NodeUnschedulable']);

export function runFilterCase(written: unknown): void {
  const {plugin: name, args, pod: writtenPod, expected} = pluginCase.parse(written);
  const world = new CaseWorld(written, {onFirstNode: oneNodePlugins.has(name)});
  const plugin = world.plugin(name, pluginArgsOf(name, args, 'filter'));
  const pod = world.pod(writtenPod ?? {});
  const outcome = plugin.preFilter?.(pod);
  const status = preFilterStatus(outcome);
  if (expected.preFilter !== undefined) expectStatus('preFilter', expected.preFilter, status);
  if (expected.preFilterNodeNames !== undefined) {
    const names = outcome instanceof Set ? [...outcome].sort() : [];
    expectEqual('preFilterNodeNames', [...expected.preFilterNodeNames].sort(), names);
  }
  const filter = (node: NodeInfo) =>
    outcome === 'skip' ? success : statusOf(plugin.filter?.(pod, node));
  if (expected.status !== undefined) {
    expectStatus('status', expected.status, filter(world.nodes[0]));
  }
  for (const [node, wanted] of Object.entries(expected.statusByNode ?? {})) {
    expectStatus(`status on ${node}`, wanted, filter(nodeNamed(world, node)));
  }
  if (expected.fits !== undefined) {
    expectEqual('fits', expected.fits, filter(world.nodes[0]).code === 'Success');
  }
  if (expected.insufficient !== undefined) {
    expectEqual('insufficient', byResource(expected.insufficient), lacking(world, pod, args));
  }
}

export function runScoreCase(written: unknown): void {
  const {plugin: name, args, pod: writtenPod, expected} = pluginCase.parse(written);
  const world = new CaseWorld(written, {onFirstNode: false});
  const plugin = world.plugin(name, pluginArgsOf(name, args, 'score'));
  const pod = world.pod(writtenPod ?? {});
  const isSkipped = plugin.preScore?.(pod, world.nodes) === 'skip';
  if (expected.preScore !== undefined) {
    expectStatus('preScore', expected.preScore, isSkipped ? skip : success);
  }
  if (expected.scores === undefined) return;
  const scores = isSkipped
    ? new Int32Array(world.nodes.length)
    : scoresOf(plugin, pod, world.nodes);
  const byName = Object.fromEntries(world.nodes.map(({name: node}, i) => [node, scores[i]]));
  for (const [node, score] of Object.entries(expected.scores)) {
    expectEqual(`score of ${node}`, score, byName[node]);
  }
}

function scoresOf(plugin: Plugin, pod: PodInfo, nodes: readonly NodeInfo[]): Int32Array {
  const scores = Int32Array.from(nodes, node => plugin.score?.(pod, node) ?? 0);
  plugin.normalizeScores?.(pod, scores, nodes);
  return scores;
}

function preFilterStatus(outcome: ReturnType<NonNullable<Plugin['preFilter']>>): Status {
  if (outcome === 'skip') return skip;
  return outcome === undefined || outcome instanceof Set ? success : statusOf(outcome as Rejection);
}

function expectStatus(what: string, written: unknown, got: Status): void {
  const expected = expectedStatus(written);
  expectEqual(what, expected, typeof expected === 'string' ? got.code : got);
}

function nodeNamed(world: CaseWorld, name: string): NodeInfo {
  const node = world.cache.node(name);
  if (node === undefined) throw new Error(`the case has no node ${name}`);
  return node;
}

function lacking(world: CaseWorld, pod: PodInfo, args: unknown) {
  const {ignoredResources = [], ignoredResourceGroups = []} = (args ?? {}) as {
    ignoredResources?: string[];
    ignoredResourceGroups?: string[];
  };
  const ignores = (resource: string) =>
    ignoredResources.includes(resource) || ignoredResourceGroups.includes(resource.split('/')[0]);
  const demand = new ResourceDemand(pod.shape, {ignores, kubernetes: world.kubernetes});
  return byResource(demand.insufficient(world.nodes[0]));
}

function byResource<T extends {resource: string}>(rows: readonly T[]): T[] {
  return [...rows].sort((left, right) => (left.resource < right.resource ? -1 : 1));
}
