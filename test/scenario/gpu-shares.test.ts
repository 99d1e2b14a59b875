// An ordinary cluster whose pods share devices, under the strategy that minds fragmentation.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import {build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {scenario} from '../timelines/play.ts';

const busy = () =>
  scenario(`name: busy
duration: 30m
scheduler: {profile: fragmentation-gradient}
cluster:
  nodes: [{name: n, count: 6, allocatable: {cpu: 32, memory: 64Gi}, gpus: {count: 4, model: V100}}]
faults: [{kind: node-crash, node: n-0, at: 10m, lasts: 5m}]
workload:
  - {kind: poisson, name: shares, every: 4s, lifetime: {exponential: {mean: 5m}}, requests: {cpu: 1}, gpu: 300m}
  - {kind: poisson, name: pairs, every: 40s, lifetime: {exponential: {mean: 5m}}, requests: {cpu: 4}, gpu: 2}
  - {kind: poisson, name: bare, every: 9s, lifetime: {exponential: {mean: 2m}}, requests: {cpu: 2}}
`);

const options = {pods: false, events: false, timeseries: undefined};

function world(loaded: LoadedScenario) {
  const built = build(loaded, {plugins: [], replication: 0});
  const measures = new Measures(built, options);
  return {...built, measures};
}

function told({measures}: ReturnType<typeof world>) {
  measures.finish(minutes(30));
  return [measures.figures(), measures.tables().map(table => [...table.rows()])];
}

test('figures of devices go on over a restore as if nothing had been', async () => {
  const loaded = await busy();
  const [whole, fork] = [world(loaded), world(loaded)];
  for (const {start} of [whole, fork]) start();
  whole.simulation.run(minutes(13));
  fork.simulation.restore(structuredClone(whole.simulation.save()));
  for (const {simulation} of [whole, fork]) simulation.run(minutes(30));
  assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  assert.equal(told(fork), told(whole));
});

test('measuring devices changes nothing', async () => {
  const loaded = await busy();
  const bare = build(loaded, {plugins: [], replication: 0});
  const measured = world(loaded);
  for (const {start, simulation} of [bare, measured]) {
    start();
    simulation.run(minutes(30));
  }
  assert.is(measured.simulation.fingerprint, bare.simulation.fingerprint);
});

test.run();
