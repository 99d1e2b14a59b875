// What every event queue must do, whatever is inside: the production queue, the heap alone, the
// wheel alone, and the reference over `fastpriorityqueue`.

import * as assert from 'node:assert/strict';
import type {Test} from 'uvu';
import {fc, runs} from '../support/fast-check.ts';

export interface TestedQueue {
  /** Returns a handle. */
  push(time: number, a: number): number;
  /** The earliest event up to `limit`. */
  pop(limit: number): {time: number; a: number} | undefined;
  peek(): number;
  cancel(handle: number): boolean;
  readonly size: number;
}

type Command =
  | {do: 'push'; delay: number}
  | {do: 'pop'}
  | {do: 'popUpTo'; ahead: number}
  | {do: 'peek'}
  | {do: 'cancel'; which: number};

export function eventQueueBattery(
  test: Test,
  name: string,
  create: () => TestedQueue,
  reference: () => TestedQueue,
): void {
  test(`${name}: events come out by time`, () => {
    const queue = create();
    for (const time of [5, 1, 4, 1_000_000, 2, 3]) queue.push(time, time);
    assert.deepEqual(drain(queue), [1, 2, 3, 4, 5, 1_000_000]);
  });

  test(`${name}: events of one time come out as they went in`, () => {
    const queue = create();
    for (let i = 0; i < 5000; i++) queue.push(7_777_777, i);
    assert.deepEqual(
      drain(queue),
      Array.from({length: 5000}, (_, i) => i),
    );
  });

  test(`${name}: an event put at the time of the last one comes after those already there`, () => {
    const queue = create();
    for (let i = 0; i < 3; i++) queue.push(1_048_576, i);
    queue.pop(Infinity);
    queue.push(1_048_576, 3);
    assert.deepEqual(drain(queue), [1, 2, 3]);
  });

  test(`${name}: peeking does not forbid an earlier event`, () => {
    const queue = create();
    for (let i = 0; i < 3000; i++) queue.push(5_000_000_000 + i, i);
    assert.equal(queue.peek(), 5_000_000_000);
    queue.push(3, -1);
    assert.deepEqual(queue.pop(Infinity), {time: 3, a: -1});
  });

  test(`${name}: a pop in vain does not forbid an event right after its limit`, () => {
    const queue = create();
    for (let i = 0; i < 3000; i++) queue.push(5_000_000_000 + i * 1000, i);
    assert.equal(queue.pop(4_999_999_999), undefined);
    queue.push(4_999_999_999, -1);
    assert.deepEqual(queue.pop(Infinity), {time: 4_999_999_999, a: -1});
    assert.deepEqual(queue.pop(Infinity), {time: 5_000_000_000, a: 0});
  });

  test(`${name}: times up to the last one are told apart`, () => {
    const queue = create();
    const last = Number.MAX_SAFE_INTEGER;
    for (const time of [last, last - 1, 2 ** 52, 2 ** 31, 2 ** 30, 2 ** 32 + 1, 0]) {
      queue.push(time, time);
    }
    const times = [0, 2 ** 30, 2 ** 31, 2 ** 32 + 1, 2 ** 52, last - 1, last];
    assert.deepEqual(drain(queue), times);
  });

  test(`${name}: a cancelled event never comes out, and is cancelled once`, () => {
    const queue = create();
    const handle = queue.push(10, 1);
    queue.push(20, 2);
    assert.equal(queue.cancel(handle), true);
    assert.equal(queue.cancel(handle), false);
    assert.equal(queue.size, 1);
    assert.equal(queue.peek(), 20);
    assert.deepEqual(drain(queue), [2]);
  });

  test(`${name}: a late cancel does not hit the next event in the same place`, () => {
    const queue = create();
    const handle = queue.push(10, 1);
    queue.pop(Infinity);
    queue.push(20, 2);
    assert.equal(queue.cancel(handle), false);
    assert.deepEqual(drain(queue), [2]);
  });

  test(`${name}: thousands of cancelled timeouts leave the others in order`, () => {
    const queue = create();
    const handles = Array.from({length: 20_000}, (_, i) => queue.push((i * 7919) % 100_003, i));
    handles.forEach((handle, i) => {
      if (i % 10 !== 0) assert.equal(queue.cancel(handle), true);
    });
    assert.equal(queue.size, 2000);
    const times = drain(queue).map(i => (i * 7919) % 100_003);
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other),
    );
    assert.equal(times.length, 2000);
  });

  test(`${name}: any interleaving agrees with the reference`, () => {
    fc.assert(
      fc.property(fc.array(command, {maxLength: 300, size: 'max'}), commands => {
        assert.deepEqual(play(create(), commands), play(reference(), commands));
      }),
      {numRuns: runs(200)},
    );
  });

  test(`${name}: long mixtures of delays agree with the reference`, () => {
    for (let seed = 1; seed <= 10; seed++) {
      const commands = fc.sample(command, {seed, numRuns: 20_000});
      assert.deepEqual(play(create(), commands), play(reference(), commands));
    }
  });
}

// Ties, microseconds, everything between a bucket's and a level's width, the far future.
const delay = fc.oneof(
  fc.constant(0),
  fc.integer({min: 0, max: 20}),
  fc.integer({min: 0, max: 5000}),
  fc.integer({min: 0, max: 3_000_000}),
  fc.integer({min: 0, max: 2 ** 31}),
  fc.maxSafeNat().map(n => Math.floor(n / 4096)),
  fc.constantFrom(1023, 1024, 1025, 2 ** 20 - 1, 2 ** 20, 2 ** 30 - 1, 2 ** 30, 2 ** 30 + 1),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {weight: 6, arbitrary: delay.map((value): Command => ({do: 'push', delay: value}))},
  {weight: 3, arbitrary: fc.constant<Command>({do: 'pop'})},
  {weight: 1, arbitrary: delay.map((ahead): Command => ({do: 'popUpTo', ahead}))},
  {weight: 1, arbitrary: fc.constant<Command>({do: 'peek'})},
  {weight: 2, arbitrary: fc.nat().map((which): Command => ({do: 'cancel', which}))},
);

/** What can be seen of a queue while it is played; the clock moves as in a simulation. */
function play(queue: TestedQueue, commands: readonly Command[]): unknown[] {
  const seen: unknown[] = [];
  const handles: number[] = [];
  let now = 0;
  for (const next of commands) {
    if (next.do === 'push') handles.push(queue.push(now + next.delay, handles.length));
    if (next.do === 'peek') seen.push(queue.peek());
    if (next.do === 'cancel' && handles.length > 0) {
      seen.push(queue.cancel(handles[next.which % handles.length]));
    }
    if (next.do === 'pop' || next.do === 'popUpTo') {
      const limit = next.do === 'pop' ? Infinity : now + next.ahead;
      const event = queue.pop(limit);
      seen.push(event);
      now = event?.time ?? (limit === Infinity ? now : limit);
    }
    seen.push(queue.size);
  }
  return [...seen, drain(queue)];
}

function drain(queue: TestedQueue): number[] {
  const drained: number[] = [];
  for (let event = queue.pop(Infinity); event !== undefined; event = queue.pop(Infinity)) {
    drained.push(event.a);
  }
  return drained;
}
