import * as assert from 'node:assert/strict';
import FastPriorityQueue from 'fastpriorityqueue';
import {test} from 'uvu';
import {EventQueue} from '../../src/engine/event-queue.ts';
import type {EventHandle} from '../../src/engine/event-table.ts';
import {eventQueueBattery, type TestedQueue} from '../batteries/event-queue.ts';

function tested(limits?: {wheelAbove: number; heapBelow: number}): TestedQueue {
  const queue = new EventQueue(limits);
  return {
    push: (time, a) => queue.push(time, 0, a, 0),
    pop(limit) {
      const slot = queue.pop(limit);
      return slot < 0 ? undefined : {time: queue.table.time[slot], a: queue.table.a(slot)};
    },
    peek: () => queue.peek(),
    cancel: handle => queue.cancel(handle as EventHandle),
    get size() {
      return queue.size;
    },
  };
}

/** The obvious way: objects and a comparator. A cancelled event is one that is no longer alive. */
function reference(): TestedQueue {
  type Event = {time: number; sequence: number; a: number};
  const queue = new FastPriorityQueue<Event>(
    (one, other) =>
      one.time < other.time || (one.time === other.time && one.sequence < other.sequence),
  );
  const alive = new Set<number>();
  let sequence = 0;
  const first = () => {
    while (!queue.isEmpty() && !alive.has(queue.peek()?.sequence ?? -1)) queue.poll();
    return queue.peek();
  };
  return {
    push(time, a) {
      queue.add({time, sequence, a});
      alive.add(sequence);
      return sequence++;
    },
    pop(limit) {
      const event = first();
      if (event === undefined || event.time > limit) return undefined;
      queue.poll();
      alive.delete(event.sequence);
      return {time: event.time, a: event.a};
    },
    peek: () => first()?.time ?? Infinity,
    cancel: handle => alive.delete(handle),
    get size() {
      return alive.size;
    },
  };
}

eventQueueBattery(test, 'event queue', () => tested(), reference);
eventQueueBattery(
  test,
  'heap alone',
  () => tested({wheelAbove: Infinity, heapBelow: 0}),
  reference,
);
eventQueueBattery(test, 'wheel alone', () => tested({wheelAbove: 0, heapBelow: 0}), reference);
eventQueueBattery(test, 'ever changing', () => tested({wheelAbove: 5, heapBelow: 3}), reference);
eventQueueBattery(test, 'fastpriorityqueue', reference, reference);

test('a handle tells its own slot from those of a million events later', () => {
  const queue = new EventQueue();
  const old = queue.push(0, 0, 0, 0);
  for (let time = 0; time < 1_000_000; time++) {
    queue.pop(Infinity);
    assert.notEqual(queue.push(time, 0, 0, 0), old);
  }
  assert.equal(queue.cancel(old), false);
});

test('cancelled events do not hold memory until their time', () => {
  const queue = new EventQueue();
  for (let i = 0; i < 1_000_000; i++) queue.cancel(queue.push(1e12 + i, 0, 0, 0));
  assert.ok(queue.table.used < 10_000);
});

test('a saved queue goes on with the same events, handles and slots', () => {
  const queue = new EventQueue();
  const handles = Array.from({length: 3000}, (_, i) => queue.push((i * 37) % 1000, i % 2, i, -i));
  for (let i = 0; i < 500; i++) queue.pop(Infinity);
  for (let i = 0; i < 3000; i += 3) queue.cancel(handles[i]);
  const copy = new EventQueue();
  copy.restore(queue.save(['one', 'two']), name => (name === 'one' ? 0 : 1));
  assert.deepEqual(copy.save(['one', 'two']), queue.save(['one', 'two']));
  for (let i = 0; i < 3000; i += 7) assert.equal(copy.cancel(handles[i]), queue.cancel(handles[i]));
  while (queue.size > 0) {
    const slot = queue.pop(Infinity);
    assert.equal(copy.pop(Infinity), slot);
    assert.equal(copy.table.b(slot), queue.table.b(slot));
    if (slot % 3 === 0) assert.equal(copy.push(2000, 0, 1, 1), queue.push(2000, 0, 1, 1));
    if (queue.size > 0 && slot % 3 === 0 && queue.table.time[slot] >= 2000) break;
  }
});

test.run();
