// Who gets the next request, by policy.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../../src/engine/simulation.ts';
import {type ChoiceName, choiceOf, type Tried} from '../../../src/network/traffic/choice.ts';
import type {Station} from '../../../src/network/traffic/station.ts';
import {Stations} from '../../../src/network/traffic/stations.ts';
import {chiSquareP} from '../../support/statistics.ts';

const policies: readonly ChoiceName[] = [
  'random',
  'round-robin',
  'shortest-queue',
  'least-connections',
  'power-of-two',
  {powerOf: 3},
];

/** Stations with so many requests each. */
function queues(...lengths: number[]): readonly Station[] {
  const silent = {hearsAll: false, left: () => undefined, broken: () => undefined};
  const stations = new Stations(new Simulation({seed: 1}), silent);
  return lengths.map(length => {
    const id = stations.add({discipline: 'fifo', workers: 1, limit: Infinity});
    for (let i = 0; i < length; i++) stations.all[id].admit(0, 1000, 0);
    return stations.all[id];
  });
}

function chosen(name: ChoiceName, endpoints: readonly Station[], times: number, tried: Tried = []) {
  const choice = choiceOf(name, new Simulation({seed: 7}).random('choice'));
  return Array.from({length: times}, () => choice.choose(endpoints, 0, tried, 0));
}

function counts(places: readonly number[], endpoints: number): number[] {
  const all = new Array<number>(endpoints).fill(0);
  for (const place of places) all[place]++;
  return all;
}

for (const name of policies) {
  const label = typeof name === 'object' ? `power of ${name.powerOf}` : name;

  test(`${label}: an endpoint that was tried is left out`, () => {
    const places = chosen(name, queues(0, 5, 0, 5), 100, [0, 2]);
    assert.ok(places.every(place => place === 1 || place === 3));
    assert.equal(new Set(chosen(name, queues(0, 1, 2), 20, [0, 1])), new Set([2]));
  });

  test(`${label}: one endpoint gets all`, () => {
    assert.equal(chosen(name, queues(3), 3), [0, 0, 0]);
  });
}

for (const name of ['random', 'shortest-queue', 'power-of-two'] as const) {
  test(`${name}: endpoints that are alike get the same share`, () => {
    const found = counts(chosen(name, queues(1, 1, 1, 1, 1), 20_000), 5);
    assert.ok(chiSquareP(found, new Array(5).fill(4000)) > 0.001);
  });
}

test('round robin takes one after the other', () => {
  assert.equal(chosen('round-robin', queues(9, 0, 0), 5), [0, 1, 2, 0, 1]);
});

test('the shortest queue gets it; of equals least-connections takes the first', () => {
  assert.equal(new Set(chosen('shortest-queue', queues(2, 1, 3, 1), 50)), new Set([1, 3]));
  assert.equal(new Set(chosen('least-connections', queues(2, 1, 3, 1), 50)), new Set([1]));
});

// Of three, two are drawn: the longest of all never wins, the shortest wins two thirds.
test('two choices never take the longest queue', () => {
  const found = counts(chosen('power-of-two', queues(1, 2, 3), 9_000), 3);
  assert.is(found[2], 0);
  assert.ok(chiSquareP(found.slice(0, 2), [6000, 3000]) > 0.001);
});

test('local keeps requests where they come from', () => {
  const choice = choiceOf('local', new Simulation({seed: 1}).random('choice'));
  const places = [0, 1, 2, 3].map(from => choice.choose(queues(0, 0, 0), 0, [], from));
  assert.equal(places, [0, 1, 2, 0]);
});

test.run();
