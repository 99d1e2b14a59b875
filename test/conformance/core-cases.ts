// Cases of the scheduler around the plugins: sampling, ties, node order, backoff, queue order; and
// those of small pure rules (normalising, effective requests, image names, broken lines).

import * as z from 'zod';
import {seconds} from '../../src/engine/time.ts';
import {effectiveRequests, nonZeroRequests} from '../../src/objects/effective-requests.ts';
import type {Resources} from '../../src/objects/resources.ts';
import {imageName} from '../../src/scheduler/cache/image-name.ts';
import {normalizeScores, normalizeScoresReversed} from '../../src/scheduler/cycle/normalize.ts';
import {numFeasibleNodesToFind, parallelChunk} from '../../src/scheduler/cycle/sampling.ts';
import {heapOrder} from '../../src/scheduler/cycle/tie-break.ts';
import {brokenLinear} from '../../src/scheduler/plugins/scoring-strategies.ts';
import {backoffDuration, backoffExpiry} from '../../src/scheduler/queue/backoff.ts';
import {templateOf} from './case-template.ts';
import {CaseWorld} from './case-world.ts';
import {expectEqual} from './check.ts';
import {casePod, features} from './decode-case.ts';

const value = z.looseObject({value: z.unknown().optional()});

export function runCoreCase(written: {readonly kind?: unknown}): void {
  const run = coreKinds[String(written.kind)];
  if (run === undefined) throw new Error(`unknown kind ${String(written.kind)}`);
  run(written);
}

