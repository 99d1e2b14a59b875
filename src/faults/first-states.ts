// How things that are well and broken in turn stand at the start. `fresh`: all well, and new.
// `stationary`: as if it had always been so, each broken with chance down / (up + down), and with
// what is left of its time. With crews the state of all together counts; it is known for
// exponential times, and else all begin fresh.

import type {RandomStream} from '../engine/random.ts';
import type {Time} from '../engine/time.ts';
import {meanOf} from '../options/law-mean.ts';
import {drawResidual} from '../options/residual.ts';
import type {AlternationTimes} from './alternation.ts';
import {drawDown, exponentialMean} from './stationary-crews.ts';

/** `rest`: how long it stays so; `undefined`: a whole new time. */
export type FirstState = {readonly state: 'well' | 'broken'; readonly rest: Time | undefined};

type Random = (question: string) => RandomStream;

/** By slot, those that wait for a crew in the order in which they wait. */
export function firstStates(
  times: AlternationTimes,
  names: readonly string[],
  random: Random,
): Map<number, FirstState> {
  const {up, down, start, crews = Infinity} = times;
  const fresh: FirstState = {state: 'well', rest: undefined};
  if (start === 'fresh') return new Map(names.map((_, slot) => [slot, fresh]));
  if (crews >= names.length) {
    return new Map(names.map((name, slot) => [slot, alone(times, random(`${name}/start`))]));
  }
  const [meanUp, meanDown] = [exponentialMean(up), exponentialMean(down)];
  if (meanUp === undefined || meanDown === undefined) {
    return new Map(names.map((_, slot) => [slot, fresh]));
  }
  const stream = random('start');
  const count = drawDown({machines: names.length, crews, meanUp, meanDown}, stream);
  // Exponential times have no memory, so all that is left is which are down, and who waits.
  const order = stream.shuffle(names.map((_, slot) => slot));
  return new Map(
    order.map((slot, place) => [
      slot,
      {state: place < count ? 'broken' : 'well', rest: undefined} as const,
    ]),
  );
}

function alone({up, down}: AlternationTimes, stream: RandomStream): FirstState {
  const [meanUp, meanDown] = [meanOf(up), meanOf(down)];
  if (stream.uniform() * (meanUp + meanDown) < meanUp) {
    return {state: 'well', rest: drawResidual(up, stream)};
  }
  return {state: 'broken', rest: drawResidual(down, stream)};
}
