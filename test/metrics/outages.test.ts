import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeId} from '../../src/objects/ids.ts';
import {rowsOf} from './over-seeds.ts';
import {type Play, played, type Stage} from './stage.ts';

/** Two replicas, ready at 10 s, one on each node. */
const shop: Play = {
  0: stage => {
    stage.declare(2);
    stage.create('one', 0);
    stage.create('two', 1);
  },
  10: stage => stage.ready('one', 'two'),
};

test('the cause is what took the last replica, contributors what took the others', () => {
  const [row, ...others] = outages({
    ...shop,
    20: stage => stage.under('deployment/shop', 'set-image', 'operation').terminate('one'),
    30: stage => stage.under('node/b').unready('two'),
    45: stage => stage.under('deployment/shop').create('three'),
    50: stage => stage.under('deployment/shop').ready('three'),
  });
  assert.equal(others, []);
  assert.equal(row, {
    ...{kind: 'Deployment', namespace: 'default', name: 'shop'},
    ...{start: '30.000000', end: '50.000000', duration: '20.000000'},
    ...{min_availability: '0', lost_client_seconds: '', class: 'node', incident: '2'},
    ...{cause: 'node-crash node/b', contributors: 'set-image deployment/shop', censored: 'false'},
    ...{detected: '30.000000', evicted: '', recreated: '45.000000', scheduled: '45.000000'},
    ...{pulled: '', started: '50.000000', endpoints: ''},
  });
});

test('what is back when the last replica goes did not contribute', () => {
  const [row] = outages({
    ...shop,
    20: stage => stage.under('node/a').unready('one'),
    25: stage => stage.under('node/a').ready('one'),
    26: stage => stage.under('pod/x', 'pod-hang').unready('two'),
    30: stage => stage.under('node/b').unready('one'),
  });
  assert.equal([row.cause, row.contributors], ['node-crash node/b', 'pod-hang pod/x']);
});

test('one that is open at the end is censored, and lasts until then', () => {
  const [row] = outages({
    ...shop,
    80: stage => stage.under('zone/a', 'zone-outage').unready('one', 'two'),
  });
  assert.equal([row.end, row.duration, row.censored], ['', '20.000000', 'true']);
});

test('what takes no time is no outage', () => {
  const rows = outages({
    ...shop,
    20: stage => {
      stage.unready('one', 'two');
      stage.ready('one', 'two');
    },
    100: stage => stage.unready('one', 'two'),
  });
  assert.equal(rows, []);
});

test('what nobody set going has no cause', () => {
  const [row] = outages({...shop, 20: stage => stage.unready('one', 'two')});
  assert.equal([row.class, row.incident, row.cause, row.contributors], ['unknown', '', '', '']);
});

test('a workload that is wanted again is down by what wants it, until it has started', () => {
  const [row] = outages({
    ...shop,
    20: stage => {
      stage.scale(0);
      stage.end('one', 'deleted');
      stage.end('two', 'deleted');
    },
    40: stage => stage.under('deployment/shop', 'scale', 'operation').scale(1),
    41: stage => stage.create('three'),
    50: stage => stage.ready('three'),
  });
  assert.equal([row.start, row.end], ['40.000000', '50.000000']);
  assert.equal([row.class, row.cause], ['start', 'scale deployment/shop']);
});

