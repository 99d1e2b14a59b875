// What an event goes back to follows the chain of consequences by itself.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';

function chain() {
  const simulation = new Simulation({seed: 1});
  const seen: [name: string, cause: number][] = [];
  const third = simulation.event('test.third', () => seen.push(['third', simulation.cause]));
  const second = simulation.event('test.second', () => {
    seen.push(['second', simulation.cause]);
    third.after(5);
  });
  const first = simulation.event('test.first', (cause: number) => {
    simulation.cause = cause;
    second.after(10);
  });
  return {simulation, seen, first};
}

test('an event has the cause of the one that scheduled it, however far down the chain', () => {
  const {simulation, seen, first} = chain();
  first.at(0, 7);
  simulation.run(100);
  assert.equal(seen, [
    ['second', 7],
    ['third', 7],
  ]);
});

test('chains that cross keep their causes apart, and what nobody caused has none', () => {
  const {simulation, seen, first} = chain();
  first.at(0, 7);
  first.at(3, 2 ** 21 - 1);
  first.at(4, 0);
  simulation.run(100);
  assert.equal(
    seen.map(([, cause]) => cause),
    [7, 2 ** 21 - 1, 0, 7, 2 ** 21 - 1, 0],
  );
  assert.is(simulation.cause, 0);
});

test('a saved event keeps its cause, and a cancelled one stays cancelled', () => {
  const before = chain();
  before.first.at(0, 7);
  const dropped = before.first.at(2, 9);
  before.simulation.run(1);
  before.simulation.cancel(dropped);
  const saved = structuredClone(before.simulation.save());
  const after = chain();
  after.simulation.restore(saved);
  after.simulation.run(100);
  assert.equal(after.seen, [
    ['second', 7],
    ['third', 7],
  ]);
});

test('a cause beyond what an event can carry is an error', () => {
  const {simulation} = chain();
  assert.throws(() => {
    simulation.cause = 2 ** 21;
  }, /no cause can be 2097152/);
});

test.run();
