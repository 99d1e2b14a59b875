// Nodes that fail by distributions, against renewal theory: D. R. Cox, Renewal Theory, 1962,
// chapters 5 and 7. Times are in hours.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hour} from '../../src/engine/time.ts';
import {failureModels, modelLaws} from '../../src/faults/failure-models.ts';
import {type DistributionNotation, distribution} from '../../src/options/distribution.ts';
import {meanOf} from '../../src/options/law-mean.ts';
import {standardErrors} from '../support/statistics.ts';
import {downTimes, faultWorld} from './world.ts';

type Laws = {readonly up: DistributionNotation; readonly down: DistributionNotation};

const pairs: Laws[] = [
  {up: {exponential: {mean: '10h'}}, down: {exponential: {mean: '2h'}}},
  {up: {weibull: {shape: 0.48, scale: '10h'}}, down: {lognormal: {median: '1h', sigma: 1.42}}},
  {up: {lognormal: {median: '8h', sigma: 1}}, down: '3h'},
  {up: '5h', down: {uniform: {from: '1h', to: '4h'}}},
  {up: {gamma: {shape: 0.4, scale: '30h'}}, down: {erlang: {shape: 3, mean: '4h'}}},
  {up: {pareto: {shape: 2.5, scale: '4h'}}, down: {weibull: {shape: 2, scale: '2h'}}},
  {up: {empirical: {values: ['1h', '20h']}}, down: {normal: {mean: '2h', sd: '1h'}}},
];

function means({up, down}: Laws): {up: number; down: number; share: number} {
  const [meanUp, meanDown] = [up, down].map(law => meanOf(distribution().parse(law)) / hour);
  return {up: meanUp, down: meanDown, share: meanUp / (meanUp + meanDown)};
}

function played(laws: object, {nodes, hours}: {nodes: number; hours: number}) {
  const world = faultWorld({nodes, faults: [{kind: 'node-failures', ...laws}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(hours * hour);
  const downAt = (time: number) =>
    downs.filter(({from, to}) => from <= time * hour && time * hour < to).length;
  return {downs, downAt, end: hours * hour};
}

/** Of each node. */
function upShares(nodes: number, {downs, end}: ReturnType<typeof played>): number[] {
  const down = new Array(nodes).fill(0);
  for (const {node, from, to} of downs) down[node] += Math.min(to, end) - from;
  return down.map(time => 1 - time / end);
}

/** How far a count is from what is expected of so many tries, in standard deviations. */
function deviation(count: number, {of, chance}: {of: number; chance: number}): number {
  return (count - of * chance) / Math.sqrt(of * chance * (1 - chance));
}

for (const laws of pairs) {
  const name = JSON.stringify(laws).replace(/"/g, '');

  test(`${name}: a node is up MTBF/(MTBF+MTTR) of the time, from the first moment on`, () => {
    // As the start is stationary, the mean is exact over any time, however short.
    for (const [nodes, hours] of [
      [2000, 3],
      [200, 500],
    ]) {
      const shares = upShares(nodes, played(laws, {nodes, hours}));
      assert.ok(standardErrors(shares, means(laws).share) < 3.9, `${nodes} nodes, ${hours} h`);
    }
  });

  test(`${name}: as many are down at any time, and fail in any time`, () => {
    const nodes = 4000;
    const {up, down, share} = means(laws);
    const run = played(laws, {nodes, hours: 30});
    for (const time of [0, 1, 5, 12, 30]) {
      const off = deviation(run.downAt(time), {of: nodes, chance: 1 - share});
      assert.ok(Math.abs(off) < 3.9, `${off} at ${time} h`);
    }
    // Those down at the start had failed before. Failures in [0, t] are t / (up + down) on average.
    const counts = new Array(nodes).fill(0);
    for (const {node, from} of run.downs) if (from > 0) counts[node]++;
    assert.ok(standardErrors(counts, 30 / (up + down)) < 3.9);
  });
}

test('all are up and new at a fresh start', () => {
  // Exponential times: P(up at t) = A + (1 - A) exp(-t (1/up + 1/down)).
  const nodes = 6000;
  const run = played({...pairs[0], start: 'fresh'}, {nodes, hours: 10});
  const {up, down, share} = means(pairs[0]);
  assert.is(run.downAt(0), 0);
  for (const time of [0.2, 1, 3, 10]) {
    const chance = (1 - share) * (1 - Math.exp(-time * (1 / up + 1 / down)));
    assert.ok(Math.abs(deviation(run.downAt(time), {of: nodes, chance})) < 3.9, `${time} h`);
  }
});

test('with constant times a fresh start keeps step', () => {
  const {downs} = played({up: '5h', down: '1h', start: 'fresh'}, {nodes: 2, hours: 13});
  const rows = downs.map(({node, from, to}) => [node, from / hour, to / hour]);
  assert.equal(rows, [
    [0, 5, 6],
    [1, 5, 6],
    [0, 11, 12],
    [1, 11, 12],
  ]);
});

// Means of the Weibull and lognormal laws of the Failure Trace Archive, by the formulas, in hours.
test('models have the published laws', () => {
  const rows: [string, number, number][] = [
    ['lanl-2005', 1766.14, 2.88],
    ['grid5000-2006', 31.08, 1.52],
    ['ldns-2004', 153.01, 9.53],
    ['microsoft-1999', 60.1, 13.54],
    ['notredame-2007', 10.31, 0.81],
    ['overnet-2003', 2.22, 5.47],
    ['planetlab-2005', 120.62, 30],
    ['skype-2006', 15.1, 18.11],
    ['websites-2002', 8.69, 0.62],
  ];
  assert.equal([...failureModels].sort(), rows.map(([name]) => name).sort());
  for (const [name, up, down] of rows) {
    const laws = modelLaws(name as (typeof failureModels)[number]);
    const found = [laws.up, laws.down].map(law => (meanOf(law) / hour).toFixed(2));
    assert.equal(found.map(Number), [up, down], name);
  }
});

test('a model is played: node up-share under lanl-2005', () => {
  const nodes = 1000;
  const shares = upShares(nodes, played({model: 'lanl-2005'}, {nodes, hours: 20_000}));
  assert.ok(standardErrors(shares, 1766.14 / (1766.14 + 2.88)) < 3.9);
});

test('a node that joins later fails too, and one that is gone no more', () => {
  const laws = {up: {exponential: {mean: '1h'}}, down: '1m', node: {pool: 'n'}};
  const world = faultWorld({nodes: 3, faults: [{kind: 'node-failures', ...laws}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(10 * hour);
  const {store, simulation} = world;
  world.addNodes('other', 1);
  const {annotations, ...node} = {...store.nodes.get(0 as never)};
  const added = store.nodes.add({...node, annotations, name: 'n-9'} as never, simulation.now);
  world.machines.add(added, {zone: 'a', rack: undefined});
  store.nodes.delete(1 as never, simulation.now);
  const before = downs.length;
  simulation.run(60 * hour);
  const struck = new Set(downs.slice(before).map(({node}) => node as number));
  assert.equal([...struck].sort(), [0, 2, 4]);
});

test('a year of a thousand nodes costs two events a failure, and none else', () => {
  const world = faultWorld({nodes: 1000, faults: [{kind: 'node-failures', model: 'lanl-2005'}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(8760 * hour);
  const atStart = downs.filter(({from}) => from === 0).length;
  const open = downs.filter(({to}) => to === Infinity).length;
  assert.is(world.simulation.eventsHandled, 1 + 2 * downs.length - atStart - open);
  assert.is(world.simulation.eventsPending, 1000);
});

test.run();
