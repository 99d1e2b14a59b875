// Real requests under everything that goes wrong, and what is written of them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {outcomes} from '../../src/machines/request-book.ts';
import {requestFigures} from '../../src/metrics/request-figures.ts';
import {endpointsTable, requestsTable} from '../../src/metrics/request-rows.ts';
import {requestTotals} from '../../src/metrics/request-totals.ts';
import {type Slo, Slos} from '../../src/metrics/slos.ts';
import type {ResultTable} from '../../src/metrics/table.ts';
import {DataPlaneWorld, exponential} from '../network/traffic/data-plane-world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

test('every request sent has one outcome or is under way, in each file', () => {
  forEachSeed(12, seed => {
    const {plane} = troubled(seed);
    const records = plane.plane.records();
    const [row] = rowsOf(requestsTable(records));
    const ended = outcomes.reduce((sum, how) => sum + Number(row[how.replace('-', '_')]), 0);
    assert.ok(Number(row.sent) > 1000 && ended > Number(row.ok), JSON.stringify(row));
    assert.is(Number(row.under_way), Number(row.sent) - ended);
    assert.ok(Number(row.under_way) >= 0);
    assert.is(Number(row.attempts), Number(row.sent) + Number(row.retries) + Number(row.hedges));
    const totals = requestTotals(records);
    assert.equal([totals.sent, totals.over, totals.succeeded], [row.sent, ended, row.ok]);
    const [sent] = requestFigures(records, seconds(20));
    assert.is(sent.value, row.sent);
    const loads = rowsOf(endpointsTable(records));
    const reached = loads.reduce((sum, {requests}) => sum + Number(requests), 0);
    assert.ok(reached <= Number(row.attempts) && reached >= Number(row.ok));
  });
});

test('whoever hears of the ends of requests changes none, and misses none', () => {
  forEachSeed(12, seed => {
    const [alone, observed] = [troubled(seed), troubled(seed, [slo({}), slo({within: 2000})])];
    const rows = [alone, observed].map(({plane}) => rowsOf(requestsTable(plane.plane.records())));
    assert.equal(rows[1], rows[0]);
    assert.is(observed.plane.simulation.fingerprint, alone.plane.simulation.fingerprint);
    const {simulation} = observed.plane;
    const [all, soon] = rowsOf(observed.slos.table(simulation.now));
    const [{ok, sent, under_way}] = rows[0];
    assert.equal([all.good, all.valid], [ok, Number(sent) - Number(under_way)]);
    assert.ok(Number(soon.good) < Number(ok) && soon.valid === all.valid);
  });
});

/** Pods that go, a network that is cut, and clients that try again, for 20 s. */
function troubled(seed: number, objectives: readonly Slo[] = []) {
  const plane = new DataPlaneWorld({seed, nodes: 3, zones: 2});
  const {simulation} = plane;
  const station = {discipline: 'fifo', workers: 1, limit: 4} as const;
  const web = plane.pods('web', 5, {takes: exponential(milliseconds(15)), station});
  const id = plane.calling('shoppers', web, {
    timeout: milliseconds(300),
    connectTimeout: milliseconds(200),
    ...(seed % 2 === 0 && {retries}),
  });
  const {store, machines} = plane;
  const slos = new Slos({simulation, store, machines}, objectives, plane.plane);
  plane.openLoop(id, 120, 'shoppers');
  // As timeseries.csv looks.
  if (objectives.length > 0) simulation.sampler(milliseconds(7), () => plane.plane.records());
  simulation.event('test.cut', () => plane.cut()).after(seconds(5));
  simulation.event('test.heal', () => plane.heal()).after(seconds(7));
  const gone = simulation.event('test.pods-gone', () => plane.removeOn(web, plane.nodes[1]));
  gone.after(seconds(9));
  simulation.event('test.back', () => plane.revive(web, 1)).after(seconds(12));
  simulation.run(seconds(20));
  return {plane, slos};
}

const retries = {
  ...{tries: 3, budget: undefined, others: true},
  backOff: {base: milliseconds(25), factor: 2, most: milliseconds(250), jitter: 'full'},
} as const;

function slo(given: Partial<Slo>): Slo {
  const any = {service: undefined, from: undefined, within: undefined};
  return {name: 'answers', ...any, objective: 0.99, window: seconds(600), ...given};
}

function rowsOf({columns, rows}: ResultTable) {
  return [...rows()].map(cells => Object.fromEntries(columns.map((key, i) => [key, cells[i]])));
}

test.run();
