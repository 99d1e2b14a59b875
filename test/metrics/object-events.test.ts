import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeId} from '../../src/objects/ids.ts';
import {rowsOf} from './over-seeds.ts';
import {type Play, played, type Stage} from './stage.ts';

const shop: Play = {
  0: stage => {
    stage.declare(2);
    stage.create('one');
    stage.create('two');
  },
  10: stage => stage.ready('one', 'two'),
};

test('a Deployment and its ReplicaSet say what they do with their pods', () => {
  const deployment = 'Normal ScalingReplicaSet Deployment/default/shop: ';
  assert.equal(
    told({...shop, 20: stage => scaleSet(stage, 1), 21: stage => stage.terminate('two')}),
    [
      `${deployment}Scaled up replica set web from 0 to 2`,
      'Normal SuccessfulCreate ReplicaSet/default/web: Created pod: one',
      'Normal SuccessfulCreate ReplicaSet/default/web: Created pod: two',
      `${deployment}Scaled down replica set web from 2 to 1`,
      'Normal SuccessfulDelete ReplicaSet/default/web: Deleted pod: two',
    ],
  );
});

test('what a ReplicaSet did not delete it does not tell of', () => {
  const reasons = told({
    ...shop,
    20: stage => stage.terminate('one', 'EvictionByEvictionAPI'),
    21: stage => stage.end('two', 'failed'),
  });
  assert.not.ok(reasons.some(text => text.includes('SuccessfulDelete')));
});

test('a lost node is told of, with its pods and their eviction', () => {
  const texts = told({
    ...shop,
    20: stage => stage.readiness(0, 'Unknown'),
    21: stage => stage.unready('one'),
    30: stage => stage.terminate('one', 'DeletionByTaintManager'),
    40: stage => stage.readiness(0, 'True'),
  });
  assert.equal(texts.slice(3), [
    'Normal NodeNotReady Node/a: Node a status is now: NodeNotReady',
    'Warning NodeNotReady Pod/default/one: Node is not ready',
    'Normal TaintManagerEviction Pod/default/one: Marking for deletion Pod default/one',
    'Normal NodeReady Node/a: Node a status is now: NodeReady',
  ]);
});

test('nodes are told of as they are cordoned, come under pressure, and go', () => {
  const texts = told({
    1: stage => stage.mark(0, {unschedulable: true}),
    2: stage => stage.mark(0, {unschedulable: false}),
    3: stage => {
      const before = stage.world.store.nodes.get(0 as NodeId);
      stage.world.store.nodeSignals.changed.emit(0 as NodeId, before, undefined);
    },
  });
  assert.equal(texts, [
    'Normal NodeNotSchedulable Node/a: Node a status is now: NodeNotSchedulable',
    'Normal NodeSchedulable Node/a: Node a status is now: NodeSchedulable',
    'Normal RemovingNode Node/a: Node a event: Removing Node a from Controller',
  ]);
});

test('a node that was without power says that it has been rebooted', () => {
  const texts = told({
    10: stage => stage.world.machines.withoutPower.take(0 as NodeId),
    20: stage => stage.readiness(0, 'Unknown'),
    30: stage => stage.world.machines.withoutPower.release(0 as NodeId),
    40: stage => stage.readiness(0, 'True'),
    50: stage => stage.mark(0, {unschedulable: true}),
  });
  assert.equal(texts.slice(1, 3), [
    'Warning Rebooted Node/a: Node a has been rebooted',
    'Normal NodeReady Node/a: Node a status is now: NodeReady',
  ]);
  assert.is(texts.length, 4);
});

test('what a node says again within an hour is counted, not told again', () => {
  const flap: Play = {};
  for (const second of [10, 20, 30, 40]) {
    flap[second] = stage => stage.readiness(0, second % 20 === 0 ? 'True' : 'Unknown');
  }
  const rows = rowsOf(played(flap), 'events.csv');
  assert.equal(
    rows.map(({time, reason, count, last}) => [time, reason, count, last]),
    [
      ['10.000000', 'NodeNotReady', '2', '30.000000'],
      ['20.000000', 'NodeReady', '2', '40.000000'],
    ],
  );
});

/** Its ReplicaSet's own number, as the Deployment controller would write it. */
function scaleSet(stage: Stage, replicas: number): void {
  const workload = stage.world.store.workloads.id('ReplicaSet/default/web');
  if (workload === undefined) throw new Error('no ReplicaSet');
  stage.registry.perform({verb: 'update', workload, version: undefined, spec: {replicas}});
}

/** Without what is told of the pods' containers. */
function told(play: Play): string[] {
  return rowsOf(played(play), 'events.csv')
    .filter(({reason}) => reason !== 'Started' && reason !== 'Killing')
    .map(({type, reason, object, message}) => `${type} ${reason} ${object}: ${message}`);
}

test.run();
