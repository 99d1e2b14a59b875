// A replica is ready while the API says so and its containers run.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {rowsOf} from './over-seeds.ts';
import {type Play, played} from './stage.ts';

/** Two replicas, ready at 10 s. */
const shop: Play = {
  0: stage => {
    stage.declare(2);
    stage.create('one', 0);
    stage.create('two', 1);
  },
  10: stage => stage.ready('one', 'two'),
};

const crash: Play = {
  ...shop,
  20: stage => stage.under('zone/a', 'zone-outage').break('one', 'two'),
};

test('an outage begins when the containers have gone, and the API knows it later', () => {
  const measures = played({...crash, 60: stage => stage.under('zone/a').unready('one', 'two')});
  const [row] = rowsOf(measures, 'outages.csv');
  assert.equal(
    [row.start, row.detected, row.cause],
    ['20.000000', '60.000000', 'zone-outage zone/a'],
  );
  assert.is(rowsOf(measures, 'workloads.csv')[0].downtime, '80.000000');
});

test('what is lost and back before anybody knows is an outage, and an incident', () => {
  const measures = played({...crash, 40: stage => stage.under('zone/a').mend('one', 'two')});
  const [row, ...others] = rowsOf(measures, 'outages.csv');
  assert.equal(others, []);
  assert.equal([row.start, row.end, row.detected], ['20.000000', '40.000000', '']);
  const [incident] = rowsOf(measures, 'incidents.csv');
  assert.equal([incident.pods, incident.workloads_down], ['2', '1']);
  assert.equal([incident.detected, incident.recovered], ['', '40.000000']);
});

test('a pod is lost once, and to the cause that took it first', () => {
  const measures = played({
    ...shop,
    20: stage => stage.under('node/a').break('one'),
    30: stage => stage.under('node/b').unready('one'),
    40: stage => stage.under('node/b').terminate('one', 'DeletionByTaintManager'),
  });
  const [first, second] = rowsOf(measures, 'incidents.csv');
  assert.equal([first.pods, first.workloads_degraded], ['1', '1']);
  assert.equal([second.pods, second.workloads_degraded], ['1', '0']);
});

test('where the API says that a pod is ready and its containers do not run, it is not', () => {
  const measures = played({
    ...crash,
    30: stage => stage.unready('one'),
    40: stage => stage.world.store.signals.ready.emit(stage.pod('one')),
    50: stage => stage.mend('one'),
  });
  assert.is(rowsOf(measures, 'outages.csv')[0].end, '50.000000');
});

test('what breaks down while it is being deleted is lost no more', () => {
  const measures = played({
    ...shop,
    20: stage => stage.under('deployment/shop', 'rollout', 'operation').terminate('one'),
    30: stage => stage.under('node/a').break('one'),
  });
  assert.equal(
    rowsOf(measures, 'incidents.csv').map(({kind, pods}) => [kind, pods]),
    [
      ['rollout', '1'],
      ['node-crash', '0'],
    ],
  );
});

test.run();
