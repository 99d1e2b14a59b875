// What a kind of workload is: options besides those that all kinds take, and when its pods come.

import * as z from 'zod';
import type {RandomStream} from '../engine/random.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiConnector, OwnerWish} from '../objects/api-client.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Store} from '../objects/store.ts';
import type {ArrivalTimes} from './arrival-times.ts';
import {type CommonOptions, commonOptions} from './common-options.ts';
import {type ExpectedPods, type Expecting, expectedPods} from './expected-pods.ts';
import {PodSource} from './pod-source.ts';

/** What a workload needs of the world, handed over by whoever builds it. */
export type WorkloadWorld = {
  readonly simulation: Simulation;
  /** To look at, not to write to. */
  readonly store: Store;
  readonly api: ApiConnector;
  /** Those that the cluster begins with. */
  readonly nodes: readonly NodeObject[];
  /** Stores the owner of pods whose controller is not there. */
  readonly applyOwner: (owner: OwnerWish) => void;
  /** Reads a whole Pod, checked before, as a manifest's. */
  readonly decodePod: (pod: object) => PodTemplate;
};

export type WorkloadDefinition = {
  readonly kind: string;
  readonly options: z.ZodObject;
  /** `options` as the schema gives them. */
  create(world: WorkloadWorld, options: unknown): void;
  /** What will come, so far as `options` say it. */
  expected(options: unknown, expecting: Expecting): readonly ExpectedPods[];
};

type Mistake<Options> = (key: keyof Options & string, message: string) => void;
type Random = (question: string) => RandomStream;

export function defineWorkload<Shape extends z.ZodRawShape>({
  kind,
  options,
  check,
  arrivals,
  pods,
}: {
  readonly kind: string;
  readonly options: Shape;
  /** For what must hold between options. */
  readonly check?: (own: Own<Shape>, mistake: Mistake<Own<Shape>>) => void;
  readonly arrivals: (own: Own<Shape>, random: Random) => ArrivalTimes;
  /** How many come in so long a time, on average. */
  readonly pods: (own: Own<Shape>, span: Time) => number;
}): WorkloadDefinition {
  const shape = z.strictObject({kind: z.literal(kind), ...commonOptions, ...options});
  return {
    kind,
    options: shape.superRefine((given, context) => {
      check?.(given as unknown as Own<Shape>, (key, message) =>
        context.addIssue({code: 'custom', path: [key], message}),
      );
    }),
    create(world, given) {
      const {name} = given as CommonOptions;
      const random: Random = question => world.simulation.random(`workload.${name}/${question}`);
      const times = arrivals(given as Own<Shape>, random);
      new PodSource(world, {options: given as CommonOptions, times, random});
    },
    expected(given, expecting) {
      const options = given as CommonOptions;
      const span = Math.min(options.until ?? Infinity, expecting.duration) - options.start;
      return expectedPods(options, span < 0 ? 0 : pods(given as Own<Shape>, span), expecting);
    },
  };
}

type Own<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;
