// Laws of faults, over seeds: what is saved goes on, what is added moves nothing else, and every
// hold that was taken is let go of.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {hour} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {downTimes, faultWorld} from './world.ts';

const exponential = (mean: string) => ({exponential: {mean}});
const often = {every: exponential('9h'), lasts: {uniform: {from: '0s', to: '20h'}}};
const turns = {up: exponential('20h'), down: exponential('2h')};

/** Some of every kind that acts on machines, at random. */
function randomFaults(seed: number): object[] {
  const random = new RandomStream(`faults ${seed}`);
  const group = () =>
    random.choice<object | string>([
      'n-1',
      {zone: 'a'},
      {pool: 'n', count: 2},
      {percent: 40, pool: 'n'},
    ]);
  const kinds: object[] = [
    {kind: 'node-crash', node: group(), ...often},
    {kind: 'node-crash', node: group(), ...turns},
    {kind: 'kubelet-stop', node: group(), ...often},
    {kind: 'node-unreachable', node: group(), way: random.choice(['both', 'to-node']), ...often},
    {kind: 'node-slow', node: group(), factor: 3, ...turns},
    {kind: 'node-reboot', node: group(), every: '11h'},
    {kind: 'maintenance', every: '15h', atOnce: 2},
    {kind: 'zone-outage', zone: 'a', ...often},
    {kind: 'zone-outage', zone: 'b', what: 'link', ...turns},
    {kind: 'rack-outage', rack: 'r2', ...turns},
    {kind: 'registry-outage', ...often},
    {kind: 'registry-outage', slow: 4, ...often},
    {kind: 'master-loss', master: {count: 1}, ...often},
    {kind: 'api-server-crash', master: 'master-1', ...turns},
    {kind: 'etcd-member-loss', member: random.choice(['leader', 'majority']), ...often},
    {kind: 'leader-crash', component: 'kube-scheduler', every: exponential('8h')},
    {kind: 'network-partition', between: group(), and: 'masters', ...often},
    {kind: 'network-partition', between: {zone: 'a'}, ...turns},
    {kind: 'node-failures', ...turns},
    {kind: 'node-failures', ...turns, crews: 1, node: {rack: 'r1'}},
  ];
  const chosen = random.shuffle(kinds).slice(0, 8);
  return chosen.map((fault, i) => ({...fault, name: `f${i}`, until: '200h'}));
}

function world(seed: number, faults: readonly object[] = randomFaults(seed)) {
  return faultWorld({seed, nodes: 7, masters: 3, faults});
}

test('a run saved in the middle and restored goes on as the whole one does', () => {
  forEachSeed(60, seed => {
    const whole = world(seed);
    const fork = world(seed);
    whole.start();
    whole.simulation.run(hour * (10 + seed));
    fork.simulation.restore(structuredClone(whole.simulation.save()));
    const before = whole.struck.length;
    for (const {simulation} of [whole, fork]) simulation.run(190 * hour);
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal(fork.struck, whole.struck.slice(before));
    assert.equal(fork.simulation.save().parts, whole.simulation.save().parts);
  });
});

test('when all faults are over, nothing is held and every cause has ended', () => {
  forEachSeed(60, seed => {
    const {simulation, start, machines, masters, registry, store} = world(seed);
    start();
    simulation.run(400 * hour);
    assert.is(simulation.eventsPending, 0);
    for (let node = 0 as NodeId; node < machines.count; node++) {
      const {withoutPower, withoutKubelet, withoutLink} = machines;
      for (const holds of [withoutPower, withoutKubelet, withoutLink]) assert.not(holds.has(node));
      assert.is(machines.slowness(node), 1);
    }
    for (const [id] of masters.all()) {
      const {withoutPower, withoutApiServer, withoutEtcd, withoutLink} = masters;
      for (const holds of [withoutPower, withoutApiServer, withoutEtcd, withoutLink]) {
        assert.not(holds.has(id));
      }
    }
    assert.equal([registry.answers, registry.slowness], [true, 1]);
    const sudden = ['leader-crash', 'node-reboot'];
    for (const [, {kind, parent, until}] of store.causes.all()) {
      assert.is(parent, 0);
      assert.is(until === undefined, sudden.includes(kind), kind);
    }
  });
});

test('a fault that is added moves no other', () => {
  forEachSeed(20, seed => {
    const own = [
      {kind: 'node-failures', ...turns, node: {zone: 'a'}},
      {kind: 'node-crash', node: {zone: 'b', count: 1}, every: exponential('9h'), lasts: '1h'},
    ];
    const lives = (faults: readonly object[]) => {
      const each = world(seed, faults);
      const downs = downTimes(each);
      each.start();
      each.simulation.run(500 * hour);
      return downs;
    };
    const others = [
      {kind: 'kubelet-stop', node: {pool: 'n', percent: 50}, ...often},
      {kind: 'node-slow', node: {zone: 'a'}, factor: 2, ...turns},
      {kind: 'network-partition', between: {zone: 'a'}, ...often},
    ];
    assert.equal(lives([...others, ...own]), lives(own));
  });
});

test('another node in the group moves no other', () => {
  const lives = (nodes: number) => {
    const each = faultWorld({nodes, faults: [{kind: 'node-failures', ...turns}]});
    const downs = downTimes(each);
    each.start();
    each.simulation.run(500 * hour);
    return downs.filter(({node}) => node < 4);
  };
  assert.equal(lives(9), lives(4));
});

test('every cause of a fault that lasts is alone on its thing, whatever else happens', () => {
  forEachSeed(20, seed => {
    const {simulation, start, store} = world(seed, [{kind: 'node-failures', ...turns}]);
    const open = new Set<string>();
    store.causes.began.watch(id => {
      const target = String(store.causes.get(id)?.target);
      assert.not(open.has(target));
      open.add(target);
    });
    store.causes.ended.watch(id => {
      assert.is(simulation.cause, id);
      assert.ok(open.delete(String(store.causes.get(id)?.target)));
    });
    start();
    simulation.run(300 * hour);
  });
});

test.run();
