// Who gets the next request: as callers choose among addresses, and as a node's kernel does.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import type {Target} from '../../src/machines/service-views.ts';
import {type Balance, Balancer} from '../../src/network/balance.ts';
import type {Caller} from '../../src/network/destination.ts';
import {chooserOf} from '../../src/network/proxy/choosers.ts';
import type {IpvsScheduler} from '../../src/network/proxy/proxy-options.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {chiSquareP} from '../support/statistics.ts';

const policies: readonly Balance[] = [
  'random',
  'round-robin',
  'least-connections',
  'power-of-two',
  {powerOf: 3},
];

const here = 0 as NodeId;
const caller: Caller = {id: 0, place: here};

/** Where they stand among those to choose from, and what they have to do, is told by their place. */
function targets(count: number): readonly Target[] {
  return Array.from({length: count}, (_, place) => ({
    ...{pod: undefined, serial: place, address: 100 + place, port: 80},
    ...{node: here, zone: undefined},
  }));
}

function chosen(
  balance: Balance,
  loads: readonly number[],
  {times = 100, tried = []}: {times?: number; tried?: readonly number[]},
): number[] {
  const stream = new Simulation({seed: 7}).random('choice');
  const loadOf = (_caller: Caller, {serial}: Target) => loads[serial];
  const balancer = new Balancer({balance, stream, loadOf});
  const all = targets(loads.length);
  return Array.from({length: times}, () => balancer.choose(caller, all, tried).serial);
}

function chosenByKernel(scheduler: IpvsScheduler, loads: readonly number[], times: number) {
  const load = ({serial}: Target) => loads[serial];
  const chooser = chooserOf({mode: 'ipvs', scheduler, stream: undefined, load, called: () => 0});
  const all = {verdict: 'choose', targets: targets(loads.length), sticky: undefined} as const;
  return Array.from({length: times}, () => chooser.choose(here, all, 0));
}

function counts(places: readonly number[], endpoints: number): number[] {
  const all = new Array<number>(endpoints).fill(0);
  for (const place of places) all[place]++;
  return all;
}

for (const balance of policies) {
  const label = typeof balance === 'object' ? `power of ${balance.powerOf}` : balance;

  test(`${label}: an endpoint that was tried is left out`, () => {
    const places = chosen(balance, [0, 5, 0, 5], {tried: [0, 2]});
    assert.ok(places.every(place => place === 1 || place === 3));
    assert.equal(new Set(chosen(balance, [0, 1, 2], {times: 20, tried: [0, 1]})), new Set([2]));
  });

  test(`${label}: one endpoint gets all`, () => {
    assert.equal(chosen(balance, [3], {times: 3}), [0, 0, 0]);
  });
}

for (const balance of ['random', 'least-connections', 'power-of-two'] as const) {
  test(`${balance}: endpoints that are alike get the same share`, () => {
    const found = counts(chosen(balance, [1, 1, 1, 1, 1], {times: 20_000}), 5);
    assert.ok(chiSquareP(found, new Array(5).fill(4000)) > 0.001);
  });
}

test('round robin takes one after the other', () => {
  assert.equal(chosenByKernel('rr', [9, 0, 0], 5), [0, 1, 2, 0, 1]);
  const [first, ...rest] = chosen('round-robin', [9, 0, 0], {times: 5});
  assert.equal(
    rest,
    [1, 2, 3, 4].map(turn => (first + turn) % 3),
  );
});

test('weighted turns begin at the head again when the list has changed, plain ones go on', () => {
  const turns = (scheduler: IpvsScheduler) => {
    const chooser = chooserOf({
      mode: 'ipvs',
      scheduler,
      stream: undefined,
      load: () => 0,
      called: () => 0,
    });
    const of = (count: number) =>
      ({verdict: 'choose', targets: targets(count), sticky: undefined}) as const;
    const places = [4, 4, 4, 5, 5].map(count => chooser.choose(here, of(count), 0));
    const other = chooserOf({
      mode: 'ipvs',
      scheduler,
      stream: undefined,
      load: () => 0,
      called: () => 0,
    });
    other.restore(structuredClone(chooser.save()));
    return [...places, other.choose(here, of(5), 0)];
  };
  assert.equal(turns('wrr'), [0, 1, 2, 0, 1, 2]);
  assert.equal(turns('rr'), [0, 1, 2, 3, 4, 0]);
});

// The same draws: with others, runs that say it one way or the other would differ.
test('power of two is two choices, by whichever name', () => {
  const loads = [3, 1, 4, 1, 5, 9, 2, 6];
  assert.equal(
    chosen('power-of-two', loads, {times: 200}),
    chosen({powerOf: 2}, loads, {times: 200}),
  );
});

test('any three of four are drawn as often: one of them is left out a quarter of the time', () => {
  // The shortest is chosen unless it is not drawn; then the next one is.
  const found = counts(chosen({powerOf: 3}, [7, 1, 5, 3], {times: 8_000}), 4);
  assert.equal([found[0], found[2]], [0, 0]);
  assert.ok(chiSquareP([found[1], found[3]], [6000, 2000]) > 0.001);
});

test('the shortest queue gets it; of equals the kernel takes the first', () => {
  const loads = [2, 1, 3, 1];
  assert.equal(new Set(chosen('least-connections', loads, {times: 50})), new Set([1, 3]));
  assert.equal(new Set(chosenByKernel('lc', loads, 50)), new Set([1]));
});

// Of three, two are drawn: the longest of all never wins, the shortest wins two thirds.
for (const [label, balance] of [
  ['power-of-two', 'power-of-two'],
  ['power of 2', {powerOf: 2}],
] as const) {
  test(`${label}: two choices never take the longest queue`, () => {
    const found = counts(chosen(balance, [1, 2, 3], {times: 9_000}), 3);
    assert.is(found[2], 0);
    assert.ok(chiSquareP(found.slice(0, 2), [6000, 3000]) > 0.001);
  });
}

test.run();
