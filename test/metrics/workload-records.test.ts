import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {measuredRun, rowsOf} from './over-seeds.ts';
import {type Play, played} from './stage.ts';

test('availability counts from the first ready pod, while some are desired', () => {
  const [row] = rows({
    0: stage => stage.create('one'),
    10: stage => stage.ready('one'),
    20: stage => stage.create('two'),
    30: stage => stage.ready('two'),
    40: stage => stage.end('one', 'deleted'),
    50: stage => stage.end('two', 'preempted'),
  });
  assert.equal(row, {
    ...{kind: 'ReplicaSet', namespace: 'default', name: 'web'},
    // 20 s one, 20 s two, 60 s one: the preempted one is still wanted.
    desired_mean: '1.200000',
    time_to_first_ready: '10.000000',
    // Of 90 s: with any ready 40, with all 30.
    available_any: '0.444444',
    available_all: '0.333333',
    downtime: '50.000000',
    outages: '1',
    lost_replica_seconds: '60.000000',
  });
});

test('a workload whose pods have all succeeded is not down', () => {
  const [row] = rows({
    0: stage => stage.create('one'),
    1: stage => stage.ready('one'),
    5: stage => stage.end('one', 'succeeded'),
  });
  assert.equal([row.available_any, row.available_all], ['1.000000', '1.000000']);
  assert.equal([row.downtime, row.outages], ['0.000000', '0']);
});

test('of a workload that was never ready nothing is said but what was desired', () => {
  const [row] = rows({0: stage => stage.create('one')});
  const {available_any, downtime, time_to_first_ready, outages, lost_replica_seconds} = row;
  assert.is(available_any + downtime + time_to_first_ready + outages + lost_replica_seconds, '');
  assert.is(row.desired_mean, '1.000000');
});

test('each time without any ready pod is an outage of its own', () => {
  const [row] = rows({
    0: stage => stage.create('one'),
    1: stage => stage.ready('one'),
    2: stage => stage.end('one', 'failed'),
    3: stage => stage.create('two'),
    4: stage => stage.ready('two'),
    6: stage => stage.end('two', 'failed'),
  });
  assert.equal([row.outages, row.downtime], ['2', '96.000000']);
});

test('a pod that is being deleted is no replica any more', () => {
  const [row] = rows({
    0: stage => stage.declare(1),
    10: stage => stage.create('one'),
    20: stage => stage.ready('one'),
    40: stage => stage.terminate('one'),
    50: stage => stage.create('two'),
    60: stage => stage.ready('two'),
    70: stage => stage.end('one', 'deleted'),
  });
  assert.equal([row.outages, row.downtime], ['1', '20.000000']);
});

test('what takes no time is no outage', () => {
  const [row] = rows({
    0: stage => stage.declare(1),
    10: stage => stage.create('one'),
    20: stage => stage.ready('one'),
    30: stage => stage.create('two'),
    40: stage => {
      stage.end('one', 'failed');
      stage.ready('two');
    },
    100: stage => stage.end('two', 'failed'),
  });
  assert.equal([row.outages, row.downtime, row.available_any], ['0', '0.000000', '1.000000']);
});

test('a Job is not down when none of its pods is ready', () => {
  const {measures} = measuredRun(1);
  const job = rowsOf(measures, 'workloads.csv').find(({kind}) => kind === 'Job');
  assert.ok(job !== undefined && job.time_to_first_ready !== '');
  assert.is(job.available_any + job.downtime + job.outages + job.lost_replica_seconds, '');
});

test('a Deployment desires what it says, and its pods are its own, not its ReplicaSet', () => {
  const [row, ...others] = rows({
    0: stage => stage.declare(2),
    10: stage => stage.create('one'),
    20: stage => stage.ready('one'),
    30: stage => stage.create('two'),
    40: stage => stage.ready('two'),
    50: stage => stage.unready('two'),
    60: stage => stage.end('one', 'deleted'),
    70: stage => stage.scale(1),
    80: stage => stage.ready('two'),
  });
  assert.equal(others, []);
  assert.equal(row, {
    ...{kind: 'Deployment', namespace: 'default', name: 'shop'},
    // From the first pod on: 60 s two, 30 s one.
    desired_mean: '1.666667',
    time_to_first_ready: '10.000000',
    // Of 80 s: none ready from 60 to 80; all from 40 to 50 and from 80 on.
    available_any: '0.750000',
    available_all: '0.375000',
    downtime: '20.000000',
    outages: '1',
    lost_replica_seconds: '60.000000',
  });
});

function rows(play: Play) {
  return rowsOf(played(play), 'workloads.csv');
}

test.run();
