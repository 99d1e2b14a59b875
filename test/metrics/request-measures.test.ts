import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {Slo} from '../../src/metrics/slos.ts';
import {bookOf, FakeRecord} from './fake-requests.ts';
import {FakeWorld} from './fake-world.ts';

test('a run in which nobody sends requests has no files of them', () => {
  const files = filesOf(new FakeWorld({seed: 1}));
  for (const file of ['requests.csv', 'endpoints.csv', 'slos.csv']) {
    assert.not(files.includes(file), file);
  }
});

test('a run in which somebody does has requests, endpoints, and objectives if there are any', () => {
  const book = bookOf(new FakeRecord('web', 'shoppers').end('ok'));
  const world = () => Object.assign(new FakeWorld({seed: 1}), {requests: book});
  const ofRequests = (files: string[]) => files.filter(file => /^(req|endp|slo)/.test(file));
  assert.equal(ofRequests(filesOf(world())), ['requests.csv', 'endpoints.csv']);
  assert.equal(ofRequests(filesOf(world(), [slo])), ['requests.csv', 'endpoints.csv', 'slos.csv']);
});

test('a sample has what was sent since the one before', () => {
  const record = new FakeRecord('web', 'shoppers');
  const world = Object.assign(new FakeWorld({seed: 1}), {requests: bookOf(record)});
  const {simulation} = world;
  const sent = simulation.event('test.sent', () => record.end('ok').end('refused', {times: 2}));
  for (const at of [1, 2, 15]) sent.at(seconds(at));
  const measures = new Measures(world, {pods: false, events: false, timeseries: seconds(10)});
  simulation.run(seconds(30));
  measures.finish(simulation.now);
  const table = measures.tables().find(({file}) => file === 'timeseries.csv');
  const of = (metric: string) =>
    [...(table?.rows() ?? [])].filter(row => row[1] === metric).map(row => [row[0], row[3]]);
  const samples = of('requests_sent').filter(([, value]) => value !== 0);
  assert.equal(
    samples.map(([, value]) => value),
    [6, 3],
  );
  assert.equal(
    of('requests_failed')
      .map(([, value]) => value)
      .filter(Boolean),
    [4, 2],
  );
  assert.equal(
    of('requests_ok')
      .map(([, value]) => value)
      .filter(Boolean),
    [2, 1],
  );
});

function filesOf(world: ConstructorParameters<typeof Measures>[0], slos: Slo[] = []): string[] {
  const measures = new Measures(world, {pods: false, events: false, timeseries: undefined, slos});
  world.simulation.run(minutes(1));
  measures.finish(world.simulation.now);
  return measures.tables().map(({file}) => file);
}

const slo: Slo = {
  ...{name: 'answers', service: undefined, from: undefined, within: undefined},
  ...{objective: 0.999, window: minutes(1)},
};

test.run();