// What gets in the way of a replica that is needed, and how outages.csv names it.
const hindrances: readonly [string, Play, contributors: string][] = [
  [
    'a registry that fails while it is pulled',
    {
      20: stage => stage.under('registry', 'registry-outage'),
      45: stage => stage.world.store.signals.container.emit(stage.pod('three'), 0, 'pulling'),
    },
    'registry-outage registry',
  ],
  [
    'a registry that was well again',
    {
      20: stage => stage.under('registry', 'registry-outage'),
      43: stage => stage.over('registry'),
      45: stage => stage.world.store.signals.container.emit(stage.pod('three'), 0, 'pulling'),
    },
    '',
  ],
  [
    'a cordon',
    {
      20: stage => stage.under('node/a', 'cordon', 'operation').mark(0, {unschedulable: true}),
      45: stage => stage.refuse('three', 'NodeUnschedulable'),
    },
    'cordon node/a',
  ],
  ['a full cluster', {45: stage => stage.refuse('three', 'NodeResourcesFit')}, 'no room'],
  [
    'a lost node',
    {
      20: stage => stage.under('node/a').readiness(0, 'Unknown'),
      45: stage => stage.refuse('three', 'TaintToleration'),
    },
    'node-crash node/a',
  ],
  [
    'a lost leader',
    {20: stage => stage.under('kube-scheduler', 'leader-crash')},
    'leader-crash kube-scheduler',
  ],
  [
    'a control plane that was well again',
    {
      20: stage => stage.under('master/m', 'master-loss'),
      25: stage => stage.over('master/m'),
    },
    '',
  ],
];

for (const [what, play, contributors] of hindrances) {
  test(`what holds up the repair contributes: ${what}`, () => {
    const [row] = outages({
      ...shop,
      40: stage => {
        stage.under('zone/b', 'zone-outage').unready('one', 'two');
        stage.create('three');
      },
      ...play,
      60: stage => stage.ready('three'),
    });
    assert.equal([row.cause, row.contributors], ['zone-outage zone/b', contributors]);
  });
}

test('of many contributors the first eight are named', () => {
  const [row] = outages({
    ...shop,
    20: stage => {
      for (let i = 0; i < 10; i++) stage.under(`master/${i}`, 'master-loss');
      stage.under('node/a').unready('one', 'two');
    },
  });
  assert.is(row.contributors.split('; ').length, 9);
  assert.match(row.contributors, /; master-loss master\/7; 2 more$/);
});

// A crash goes back to what it follows from while that is fresh.
const chains: readonly [string, (stage: Stage) => void, cause: string][] = [
  [
    'a crash after a rollout is the rollout',
    stage => stage.under('deployment/shop', 'set-image', 'operation'),
    'set-image deployment/shop',
  ],
  [
    'so is each crash of a loop after it',
    stage =>
      stage
        .under('deployment/shop', 'set-image', 'operation')
        .under('pod/first', 'container-crash', 'itself'),
    'set-image deployment/shop',
  ],
  [
    'each crash of another loop stands for itself',
    stage => stage.under('pod/first', 'container-crash', 'itself'),
    'oom-kill pod/x',
  ],
  [
    'an OOM kill is the leak',
    stage => stage.under('pod/leaky', 'memory-leak'),
    'memory-leak pod/leaky',
  ],
  ['a crash of its own is nothing else', () => undefined, 'oom-kill pod/x'],
];

for (const [what, before, cause] of chains) {
  test(what, () => {
    const [row] = outages({
      ...shop,
      20: stage => {
        before(stage);
        stage.under('pod/x', 'oom-kill', 'itself').unready('one', 'two');
      },
    });
    assert.is(row.cause, cause);
  });
}

test('a fault is a root, whatever made its time come', () => {
  const [row] = outages({
    ...shop,
    20: stage => stage.under('node/a').under('node/b').unready('one', 'two'),
  });
  assert.is(row.cause, 'node-crash node/b');
});

function outages(play: Play) {
  return rowsOf(played(play), 'outages.csv');
}

test('what was known of other nodes before is no detection of an outage on this one', () => {
  const measures = played({
    0: stage => {
      stage.declare(1);
      stage.create('one', 1);
    },
    10: stage => stage.ready('one'),
    20: stage => stage.under('a b', 'maintenance').world.machines.withoutPower.take(0 as NodeId),
    30: stage => stage.under('a b').readiness(0, 'Unknown'),
    40: stage => stage.under('a b').terminate('one', 'EvictionByEvictionAPI'),
  });
  assert.is(rowsOf(measures, 'outages.csv')[0].detected, '');
});

test.run();
