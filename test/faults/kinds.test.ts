// What each kind of fault does to whom, when it ends, and what it goes back to.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hour, minute, minutes} from '../../src/engine/time.ts';
import type {MasterId} from '../../src/machines/masters.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {downTimes, faultWorld} from './world.ts';

/** What is wrong with whom, in words. */
function state(world: ReturnType<typeof faultWorld>): string {
  const {machines, masters, registry, nameServers, store} = world;
  const words: string[] = [];
  for (const [id, {name}] of store.nodes.all()) {
    if (machines.withoutPower.has(id)) words.push(`${name} off`);
    if (machines.withoutKubelet.has(id)) words.push(`${name} no kubelet`);
    if (machines.withoutProxy.has(id)) words.push(`${name} no proxy`);
    if (machines.withoutLink.has(id)) words.push(`${name} cut`);
    if (machines.slowness(id) !== 1) words.push(`${name} ${machines.slowness(id)}x`);
  }
  for (const [id, {name}] of masters.all()) {
    if (masters.withoutPower.has(id)) words.push(`${name} off`);
    if (masters.withoutApiServer.has(id)) words.push(`${name} no api server`);
    if (masters.withoutEtcd.has(id)) words.push(`${name} no etcd`);
    if (masters.withoutLink.has(id)) words.push(`${name} cut`);
  }
  if (!registry.answers) words.push('no registry');
  const fates = Array.from({length: 100}, () => nameServers.fate());
  for (const how of ['silent', 'servfail']) {
    const share = fates.filter(fate => fate === how).length;
    if (share > 0) words.push(`names ${share === 100 ? 'all' : 'partly'} ${how}`);
  }
  if (registry.slowness !== 1) words.push(`registry ${registry.slowness}x`);
  return words.join(', ');
}

type Row = [fault: object, during: string, target: string];

// Nodes n-0 to n-5 alternate between zones a and b and racks r1 to r3; masters stand in a, b, c.
const lasting: Row[] = [
  [{kind: 'node-crash', node: 'n-1'}, 'n-1 off', 'node/n-1'],
  [
    {kind: 'node-crash', node: {zone: 'b'}},
    'n-1 off, n-3 off, n-5 off',
    'node/n-1 node/n-3 node/n-5',
  ],
  [{kind: 'node-crash', node: ['n-4', 'n-1']}, 'n-1 off, n-4 off', 'node/n-1 node/n-4'],
  [{kind: 'proxy-stop', node: 'n-1'}, 'n-1 no proxy', 'node/n-1'],
  [{kind: 'kubelet-stop', node: 'n-1'}, 'n-1 no kubelet', 'node/n-1'],
  [{kind: 'node-unreachable', node: 'n-1'}, 'n-1 cut', 'node/n-1'],
  [{kind: 'node-unreachable', node: 'n-1', way: 'to-node'}, 'n-1 cut', 'node/n-1'],
  [{kind: 'node-slow', node: 'n-1', factor: 49}, 'n-1 49x', 'node/n-1'],
  [{kind: 'zone-outage', zone: 'a'}, 'n-0 off, n-2 off, n-4 off, master-0 off', 'zone/a'],
  [{kind: 'zone-outage', zone: 'c'}, 'master-2 off', 'zone/c'],
  [
    {kind: 'zone-outage', zone: 'a', what: 'link'},
    'n-0 cut, n-2 cut, n-4 cut, master-0 cut',
    'zone/a',
  ],
  [{kind: 'rack-outage', rack: 'r2'}, 'n-1 off, n-4 off', 'rack/r2'],
  [{kind: 'rack-outage', rack: 'r2', what: 'link'}, 'n-1 cut, n-4 cut', 'rack/r2'],
  [{kind: 'registry-outage'}, 'no registry', 'registry'],
  [{kind: 'registry-outage', slow: 10}, 'registry 10x', 'registry'],
  [{kind: 'dns-outage'}, 'names all silent', 'dns'],
  [{kind: 'dns-outage', share: '50%', answers: 'servfail'}, 'names partly servfail', 'dns'],
  [{kind: 'master-loss', master: 'master-1'}, 'master-1 off', 'master/master-1'],
  [{kind: 'master-loss', master: {zone: 'b'}}, 'master-1 off', 'master/master-1'],
  [
    {kind: 'master-loss', master: ['master-0', 'master-2']},
    'master-0 off, master-2 off',
    'master/master-0 master/master-2',
  ],
  [{kind: 'api-server-crash', master: 'master-1'}, 'master-1 no api server', 'master/master-1'],
  [{kind: 'etcd-member-loss', member: 'master-1'}, 'master-1 no etcd', 'master/master-1'],
  [{kind: 'etcd-member-loss', member: 'leader'}, 'master-2 no etcd', 'master/master-2'],
  [
    {kind: 'network-partition', between: {zone: 'a'}, and: {zone: 'b'}},
    '',
    'node/n-0 node/n-2 node/n-4 master/master-0 | node/n-1 node/n-3 node/n-5 master/master-1',
  ],
  [
    {kind: 'network-partition', between: ['n-5', 'master-1'], and: ['n-0', 'n-1']},
    '',
    'node/n-5 master/master-1 | node/n-0 node/n-1',
  ],
  [
    {kind: 'network-partition', between: 'masters', and: {pool: 'n', zone: 'a'}, way: 'forth'},
    'n-0 cut, n-2 cut, n-4 cut',
    'master/master-0 master/master-1 master/master-2 |> node/n-0 node/n-2 node/n-4',
  ],
];

