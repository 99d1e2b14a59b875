// For two runs that should agree: names the first event in which they differ. Both are built afresh
// from functions, so that they can be run twice: first in strides, comparing fingerprints, then
// once more up to the stride that differs and through it event by event.

import type {Simulation} from './simulation.ts';
import {formatSeconds, type Time} from './time.ts';

export interface TracedEvent {
  readonly time: Time;
  readonly sequence: number;
  readonly kind: string;
  readonly a: number;
  readonly b: number;
}

export interface Divergence {
  /** How many events the two have in common. */
  readonly index: number;
  /** When the first of the two differing events happens. */
  readonly time: Time;
  /** Undefined where a run has no more events. */
  readonly left: TracedEvent | undefined;
  readonly right: TracedEvent | undefined;
}

export interface Runs {
  readonly left: () => Simulation;
  readonly right: () => Simulation;
  readonly until: Time;
  /** Events between comparisons of the first pass. */
  readonly stride?: number;
}

export function firstDivergence({left, right, until, stride = 4096}: Runs): Divergence | undefined {
  const common = commonStrides({left: left(), right: right(), until, stride});
  if (common === undefined) return undefined;
  const one = left();
  const other = right();
  one.run(until, {maxEvents: common});
  other.run(until, {maxEvents: common});
  for (let index = common; ; index++) {
    const event = nextEvent(one, until);
    const otherEvent = nextEvent(other, until);
    if (!isSame(event, otherEvent)) return describe(index, event, otherEvent);
    if (event === undefined) return undefined;
  }
}

export function formatDivergence({index, left, right}: Divergence): string {
  return [
    `the runs agree in ${index} events and differ in the next`,
    `  left:  ${formatEvent(left)}`,
    `  right: ${formatEvent(right)}`,
  ].join('\n');
}

interface Pair {
  readonly left: Simulation;
  readonly right: Simulation;
  readonly until: Time;
  readonly stride: number;
}

/** The events before the first stride that differs, or undefined if none does. */
function commonStrides({left, right, until, stride}: Pair): number | undefined {
  for (let common = 0; ; common += stride) {
    const {ended} = left.run(until, {maxEvents: stride});
    right.run(until, {maxEvents: stride});
    const same =
      left.fingerprint === right.fingerprint && left.eventsHandled === right.eventsHandled;
    if (!same) return common;
    if (ended !== 'paused') return undefined;
  }
}

function nextEvent(simulation: Simulation, until: Time): TracedEvent | undefined {
  let event: TracedEvent | undefined;
  simulation.trace((time, sequence, kind, a, b) => {
    event = {time, sequence, kind, a, b};
  });
  simulation.run(until, {maxEvents: 1});
  simulation.trace(undefined);
  return event;
}

/** Sequence numbers do not count: the fingerprint does not see them either. */
function isSame(left: TracedEvent | undefined, right: TracedEvent | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return (
    left.time === right.time &&
    left.kind === right.kind &&
    Object.is(left.a, right.a) &&
    Object.is(left.b, right.b)
  );
}

function describe(
  index: number,
  left: TracedEvent | undefined,
  right: TracedEvent | undefined,
): Divergence {
  const time = Math.min(left?.time ?? Infinity, right?.time ?? Infinity);
  return {index, time, left, right};
}

function formatEvent(event: TracedEvent | undefined): string {
  if (event === undefined) return 'no more events';
  const {time, kind, a, b, sequence} = event;
  return `${formatSeconds(time)}s ${kind}(${a}, ${b}), event ${sequence}`;
}