const coreKinds: Record<string, (written: unknown) => void> = {
  numFeasible(written) {
    const {args, numAllNodes, expected} = z
      .object({
        args: z.object({
          globalPercentage: z.number().nullish(),
          profilePercentage: z.number().nullish(),
        }),
        numAllNodes: z.number(),
        expected: value,
      })
      .parse(written);
    // A profile's own percentage wins, also where it is 0.
    const percentage = args.profilePercentage ?? args.globalPercentage ?? 0;
    const found = numFeasibleNodesToFind({nodes: numAllNodes, percentage});
    expectEqual('value', expected.value, found);
  },

  sortedScores(written) {
    const node = z.object({
      name: z.string(),
      total: z.number().default(0),
      tieBreak: z.number().default(0),
    });
    const {input, expected} = z
      .object({input: z.array(node), expected: z.object({order: z.array(z.string())})})
      .parse(written);
    expectEqual(
      'order',
      expected.order,
      heapOrder(input).map(({name}) => name),
    );
  },

  nodeOrder(written) {
    const {expected} = z.object({expected: z.object({order: z.array(z.string())})}).parse(written);
    const {cache} = new CaseWorld(written, {onFirstNode: false});
    expectEqual(
      'order',
      expected.order,
      cache.nodes.map(({name}) => name),
    );
  },

  backoffDuration(written) {
    const {args, count, expected} = z
      .object({
        args: z.object({initialNs: z.number(), maxNs: z.number()}),
        count: z.number().default(0),
        expected: z.object({valueNs: z.number()}),
      })
      .parse(written);
    const {initialNs: initial, maxNs: max} = args;
    expectEqual('valueNs', expected.valueNs, backoffDuration({attempts: count, initial, max}));
  },

  backoffExpiry(written) {
    const {args, podInfo, expected} = z
      .object({
        args: z.object({initialNs: z.number(), maxNs: z.number()}),
        podInfo: z.object({
          unschedulableCount: z.number().default(0),
          consecutiveErrorsCount: z.number().default(0),
        }),
        expected: z.object({offsetFromTimestampNs: z.number().nullable()}),
      })
      .parse(written);
    const {unschedulableCount, consecutiveErrorsCount} = podInfo;
    const attempts = consecutiveErrorsCount > 0 ? consecutiveErrorsCount : unschedulableCount;
    const initial = args.initialNs / 1000;
    const duration = backoffDuration({attempts, initial, max: args.maxNs / 1000});
    const queuedAt = seconds(1000);
    const expiry = backoffExpiry({queuedAt, duration, kubernetes: 36});
    const offset = attempts === 0 ? null : (expiry - queuedAt) * 1000;
    expectEqual('offsetFromTimestampNs', expected.offsetFromTimestampNs, offset);
  },

  queueLess(written) {
    const queued = z
      .object({priority: z.number().default(0), timestampNs: z.number().default(0)})
      .transform(({priority, timestampNs}) => ({priority, queuedAt: timestampNs}));
    const {p1, p2, expected} = z.object({p1: queued, p2: queued, expected: value}).parse(written);
    const world = new CaseWorld({kubernetesVersion: 'v1.36'}, {onFirstNode: false});
    expectEqual('value', expected.value, world.plugin('PrioritySort').less?.(p1, p2));
  },

  parallelChunk(written) {
    const {args, expected, ...rest} = z
      .looseObject({
        args: z.looseObject({parallelism: z.number().optional()}).prefault({}),
        parallelism: z.number().optional(),
        expected: value,
      })
      .parse(written);
    const parallelism = rest.parallelism ?? args.parallelism ?? 16;
    const nodes = [rest.input, rest.n, rest.numAllNodes, rest.numNodes, args.n, args.nodes].find(
      count => typeof count === 'number',
    );
    const chunk = parallelChunk({nodes: Number(nodes), parallelism});
    expectEqual('value', expected.value, chunk);
  },

  brokenLinear(written) {
    const point = z.object({
      utilization: z.number().default(0),
      score: z.number().default(0),
    });
    const {shape, input, expected} = z
      .object({shape: z.array(point), input: z.number().default(0), expected: value})
      .parse(written);
    expectEqual('value', expected.value, brokenLinear(shape, input));
  },

  normalizedImageName(written) {
    const {input, expected} = z.object({input: z.string(), expected: value}).parse(written);
    expectEqual('value', expected.value, imageName(input));
  },

  normalize(written) {
    const {reverse, input, expected} = z
      .object({
        reverse: z.boolean().default(false),
        input: z.array(z.number()),
        expected: value,
      })
      .parse(written);
    const scores = Int32Array.from(input);
    if (reverse) normalizeScoresReversed(scores, scores.length);
    else normalizeScores(scores, scores.length);
    expectEqual('value', expected.value, [...scores]);
  },

  requests(written) {
    const amounts = z.record(z.string(), z.number());
    const {pod, options, expected, ...rest} = z
      .object({
        pod: casePod,
        features,
        options: z
          .object({
            excludeOverhead: z.boolean().optional(),
            skipPodLevelResources: z.boolean().optional(),
            nonMissing: amounts.optional(),
          })
          .prefault({}),
        expected: z.object({requests: amounts.optional(), nonZero: amounts.optional()}),
      })
      .parse(written);
    const {spec} = templateOf(pod, rest.features);
    const nonMissing =
      options.nonMissing === undefined ? undefined : new Map(Object.entries(options.nonMissing));
    const got = effectiveRequests(spec, {...options, nonMissing});
    if (expected.requests !== undefined) {
      expectEqual('requests', nonZeroOnly(expected.requests), nonZeroOnly(listOf(got)));
    }
    if (expected.nonZero === undefined) return;
    const {cpuMillicores, memoryBytes} = nonZeroRequests(spec);
    const {cpu = 0, memory = 0} = expected.nonZero;
    expectEqual('nonZero', {cpu, memory}, {cpu: cpuMillicores, memory: memoryBytes});
  },
};

function listOf({cpuMillicores, memoryBytes, ephemeralStorageBytes, scalars}: Resources) {
  return {
    cpu: cpuMillicores,
    memory: memoryBytes,
    'ephemeral-storage': ephemeralStorageBytes,
    ...Object.fromEntries(scalars ?? []),
  };
}

/** An absent resource and one of 0 are told apart by nobody who reads a sum. */
function nonZeroOnly(amounts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));
}
