// Against client-go's util/workqueue.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {WorkQueue} from '../../src/controllers/work-queue.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {milliseconds, seconds, type Time} from '../../src/engine/time.ts';

function queueWorld() {
  const simulation = new Simulation({seed: 1});
  const came: [item: number, time: Time][] = [];
  const queue: WorkQueue = new WorkQueue(simulation, {name: 'test'}, () => undefined);
  const drain = () => {
    for (let item = queue.take(); item !== undefined; item = queue.take()) {
      came.push([item, simulation.now]);
      queue.done(item);
    }
  };
  return {simulation, queue, came, drain};
}

test('an item waits once, in the order of first addition', () => {
  const {queue, came, drain} = queueWorld();
  for (const item of [5, 7, 5, 6, 7]) queue.add(item);
  drain();
  assert.equal(
    came.map(([item]) => item),
    [5, 7, 6],
  );
});

test('an item added while it is processed comes again, and not to a second worker meanwhile', () => {
  const {queue} = queueWorld();
  queue.add(5);
  assert.is(queue.take(), 5);
  queue.add(5);
  assert.is(queue.take(), undefined);
  queue.done(5);
  assert.is(queue.take(), 5);
  queue.done(5);
  assert.is(queue.take(), undefined);
});

test('of two delays of an item the shorter holds, and it comes once', () => {
  const {simulation, queue, came, drain} = queueWorld();
  const look = simulation.event('look', drain);
  for (const delay of [3, 1, 2]) queue.addAfter(5, seconds(delay));
  for (let time = 1; time <= 5; time++) look.at(seconds(time) + 1);
  simulation.run(seconds(10));
  assert.equal(came, [[5, seconds(1) + 1]]);
});

test('what is dropped does not come, and leaves no event behind', () => {
  const {simulation, queue} = queueWorld();
  queue.addAfter(5, seconds(1));
  queue.dropDelayed(5);
  assert.is(simulation.eventsPending, 0);
  assert.is(queue.length, 0);
});

test('retries come after 5 ms, doubled each time up to 1000 s, and begin anew when forgotten', () => {
  const {simulation, queue} = queueWorld();
  const waits: number[] = [];
  const retry = () => {
    const from = simulation.now;
    queue.addRateLimited(5);
    simulation.run(simulation.nextEventTime);
    waits.push((simulation.now - from) / milliseconds(1));
    queue.done(queue.take() ?? -1);
  };
  for (let i = 0; i < 20; i++) retry();
  assert.equal(waits.slice(0, 5), [5, 10, 20, 40, 80]);
  assert.equal(waits.slice(17), [655_360, 1_000_000, 1_000_000]);
  queue.forget(5);
  retry();
  assert.is(waits.at(-1), 5);
});

test('over all items retries go at ten a second after the first hundred', () => {
  const {simulation, queue} = queueWorld();
  for (let item = 0; item < 150; item++) queue.addRateLimited(item);
  simulation.run(milliseconds(5));
  assert.is(queue.length, 100);
  simulation.run(seconds(5));
  assert.is(queue.length, 150);
  assert.is(simulation.eventsPending, 0);
});

test('a queue that ends with its process is empty in the next, and takes nothing in between', () => {
  const {simulation, queue} = queueWorld();
  queue.add(1);
  queue.addAfter(2, seconds(1));
  queue.addRateLimited(3);
  queue.take();
  queue.close();
  queue.add(4);
  queue.addAfter(5, seconds(1));
  queue.reopen();
  simulation.run(seconds(10));
  assert.is(queue.length, 0);
  assert.is(queue.failures(3), 0);
  assert.is(simulation.eventsHandled, 0);
  queue.add(1);
  assert.is(queue.take(), 1);
});

test('what the next process has no need to take up is forgotten, with what it went back to', () => {
  const {simulation, queue} = queueWorld();
  const fault = simulation.event('test.fault', () => {
    simulation.cause = 7;
    for (const item of [1, 2]) queue.add(item);
  });
  fault.at(1);
  simulation.run(1);
  queue.close();
  queue.reopen();
  queue.add(1);
  assert.is(queue.take(), 1);
  assert.is(simulation.cause, 7);
  assert.is(queue.take(), undefined);
  simulation.cause = 0;
  queue.add(2);
  queue.take();
  assert.is(simulation.cause, 0);
});

test.run();
