// When faults happen and for how long: once, again and again as a whole, or on each thing for
// itself, well and broken in turn. The same keys for every kind.

import * as z from 'zod';
import type {Time} from '../engine/time.ts';
import {choiceOf} from '../options/choice.ts';
import {type Distribution, distribution} from '../options/distribution.ts';
import {duration} from '../options/duration.ts';
import {meanOf} from '../options/law-mean.ts';
import {exponentialMean} from './stationary-crews.ts';

const once = {
  at: duration().optional().describe('when it begins'),
  every: distribution()
    .optional()
    .describe(
      'again and again: from one beginning to the next; whom it strikes is drawn anew each time',
    ),
  until: duration().optional().describe('none begins later'),
};

export const turns = {
  up: distribution()
    .optional()
    .describe('on each of them for itself, over and over: how long it is well …'),
  down: distribution().optional().describe('… and how long it then lasts'),
  start: choiceOf(['stationary', 'fresh'])
    .optional()
    .describe(
      'with up and down. stationary: as if it had always been so, some are down already; fresh: all new at the start',
    ),
  crews: z
    .int()
    .min(1)
    .max(1e6)
    .optional()
    .describe(
      'with up and down: only so many are repaired at a time, first come, first served; without it all',
    ),
};

export const suddenTimes = once;
export const lastingTimes = {
  ...once,
  lasts: distribution().optional().describe('how long; for ever unless written'),
  ...turns,
};

export type FaultTimes = {
  readonly at?: Time | undefined;
  readonly every?: Distribution | undefined;
  readonly lasts?: Distribution | undefined;
  readonly until?: Time | undefined;
} & Partial<Turns>;

export type Turns = {
  readonly up: Distribution | undefined;
  readonly down: Distribution | undefined;
  readonly start: 'stationary' | 'fresh' | undefined;
  readonly crews: number | undefined;
};

export type TimeMistake = {readonly key: keyof FaultTimes; readonly message: string};

export function timeMistakes(times: FaultTimes, lasting: boolean): TimeMistake[] {
  const {at, every, lasts, up, down} = times;
  if (up !== undefined || down !== undefined)
    return [...notWithTurns(times), ...turnMistakes(times)];
  const mistakes: TimeMistake[] = [];
  if (at === undefined && every === undefined) {
    const turn = lasting ? ', or up and down' : '';
    mistakes.push({
      key: 'at',
      message: `missing; expected at or every${turn}: when does it happen?`,
    });
  }
  for (const key of ['start', 'crews'] as const) {
    if (times[key] !== undefined) mistakes.push({key, message: 'needs up and down'});
  }
  if (every === undefined) return mistakes;
  if (meanOf(every) < 1) mistakes.push({key: 'every', message: 'expected more than 0s on average'});
  if (lasting && lasts === undefined) {
    mistakes.push({key: 'lasts', message: 'missing; with every, expected how long each lasts'});
  }
  return mistakes;
}

function notWithTurns(times: FaultTimes): TimeMistake[] {
  return (['at', 'every', 'lasts'] as const)
    .filter(key => times[key] !== undefined)
    .map(key => ({key, message: 'does not go with up and down, which say when and how long'}));
}

/** Of the alternation of `up` and `down` alone. */
export function turnMistakes({up, down, start, crews}: Partial<Turns>): TimeMistake[] {
  if (up === undefined) return [{key: 'up', message: 'missing; expected how long each is well'}];
  if (down === undefined)
    return [{key: 'down', message: 'missing; expected how long each is down'}];
  if (meanOf(up) + meanOf(down) < 1) {
    return [
      {
        key: 'up',
        message: 'expected more than 0s on average, with down: these would alternate without end',
      },
    ];
  }
  if (start !== 'fresh' && crews === undefined) {
    return (['up', 'down'] as const)
      .filter(key => meanOf(key === 'up' ? up : down) === Infinity)
      .map(key => ({key, message: 'has no mean, hence no stationary state; write start: fresh'}));
  }
  const known = exponentialMean(up) !== undefined && exponentialMean(down) !== undefined;
  if (start !== 'stationary' || crews === undefined || known) return [];
  return [
    {
      key: 'start',
      message:
        'the stationary state with crews is known only for exponential times; write start: fresh',
    },
  ];
}
