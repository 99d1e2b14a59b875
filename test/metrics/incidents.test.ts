import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeId} from '../../src/objects/ids.ts';
import {figure, rowsOf} from './over-seeds.ts';
import {type Play, played} from './stage.ts';

/** Three replicas, ready at 10 s. */
const shop: Play = {
  0: stage => {
    stage.declare(3);
    for (const name of ['one', 'two', 'three']) stage.create(name);
  },
  10: stage => stage.ready('one', 'two', 'three'),
};

const crash: Play = {
  ...shop,
  20: stage => stage.under('node/a').world.machines.withoutPower.take(0 as NodeId),
  30: stage => {
    stage.under('node/a').readiness(0, 'Unknown');
    stage.unready('one', 'two');
  },
  40: stage => {
    stage.under('node/a').terminate('one', 'DeletionByTaintManager');
    stage.terminate('two', 'DeletionByTaintManager');
  },
  41: stage => stage.under('node/a').create('four', 1),
  42: stage => stage.under('node/a').create('five', 1),
  50: stage => stage.under('node/a').ready('four'),
  55: stage => stage.under('node/a').ready('five'),
};

test('an incident says what it cost, when it was known, and when all was well again', () => {
  const measures = played({...crash, 60: stage => stage.over('node/a')});
  assert.equal(rowsOf(measures, 'incidents.csv'), [
    {
      ...{id: '1', time: '20.000000', kind: 'node-crash', target: 'node/a', nodes: '1', pods: '2'},
      ...{services_degraded: '', services_down: '', lost_client_seconds: ''},
      ...{detected: '30.000000', recovered: '55.000000', ended: '60.000000'},
      ...{workloads_degraded: '1', workloads_down: '0'},
    },
  ]);
  assert.is(figure(measures, 'incidents'), '1');
});

test('recovery.csv has the first and the last time of each step of the repair', () => {
  // What goes back to the incident when all is well again is no repair of it.
  const later: Play = {70: stage => stage.under('node/a').create('six')};
  const steps = rowsOf(played({...crash, ...later}), 'recovery.csv');
  assert.equal(
    steps.map(row => [row.step, row.first, row.last, row.count]),
    [
      ['detected', '30.000000', '30.000000', '3'],
      ['evicted', '40.000000', '40.000000', '2'],
      ['recreated', '41.000000', '42.000000', '2'],
      ['scheduled', '41.000000', '42.000000', '2'],
      ['started', '50.000000', '55.000000', '2'],
      ['ready', '50.000000', '55.000000', '2'],
    ],
  );
});

test('where replicas are missing still, nothing has recovered', () => {
  const {55: _last, ...unfinished} = crash;
  const [row] = rowsOf(played(unfinished), 'incidents.csv');
  assert.is(row.recovered, '');
});

test('a node that cost no replica has recovered when it is well again', () => {
  const lost: Play = {
    20: stage => stage.under('node/b').world.machines.withoutPower.take(1 as NodeId),
    30: stage => stage.under('node/b').readiness(1, 'Unknown'),
    40: stage => stage.under('node/b').world.machines.withoutPower.release(1 as NodeId),
  };
  assert.is(rowsOf(played({...shop, ...lost}), 'incidents.csv')[0].recovered, '');
  const back: Play = {50: stage => stage.under('node/b').readiness(1, 'True')};
  const [row] = rowsOf(played({...shop, ...lost, ...back}), 'incidents.csv');
  assert.equal([row.nodes, row.pods, row.detected], ['1', '0', '30.000000']);
  assert.is(row.recovered, '50.000000');
});

test('of two faults on one node both have recovered when it is well again', () => {
  const node = 1 as NodeId;
  const rows = rowsOf(
    played({
      ...shop,
      20: stage => stage.under('node/b').world.machines.withoutPower.take(node),
      30: stage => stage.under('node/b').readiness(node, 'Unknown'),
      35: stage => stage.under('rack/r').world.machines.withoutPower.take(node),
      40: stage => stage.under('node/b').world.machines.withoutPower.release(node),
      45: stage => stage.under('rack/r').world.machines.withoutPower.release(node),
      50: stage => stage.under('rack/r').readiness(node, 'True'),
    }),
    'incidents.csv',
  );
  const [first, second] = rows.map(({nodes, recovered}) => [nodes, recovered]);
  assert.equal(
    [first, second],
    [
      ['1', '50.000000'],
      ['1', '50.000000'],
    ],
  );
});

test('a pod counts once for each incident that takes it', () => {
  const [first, second] = rowsOf(
    played({
      ...shop,
      20: stage => stage.under('node/a').unready('one'),
      21: stage => stage.under('node/a').terminate('one'),
      30: stage => stage.under('pod/x', 'pod-hang').end('one', 'deleted'),
    }),
    'incidents.csv',
  );
  assert.equal([first.pods, second.pods], ['1', '1']);
});

test('a replica that is wanted no more degrades nothing', () => {
  const [row] = rowsOf(
    played({
      ...shop,
      20: stage => stage.under('deployment/shop', 'scale', 'operation').scale(2),
      21: stage => stage.under('deployment/shop').terminate('one'),
    }),
    'incidents.csv',
  );
  assert.equal([row.pods, row.workloads_degraded, row.recovered], ['1', '0', '']);
});

test('a crash of its own is an incident only where it cost a pod', () => {
  const measures = played({
    ...shop,
    20: stage => stage.under('pod/x', 'container-crash', 'itself'),
    30: stage => stage.under('pod/y', 'container-crash', 'itself').unready('one'),
  });
  const targets = rowsOf(measures, 'incidents.csv').map(({target}) => target);
  assert.equal(targets, ['pod/y']);
});

test('what a kubelet evicts is known at once, what is deleted shows nothing but its going', () => {
  const detected = (play: Play) => rowsOf(played({...shop, ...play}), 'incidents.csv')[0].detected;
  assert.is(detected({20: stage => stage.under('node/a').end('one', 'evicted')}), '20.000000');
  assert.is(detected({20: stage => stage.under('node/a').end('one', 'deleted')}), '');
});

test.run();
