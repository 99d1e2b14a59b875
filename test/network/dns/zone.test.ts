// kubernetes/dns, docs/specification.md; kubernetes-network.md §8.1.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {Balance} from '../../../src/network/balance.ts';
import {emptyRoute} from '../../../src/network/destination.ts';
import {serviceWith} from '../../support/services.ts';
import {
  addService,
  type DnsWorld,
  dnsWorld,
  endpoint,
  here,
  lookup,
  setEndpoints,
} from './dns-world.ts';

test('a Service with an address has a name whatever is behind it', () => {
  const world = dnsWorld();
  addService(world, serviceWith('web'));
  assert.is(lookup(world, world.destination({host: 'web'})).arrival, 'there');
});

test('a headless Service has a name while it has ready endpoints', () => {
  const world = headless();
  const destination = world.destination({host: 'db'});
  assert.is(lookup(world, destination).arrival, 'unresolved');
  setEndpoints(world, 'db', [endpoint(1, {ready: false}), endpoint(2)]);
  const {arrival, target} = lookup(world, destination);
  assert.equal([arrival, target?.serial, target?.port], ['there', 2, 8080]);
  setEndpoints(world, 'db', [endpoint(2, {ready: false})]);
  assert.is(lookup(world, destination).arrival, 'unresolved');
});

test('a pod behind a headless Service has a name of its own', () => {
  const world = headless();
  setEndpoints(world, 'db', [endpoint(1, {hostname: 'db-0'}), endpoint(2, {hostname: 'db-1'})]);
  const serial = (host: string) => lookup(world, world.destination({host})).target?.serial;
  assert.equal([serial('db-0.db'), serial('db-1.db'), serial('db-2.db')], [1, 2, undefined]);
});

test('an ExternalName is another name, within the cluster or beyond', () => {
  const world = dnsWorld();
  const alias = (name: string, externalName: string) =>
    addService(world, serviceWith(name, {type: 'ExternalName', externalName}));
  addService(world, serviceWith('web'));
  alias('inner', 'web.default.svc.cluster.local');
  alias('outer', 'example.com');
  alias('lost', 'wbe.default.svc.cluster.local');
  alias('loop', 'loop.default.svc.cluster.local');
  const arrival = (host: string) => lookup(world, world.destination({host})).arrival;
  assert.equal(['inner', 'outer', 'lost', 'loop'].map(arrival), [
    'there',
    'there',
    'unresolved',
    'unresolved',
  ]);
});

test('endpoints are known a watch later', () => {
  const world = headless(seconds(2));
  setEndpoints(world, 'db', [endpoint(1)]);
  const destination = world.destination({host: 'db'});
  const arrivals = [seconds(1), seconds(2)].map(time => {
    world.simulation.run(time);
    return lookup(world, destination).arrival;
  });
  assert.equal(arrivals, ['unresolved', 'there']);
});

test('what a program keeps of a headless Service grows old', () => {
  const world = headless();
  setEndpoints(world, 'db', [endpoint(1)]);
  const destination = world.destination({host: 'db', keeps: seconds(30)});
  lookup(world, destination);
  setEndpoints(world, 'db', [endpoint(2)]);
  const serials = [seconds(29), seconds(30)].map(time => {
    world.simulation.run(time);
    return lookup(world, destination).target?.serial;
  });
  assert.equal(serials, [1, 2]);
});

test('each address of a headless Service is as likely as the others', () => {
  const counts = drawn('random', 3000);
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 130, `${counts}`);
});

test('round robin takes the addresses one after another', () => {
  assert.equal(drawn('round-robin', 300), [100, 100, 100]);
});

test('the least busy address is taken, or the less busy of two', () => {
  // The first is never the least, but sometimes one of two that are drawn.
  assert.equal(drawn('least-connections', 300, [2, 1, 5]), [0, 300, 0]);
  const counts = drawn('power-of-two', 3000, [2, 1, 5]);
  assert.ok(Math.abs(counts[1] - 2000) < 130 && counts[2] === 0, `${counts}`);
});

test('an address that was tried before is left out while there are others', () => {
  const world = headless();
  setEndpoints(world, 'db', [endpoint(1), endpoint(2)]);
  const destination = world.destination({host: 'db'});
  const route = emptyRoute();
  for (const [avoid, serial] of [
    [[1], 2],
    [[2], 1],
  ] as const) {
    destination.route({id: 0, place: here}, route, avoid);
    assert.is(route.target?.serial, serial);
  }
  destination.route({id: 0, place: here}, route, [1, 2]);
  assert.is(route.arrival, 'there');
});

test('what is known of names outlives a restore', () => {
  const [one, other] = [headless(), headless()];
  const [first, second] = [one, other].map(world => {
    return world.destination({host: 'db', keeps: seconds(30), balance: 'round-robin'});
  });
  setEndpoints(one, 'db', [endpoint(1), endpoint(2), endpoint(3)]);
  lookup(one, first);
  other.simulation.restore(structuredClone(one.simulation.save()));
  const serials = (world: DnsWorld, destination: typeof first) =>
    Array.from({length: 5}, () => lookup(world, destination).target?.serial);
  assert.equal(serials(other, second), serials(one, first));
});

function drawn(balance: Balance, times: number, loads: number[] = []): number[] {
  const world = headless();
  setEndpoints(world, 'db', [endpoint(1), endpoint(2), endpoint(3)]);
  const destination = world.destination({
    ...{host: 'db', balance},
    loadOf: (_caller, {serial}) => loads[serial - 1],
  });
  const counts = [0, 0, 0];
  for (let i = 0; i < times; i++) counts[(lookup(world, destination).target?.serial ?? 0) - 1]++;
  return counts;
}

function headless(watchDelay = 0): DnsWorld {
  const world = dnsWorld({watchDelay});
  addService(world, serviceWith('db', {headless: true, ports: [{port: 80, targetPort: 8080}]}));
  return world;
}

test.run();
