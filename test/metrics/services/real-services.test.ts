// Services of whole clusters, in which everything goes wrong: what is kept incrementally against
// the reference that looks at everything before each event.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {Measures} from '../../../src/metrics/index.ts';
import {build} from '../../../src/scenario/build.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {scenario} from '../../timelines/play.ts';
import {troubled} from '../../timelines/random-trouble.ts';
import {everything, figure, rowsOf} from '../over-seeds.ts';
import {SlowReference} from './slow-reference.ts';

const test = suite('real Services');

const seeds = 6;
const runs = await Promise.all(Array.from({length: seeds}, async (_, i) => scenario(text(i))));

/** In half of them CoreDNS is there as pods, or its outages are of other kinds. */
function text(i: number): string {
  const told = troubled(i + 1, {duration: '3h', restores: i % 2 === 0, dnsPods: i % 2 === 1});
  const partly = 'kind: dns-outage, share: 60%, answers: servfail';
  return i % 3 === 0 ? told : told.replaceAll('kind: dns-outage', partly);
}

function observed(seed: number) {
  const world = build(runs[seed - 1], {plugins: [], replication: 0});
  const {simulation, network} = world;
  if (network === undefined) throw new Error('there is no Service');
  const measures = new Measures(world, {...everything, pods: false, events: false});
  const reference = new SlowReference({...world, ...network});
  world.start();
  simulation.run(runs[seed - 1].duration);
  reference.pass();
  measures.finish(simulation.now);
  return {measures, reference, fingerprint: simulation.fingerprint};
}

test('what clients lost is what a look at everything before each event says', () => {
  forEachSeed(seeds, seed => {
    const {measures, reference} = observed(seed);
    const rows = rowsOf(measures, 'services.csv');
    for (const [service, {lost, unreachable}] of reference.seen) {
      const {lost_client_seconds: measured, unreachable_seconds: none} = rows[service];
      assert.ok(Math.abs(Number(measured) - lost / 1e6) < 1e-3, `${measured} ${lost}`);
      assert.ok(Math.abs(Number(none) - unreachable / 1e6) < 1e-3, `${none} ${unreachable}`);
    }
  });
});

test('each Service outage and each cost of an incident is told, and nothing is counted twice', () => {
  forEachSeed(seeds, seed => {
    const {measures} = observed(seed);
    const rows = rowsOf(measures, 'services.csv');
    const outages = rowsOf(measures, 'outages.csv').filter(({kind}) => kind === 'Service');
    assert.ok(outages.length > 0);
    assert.is(outages.length, sum(rows, 'outages'));
    near(sum(outages, 'duration'), sum(rows, 'downtime'));
    const unattributed = figure(measures, 'lost_client_seconds_unattributed');
    const incidents = sum(rowsOf(measures, 'incidents.csv'), 'lost_client_seconds');
    near(incidents + Number(unattributed), sum(rows, 'lost_client_seconds'));
  });
});

test('what is measured of a cluster in trouble can be saved in the middle', () => {
  forEachSeed(3, seed => {
    const given = runs[seed - 1];
    const measured = () => {
      const world = build(given, {plugins: [], replication: 0});
      return {world, measures: new Measures(world, {...everything, pods: false, events: false})};
    };
    const [first, second] = [measured(), measured()];
    first.world.start();
    first.world.simulation.run(given.duration / 3);
    second.world.simulation.restore(first.world.simulation.save());
    for (const {world, measures} of [first, second]) {
      world.simulation.run(given.duration);
      measures.finish(given.duration);
    }
    for (const file of ['services.csv', 'outages.csv', 'incidents.csv']) {
      assert.equal(rowsOf(second.measures, file), rowsOf(first.measures, file), file);
    }
  });
});

test('a run is the same whether Services are measured or not', () => {
  const [given] = runs;
  const world = build(given, {plugins: [], replication: 0});
  world.start();
  world.simulation.run(given.duration);
  assert.is(observed(1).fingerprint, world.simulation.fingerprint);
});

function sum(rows: readonly Record<string, string>[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

function near(one: number, other: number): void {
  assert.ok(Math.abs(one - other) < 1e-3, `${one} for ${other}`);
}

test.run();