for (const [fault, during, target] of lasting) {
  test(`${JSON.stringify(fault).replace(/"/g, '')}: ${during}`, () => {
    const world = faultWorld({
      nodes: 6,
      masters: 3,
      faults: [{...fault, at: '10m', lasts: '5m'}],
    });
    world.start();
    const {simulation, store} = world;
    const told: string[] = [];
    store.causes.began.watch(cause => told.push(`${simulation.now / minute} began ${cause}`));
    store.causes.ended.watch(cause => told.push(`${simulation.now / minute} ended ${cause}`));
    simulation.run(minutes(9));
    assert.is(state(world), '');
    simulation.run(minutes(14));
    assert.is(state(world), during);
    simulation.run(minutes(60));
    assert.is(state(world), '');
    assert.equal(told, ['10 began 1', '15 ended 1']);
    const {kind} = fault as {kind: string};
    assert.equal(
      [...store.causes.all()],
      [[1, {origin: 'fault', kind, target, time: minutes(10), parent: 0, until: minutes(15)}]],
    );
  });
}

test('as few members as leave no majority are lost', () => {
  for (const [masters, lost] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
  ]) {
    const fault = {kind: 'etcd-member-loss', member: 'majority', at: '1m'};
    const world = faultWorld({masters, faults: [fault]});
    world.start();
    world.simulation.run(hour);
    const without = [...world.masters.all()].filter(([id]) => world.masters.withoutEtcd.has(id));
    assert.is(without.length, lost);
  }
});

test('a leader crashes at its time, and is over then', () => {
  const fault = {kind: 'leader-crash', component: 'kube-scheduler', at: '1m', every: '10m'};
  const world = faultWorld({masters: 1, faults: [fault]});
  const times: string[] = [];
  world.masters.leaderCrashed.watch(component =>
    times.push(`${world.simulation.now / minute} ${component}`),
  );
  world.start();
  world.simulation.run(minutes(25));
  assert.equal(times, ['1 kube-scheduler', '11 kube-scheduler', '21 kube-scheduler']);
  assert.equal(
    [...world.store.causes.all()].map(([, {target, parent}]) => [target, parent]),
    new Array(3).fill(['kube-scheduler', 0]),
  );
});

test('without an end a fault lasts for ever', () => {
  const world = faultWorld({nodes: 1, faults: [{kind: 'node-crash', node: 'n-0', at: '1m'}]});
  world.start();
  world.simulation.run(1e6 * hour);
  assert.is(world.machines.powered(0 as NodeId), false);
  assert.is(world.simulation.eventsPending, 0);
});

test('a master that stands on a node shares its power', () => {
  const world = faultWorld({
    nodes: 1,
    faults: [{kind: 'master-loss', master: 'm', at: '1m', lasts: '1m'}],
  });
  world.start();
  world.masters.add({name: 'm', zone: undefined, rack: undefined, node: 0 as NodeId});
  const downs = downTimes(world);
  world.simulation.run(hour);
  assert.equal(downs, [{node: 0, from: minute, to: 2 * minute}]);
  assert.is(world.masters.withoutPower.has(0 as MasterId), false);
});

test('a machine has power again when all that took it is over', () => {
  const world = faultWorld({
    nodes: 4,
    faults: [
      {kind: 'node-crash', node: 'n-0', at: '10m', lasts: '20m'},
      {kind: 'zone-outage', zone: 'a', at: '15m', lasts: '5m'},
      {kind: 'node-crash', node: 'n-2', at: '18m', lasts: '4m'},
    ],
  });
  const downs = downTimes(world);
  world.start();
  world.simulation.run(hour);
  const times = downs.map(({node, from, to}) => [node, from / minute, to / minute]);
  assert.equal(times, [
    [0, 10, 30],
    [2, 15, 22],
  ]);
});

test('a registry that is down and slow is well when both are over', () => {
  const world = faultWorld({
    faults: [
      {kind: 'registry-outage', at: '1m', lasts: '5m'},
      {kind: 'registry-outage', at: '2m', lasts: '10m', slow: 3},
      {kind: 'registry-outage', at: '3m', lasts: '2m'},
    ],
  });
  world.start();
  const seen = [1, 3, 5.5, 7, 13].map(time => {
    world.simulation.run(minutes(time));
    return `${state(world)} (${world.registry.cause})`;
  });
  assert.equal(seen, [
    'no registry (1)',
    'no registry, registry 3x (3)',
    'no registry, registry 3x (2)',
    'registry 3x (2)',
    ' (0)',
  ]);
});

test('a percentage of a group is struck at once, others each time', () => {
  const fault = {kind: 'node-crash', node: {pool: 'n', percent: 30}, every: '1h', lasts: '10m'};
  const world = faultWorld({nodes: 20, faults: [{...fault, until: '50h'}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(100 * hour);
  const counts = Array.from(
    {length: 50},
    (_, i) => downs.filter(({from}) => from === (i + 1) * hour).length,
  );
  assert.equal(counts, new Array(50).fill(6));
  assert.is(downs.length, 300);
  assert.is(new Set(downs.map(({node}) => node)).size, 20);
});

test.run();
