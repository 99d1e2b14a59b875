// What holds for all traffic: nothing is lost or counted twice, a run that was saved goes on alike,
// and looking on changes nothing.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds} from '../../../src/engine/time.ts';
import {outcomes} from '../../../src/network/traffic/record.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {type RandomTraffic, randomTraffic} from './random-traffic.ts';

const end = milliseconds(500);

/** All that anybody can know of it; how much room a histogram has left is nobody's business. */
function told({simulation, traffic, clients}: RandomTraffic): unknown {
  const records = clients.map(client => {
    const {latency, numbers, counts: ended} = traffic.record(client).save();
    const buckets = [...latency.counts].flatMap((count, i) => (count > 0 ? [[i, count]] : []));
    return [numbers, ended, latency.sum, latency.zeros, buckets];
  });
  return [simulation.fingerprint, records];
}

test('requests sent are those that ended in some way and those under way', () => {
  forEachSeed(20, seed => {
    const world = randomTraffic(seed);
    for (const part of [0.3, 0.7, 1]) {
      world.simulation.run(end * part);
      for (const client of world.clients) {
        const record = world.traffic.record(client);
        const ended = outcomes.reduce((sum, outcome) => sum + record.count(outcome), 0);
        assert.is(record.sent, ended + record.underWay);
        assert.ok(record.underWay >= 0);
        assert.is(record.count('ok'), record.latency.count);
      }
    }
  });
});

test('every outcome that stations know happens, and closed clients go on', () => {
  const world = randomTraffic(1);
  world.simulation.run(4 * end);
  const records = world.clients.map(client => world.traffic.record(client));
  for (const outcome of ['ok', 'error', 'rejected', 'refused', 'reset'] as const) {
    assert.ok(
      records.some(record => record.count(outcome) > 0),
      outcome,
    );
  }
  for (const closed of [3, 7]) {
    assert.ok(records[closed].sent > 200);
    assert.ok(records[closed].underWay <= 15);
  }
});

test('a run saved in the middle and restored goes on identically', () => {
  forEachSeed(20, seed => {
    const whole = randomTraffic(seed);
    whole.simulation.run(end / 2);
    const saved = structuredClone(whole.simulation.save());
    whole.simulation.run(end);
    const rest = randomTraffic(seed);
    rest.simulation.restore(saved);
    rest.simulation.run(end);
    assert.equal(told(rest), told(whole));
  });
});

test('looking at records and queues changes nothing', () => {
  forEachSeed(10, seed => {
    const quiet = randomTraffic(seed);
    quiet.simulation.run(end);
    const watched = randomTraffic(seed);
    watched.simulation.sampler(milliseconds(3), () => told(watched));
    watched.simulation.run(end);
    assert.equal(told(watched), told(quiet));
  });
});

test.run();
