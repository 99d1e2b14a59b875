// What a kind of fault is: its options, whom it strikes, what it does to them and how that ends.
// When and how often is the same for all kinds, see fault-times.ts.

import * as z from 'zod';
import type {RandomStream} from '../engine/random.ts';
import {dnsName} from '../options/dns-name.ts';
import {Alternation} from './alternation.ts';
import type {FaultClock, RunningFault} from './fault-clock.ts';
import {type FaultTimes, lastingTimes, suddenTimes, timeMistakes} from './fault-times.ts';
import type {FaultWorld} from './fault-world.ts';
import type {KnownTargets, TargetMistake} from './known-targets.ts';
import {Occasions} from './occasions.ts';
import type {Strike} from './strike.ts';

export type FaultDefinition = {
  readonly kind: string;
  readonly options: z.ZodObject;
  /** Acts on containers or images, so that kubelets must play what happens to these. */
  readonly detailed: boolean;
  /** What is wrong with whom the options name. */
  mistakes(options: unknown, known: KnownTargets): TargetMistake[];
  create(entry: NewFault): RunningFault;
};

export type NewFault = {
  readonly world: FaultWorld;
  /** Names its random streams. */
  readonly name: string;
  /** As the kind's own schema gives them. */
  readonly options: unknown;
  readonly clock: FaultClock;
};

type Options<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** How a kind acts, see `Strike`; `options` and `world` are what differs from one to the next. */
export type Action<Given, Thing, Part> = {
  readonly things: (
    options: Given,
    world: FaultWorld,
    random: () => RandomStream,
  ) => readonly Thing[];
  readonly nameOf: (thing: Thing, world: FaultWorld) => string;
  readonly partsOf: (thing: Thing, options: Given, world: FaultWorld) => readonly Part[];
  readonly take: (part: Part, options: Given, world: FaultWorld) => void;
  readonly release?: (part: Part, options: Given, world: FaultWorld) => void;
  readonly remains?: (thing: Thing, world: FaultWorld) => boolean;
  readonly watchJoining?: (options: Given, world: FaultWorld, join: (thing: Thing) => void) => void;
};

type Definition<Shape extends z.ZodRawShape, Thing, Part> = {
  readonly kind: string;
  readonly options: Shape;
  readonly detailed?: boolean;
  readonly mistakes?: (options: Options<Shape>, known: KnownTargets) => TargetMistake[];
  readonly action: Action<Options<Shape>, Thing, Part>;
};

/** One that holds until its end. */
export function defineFault<Shape extends z.ZodRawShape, Thing, Part>(
  definition: Definition<Shape, Thing, Part>,
): FaultDefinition {
  return define(definition, {...shapeOf(definition), ...lastingTimes});
}

/** One that is over as it happens, though what follows may not be. */
export function defineSuddenFault<Shape extends z.ZodRawShape, Thing, Part>(
  definition: Definition<Shape, Thing, Part>,
): FaultDefinition {
  return define(definition, {...shapeOf(definition), ...suddenTimes});
}

function shapeOf({kind, options}: {kind: string; options: z.ZodRawShape}): z.ZodRawShape {
  return {
    kind: z.literal(kind),
    name: dnsName().optional().describe('names its random streams; its kind unless written'),
    ...options,
  };
}

function define<Shape extends z.ZodRawShape, Thing, Part>(
  definition: Definition<Shape, Thing, Part>,
  shape: z.ZodRawShape,
): FaultDefinition {
  const {kind, action, detailed = false, mistakes} = definition;
  return {
    kind,
    detailed,
    options: z.strictObject(shape).superRefine((given, context) => {
      for (const {key, message} of timeMistakes(
        given as FaultTimes,
        action.release !== undefined,
      )) {
        context.addIssue({code: 'custom', path: [key], message});
      }
    }),
    mistakes: (given, known) => mistakes?.(given as Options<Shape>, known) ?? [],
    create({world, name, options, clock}) {
      const strike = bind(kind, action, {options: options as Options<Shape>, world});
      return played(strike, {world, name, options, clock});
    },
  };
}

/** At the times that the options say. */
export function played<Thing, Part>(
  strike: Strike<Thing, Part>,
  {world, name, options, clock}: NewFault,
): RunningFault {
  const {simulation, store} = world;
  const common = {simulation, causes: store.causes, name, strike, clock};
  const times = options as FaultTimes;
  const {up, down, start, crews, until} = times;
  if (up === undefined || down === undefined) return new Occasions({...common, times});
  return new Alternation({...common, times: {up, down, start, crews, until}});
}

export function bind<Given, Thing, Part>(
  kind: string,
  action: Action<Given, Thing, Part>,
  {options, world}: {options: Given; world: FaultWorld},
): Strike<Thing, Part> {
  const {release} = action;
  return {
    kind,
    things: random => action.things(options, world, random),
    nameOf: thing => action.nameOf(thing, world),
    partsOf: thing => action.partsOf(thing, options, world),
    take: part => action.take(part, options, world),
    release: release && (part => release(part, options, world)),
    remains: thing => action.remains?.(thing, world) ?? true,
    watchJoining: join => action.watchJoining?.(options, world, join),
  };
}
