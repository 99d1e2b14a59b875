import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Measures} from '../../src/metrics/index.ts';
import {emptyWorld, FakeWorld, runLength} from './fake-world.ts';
import {everything, measuredRun, overSeeds, rowsOf, tableOf} from './over-seeds.ts';

const manyPods = Array.from({length: 300}, (_, i) => `pod-${i}`);

test('a run is the same whatever is measured', () => {
  overSeeds(8, seed => {
    const bare = new FakeWorld({seed});
    bare.simulation.run(runLength);
    const nothing = {pods: false, events: false, timeseries: undefined};
    for (const options of [
      nothing,
      {...nothing, pods: true},
      {...nothing, events: true},
      {...nothing, timeseries: 100_000},
      {...nothing, strategies: true},
      {...nothing, lives: ['pod-0', 'pod-1']},
      everything,
    ]) {
      const {world} = measuredRun(seed, options);
      assert.is(world.simulation.fingerprint, bare.simulation.fingerprint);
      assert.is(world.simulation.eventsHandled, bare.simulation.eventsHandled);
    }
  });
});

test('what one metric says does not depend on what else is measured', () => {
  const all = measuredRun(3).measures;
  const podsAlone = {...everything, events: false, timeseries: undefined};
  const onlyPods = measuredRun(3, podsAlone).measures;
  assert.equal(onlyPods.figures(), all.figures());
  assert.equal(rowsOf(onlyPods, 'pods.csv'), rowsOf(all, 'pods.csv'));
  assert.equal(rowsOf(onlyPods, 'nodes.csv'), rowsOf(all, 'nodes.csv'));
});

test('a run that is saved and continued elsewhere measures the same', () => {
  overSeeds(6, seed => {
    const whole = measuredRun(seed, {...everything, lives: manyPods});
    const first = new FakeWorld({seed});
    new Measures(first, {...everything, lives: manyPods});
    first.simulation.run(runLength / 3);
    const second = new FakeWorld({seed});
    const measures = new Measures(second, {...everything, lives: manyPods});
    second.simulation.restore(first.simulation.save());
    second.adopt(first);
    second.simulation.run(runLength);
    measures.finish(runLength);
    assert.equal(measures.figures(), whole.measures.figures());
    for (const {file} of whole.measures.tables()) {
      assert.equal(rowsOf(measures, file), rowsOf(whole.measures, file), file);
    }
    assert.equal(measures.lives, whole.measures.lives);
  });
});

test('only what was asked for becomes a file', () => {
  const {measures} = measuredRun(1, {pods: false, events: false, timeseries: undefined});
  assert.equal(
    measures.tables().map(({file}) => file),
    ['workloads.csv', 'outages.csv', 'incidents.csv', 'recovery.csv', 'nodes.csv'],
  );
});

test('a run without a pod has empty figures, not zeros, where nothing was observed', () => {
  const world = emptyWorld();
  const measures = new Measures(world, everything);
  world.simulation.run(1_000_000);
  measures.finish(1_000_000);
  const observed = measures.figures().filter(({samples}) => samples !== undefined);
  assert.ok(observed.length > 10);
  for (const {metric, value} of observed) assert.is(value, undefined, metric);
  assert.equal([...tableOf(measures, 'pods.csv').rows()], []);
});

test('every row has a cell for each column', () => {
  const {measures} = measuredRun(2);
  for (const {file, columns, rows} of measures.tables()) {
    for (const row of rows()) assert.is(row.length, columns.length, file);
  }
});

test('tables before the end of the run are a mistake', () => {
  const world = new FakeWorld({seed: 1});
  const measures = new Measures(world, everything);
  assert.throws(() => measures.tables(), /not finished/);
});

test.run();
