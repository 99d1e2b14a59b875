// What holds for all requests across a cluster in trouble: none is lost or counted twice, none is
// served by a pod that is gone, a saved run goes on alike, looking on and others change nothing.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds} from '../../../src/engine/time.ts';
import {outcomes} from '../../../src/machines/request-book.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {type RandomPlane, randomPlane} from './random-plane.ts';

const end = milliseconds(1500);

/** All that anybody can know of it. */
function told({world}: RandomPlane): unknown {
  const records = world.plane.records().map(record => {
    const {sent, attempts, hedges, sameNode, sameZone, latency, failedLatency} = record;
    const counts = outcomes.map(outcome => record.count(outcome));
    const sums = [latency.sum, failedLatency.sum, record.answerBytes, record.crossZoneBytes];
    return [sent, attempts, hedges, sameNode, sameZone, counts, sums, [...record.loads()]];
  });
  return [world.simulation.fingerprint, records];
}

function ended(record: {count(outcome: (typeof outcomes)[number]): number}): number {
  return outcomes.reduce((sum, outcome) => sum + record.count(outcome), 0);
}

for (const free of [false, true]) {
  const name = free ? 'without hops' : 'with hops';

  test(`${name}: requests sent are those that ended and those under way`, () => {
    forEachSeed(12, seed => {
      const {world} = randomPlane(seed, {free});
      for (const part of [0.3, 0.6, 1]) {
        world.simulation.run(end * part);
        for (const record of world.plane.records()) {
          assert.ok(record.sent >= ended(record), record.caller);
          assert.is(record.count('ok'), record.latency.count);
          assert.is(ended(record) - record.count('ok'), record.failedLatency.count);
        }
      }
    });
  });

  test(`${name}: a run saved in the middle and restored goes on identically`, () => {
    forEachSeed(10, seed => {
      const whole = randomPlane(seed, {free});
      whole.world.simulation.run(end / 2);
      const saved = structuredClone(whole.world.simulation.save());
      whole.world.simulation.run(end);
      const rest = randomPlane(seed, {free});
      rest.world.simulation.restore(saved);
      rest.world.simulation.run(end);
      assert.equal(told(rest), told(whole));
    });
  });

  test(`${name}: looking at records changes nothing`, () => {
    forEachSeed(6, seed => {
      const quiet = randomPlane(seed, {free});
      quiet.world.simulation.run(end);
      const watched = randomPlane(seed, {free});
      watched.world.simulation.sampler(milliseconds(3), () => told(watched));
      watched.world.simulation.run(end);
      assert.equal(told(watched), told(quiet));
    });
  });
}

test('people who wait for an answer before they think again go on', () => {
  const {world, users} = randomPlane(1);
  world.simulation.run(end * 2);
  const record = world.plane.record(users);
  assert.ok(record.sent > 200, `${record.sent}`);
  assert.ok(record.sent - ended(record) <= 15);
});

test('nobody is left waiting once all sources and faults have stopped', () => {
  // Covered by the outcomes of single requests; here all kinds of outcome must occur.
  const seen = new Set<string>();
  forEachSeed(6, seed => {
    const {world} = randomPlane(seed);
    world.simulation.run(end * 2);
    for (const record of world.plane.records()) {
      for (const outcome of outcomes) if (record.count(outcome) > 0) seen.add(outcome);
    }
  });
  for (const outcome of ['ok', 'error', 'rejected', 'refused', 'reset', 'timeout'] as const) {
    assert.ok(seen.has(outcome), outcome);
  }
  assert.ok(seen.has('connect-timeout'));
});

test.run();
