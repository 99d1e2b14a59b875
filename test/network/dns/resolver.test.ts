// resolv.conf(5); glibc res_query.c and res_send.c; kubernetes-network.md §8.2, V8 and V9.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds, type Time} from '../../../src/engine/time.ts';
import {lookupSilentFor, queryRounds} from '../../../src/network/rules/resolver.ts';
import {serviceWith} from '../../support/services.ts';
import {addService, dnsWorld, lookup, server} from './dns-world.ts';

const rows: [host: string, rounds: number][] = [
  ['web', 1],
  ['web.default', 2],
  ['cart.shop', 2],
  ['web.default.svc', 3],
  ['web.default.svc.cluster.local', 4],
  ['web.default.svc.cluster.local.', 1],
  ['example.com', 4],
  ['a.b.c.d.e.example.com', 1],
  ['example.com.', 1],
];

for (const [host, rounds] of rows) {
  test(`${host} is known after ${rounds} rounds`, () => {
    const world = withServices({options: {takes: '1ms'}});
    const {arrival, delay} = lookup(world, world.destination({host}));
    assert.equal([arrival, delay], ['there', milliseconds(rounds)]);
  });
}

test('the rounds of a name outside are those of the rule', () => {
  for (const host of [
    'example',
    'example.com',
    'a.b.c.d.e.example',
    'example.com.',
    'a.b.c.d.example.',
  ]) {
    for (const ndots of [0, 1, 2, 5, 9]) {
      const world = withServices({options: {takes: '1ms', ndots}});
      const absolute = host.endsWith('.');
      const dotsInName = host.split('.').length - (absolute ? 2 : 1);
      const rounds = queryRounds({searchDomains: 3, dotsInName, ndots, absolute});
      assert.is(lookup(world, world.destination({host})).delay, milliseconds(rounds), host);
    }
  }
});

test('a pod names a Service of its namespace in one round, of another in two', () => {
  const world = withServices({options: {takes: '1ms'}});
  const rounds = (namespace: string, name: string) => {
    const named = {name, namespace: 'default', port: 80, behind: () => undefined};
    return lookup(world, world.dns.service({namespace, name}, named)).delay / milliseconds(1);
  };
  assert.equal([rounds('default', 'web'), rounds('shop', 'cart')], [1, 2]);
});

test('no form of a name that is not there is known', () => {
  const world = withServices({options: {takes: '1ms'}});
  const {arrival, delay} = lookup(world, world.destination({host: 'wbe.svc.cluster.local.'}));
  assert.equal([arrival, delay], ['unresolved', milliseconds(1)]);
});

const silences: [host: string, waits: Time][] = [
  ['web', seconds(20)],
  ['example.com', seconds(20)],
  ['a.b.c.d.e.example.com', seconds(20)],
  ['web.default.svc.cluster.local.', seconds(10)],
];

for (const [host, waits] of silences) {
  test(`${host} is given up after ${waits / 1e6} s of silence`, () => {
    const world = withServices();
    world.nameServers.trouble(1, 'silent');
    const {arrival, delay} = lookup(world, world.destination({host}));
    assert.equal([arrival, delay], ['unresolved', waits]);
    const absolute = host.endsWith('.');
    const servers = {nameservers: 1, timeout: 5, attempts: 2};
    assert.is(delay, lookupSilentFor(servers, {absolute}));
  });
}

test('servers that answer again are heard at the next attempt', () => {
  const world = withServices();
  world.nameServers.trouble(1, 'silent');
  world.simulation.event('test.mended', () => world.nameServers.mend()).after(seconds(3));
  const {arrival, delay} = lookup(world, world.destination({host: 'web'}));
  assert.equal([arrival, delay], ['there', seconds(5)]);
});

test('a name found by its first domain is lost where the first form was given up', () => {
  // As it is, `web` is no name: the last resort does not help.
  const world = withServices();
  world.nameServers.trouble(1, 'silent');
  world.simulation.event('test.mended', () => world.nameServers.mend()).after(seconds(7));
  const {arrival, delay} = lookup(world, world.destination({host: 'web'}));
  assert.equal([arrival, delay], ['unresolved', seconds(10)]);
});

test('a name outside is found as the last resort', () => {
  const world = withServices();
  world.nameServers.trouble(1, 'silent');
  world.simulation.event('test.mended', () => world.nameServers.mend()).after(seconds(7));
  const {arrival, delay} = lookup(world, world.destination({host: 'example.com'}));
  assert.equal([arrival, delay], ['there', seconds(10)]);
});

test('an error sends a resolver on, so that a lookup fails soon', () => {
  const world = withServices({options: {takes: '1ms'}});
  world.nameServers.trouble(1, 'servfail');
  const {arrival, delay} = lookup(world, world.destination({host: 'web'}));
  assert.equal([arrival, delay], ['unresolved', milliseconds(4)]);
});

test('an outage of a share is felt by that share of lookups', () => {
  const world = withServices();
  world.nameServers.trouble(0.25, 'silent');
  const destination = world.destination({host: 'web.default.svc.cluster.local.'});
  const delays = Array.from({length: 4000}, () => lookup(world, destination).delay);
  const share = (waited: Time) => delays.filter(delay => delay === waited).length / delays.length;
  // Both attempts fall silent, or the first alone.
  assert.ok(Math.abs(share(seconds(10)) - 1 / 16) < 0.015, `${share(seconds(10))}`);
  assert.ok(Math.abs(share(seconds(5)) - 3 / 16) < 0.025, `${share(seconds(5))}`);
});

test('a cache on the node keeps answers for 30 s, and denials for 5 s', () => {
  const world = withServices({options: {takes: '1ms', nodeLocal: true}});
  const destination = world.destination({host: 'web.default'});
  const at = (time: Time) => {
    world.simulation.run(time);
    return lookup(world, destination).delay / milliseconds(1);
  };
  // The first form is denied again after 5 s, the second is kept for 30 s.
  const delays = [0, 4, 29, 30, 33, 34].map(second => at(seconds(second)));
  assert.equal(delays, [2, 0, 1, 1, 0, 1]);
  const unknown = world.destination({host: 'wbe.default.svc.cluster.local.'});
  const denied = [35, 39, 40].map(second => {
    world.simulation.run(seconds(second));
    return lookup(world, unknown).delay / milliseconds(1);
  });
  assert.equal(denied, [1, 0, 1]);
});

test('what a cache on the node was told of a name holds for whoever asks for it', () => {
  const world = withServices({options: {takes: '1ms', nodeLocal: true}});
  const full = world.destination({host: 'web.default.svc.cluster.local.'});
  const delays = [full, world.destination({host: 'web'})].map(each => lookup(world, each).delay);
  assert.equal(delays, [milliseconds(1), 0]);
});

test('a denial that a cache on the node keeps outlives the coming of the name', () => {
  const world = withServices({options: {takes: '1ms', nodeLocal: true}});
  const destination = world.destination({host: 'late'});
  const arrivals = [0, 4, 5].map(second => {
    if (second === 4) addService(world, serviceWith('late'));
    world.simulation.run(seconds(second));
    return lookup(world, destination).arrival;
  });
  assert.equal(arrivals, ['unresolved', 'unresolved', 'there']);
});

test('a cache on the node makes an error of a silence after 2 s', () => {
  const world = withServices({options: {nodeLocal: true}});
  world.nameServers.trouble(1, 'silent');
  const {arrival, delay} = lookup(world, world.destination({host: 'web'}));
  assert.equal([arrival, delay], ['unresolved', seconds(8)]);
});

test('a program that keeps answers asks for them no sooner', () => {
  const world = withServices({options: {takes: '1ms'}});
  const destination = world.destination({host: 'web', keeps: seconds(60)});
  const first = lookup(world, destination);
  world.nameServers.trouble(1, 'silent');
  world.simulation.run(seconds(59));
  assert.equal([first.delay, lookup(world, destination).delay], [milliseconds(1), 0]);
  world.simulation.run(seconds(60));
  assert.is(lookup(world, destination).arrival, 'unresolved');
});

test('pods are asked through the proxy of the node', () => {
  const fates = {open: 'there', closed: 'unresolved', hung: 'unresolved'} as const;
  for (const [state, arrival] of Object.entries(fates)) {
    const world = withPods();
    const listener = world.listeners.add(server(7, 1).pod ?? (0 as never), 7, 1 as never);
    if (state !== 'closed') world.listeners.set(listener, state as 'open' | 'hung');
    const {arrival: found, delay} = lookup(world, world.destination({host: 'web'}));
    assert.equal([found, delay >= seconds(20)], [arrival, state === 'hung'], state);
  }
});

test('a refusal of the proxy ends a lookup at once', () => {
  const world = withPods();
  world.views.now = {verdict: 'refuse', targets: [], sticky: undefined};
  const {arrival, delay} = lookup(world, world.destination({host: 'web'}));
  assert.equal([arrival, delay], ['unresolved', 0]);
});

test('who asks again comes to the same pod', () => {
  const world = withPods();
  world.views.now = {...world.views.now, targets: [server(7, 1), server(8, 2)]};
  const listener = world.listeners.add(8 as never, 8, 2 as never);
  world.listeners.set(listener, 'open');
  const destination = world.destination({host: 'web.default.svc.cluster.local.'});
  const delays = Array.from({length: 200}, () => lookup(world, destination).delay);
  const silent = delays.filter(delay => delay >= seconds(10)).length;
  assert.ok(silent > 70 && silent < 130, `${silent}`);
  assert.is(delays.filter(delay => delay >= seconds(5)).length, silent);
});

test('a pod answers so many queries a second, of outside names a fifth', () => {
  for (const [host, queries] of [
    ['web.default.svc.cluster.local.', 2],
    ['example.com.', 10],
  ] as const) {
    const world = withPods({capacity: 1000});
    const listener = world.listeners.add(7 as never, 7, 1 as never);
    world.listeners.set(listener, 'open');
    const destination = world.destination({host});
    const delays = [1, 2, 3].map(() => lookup(world, destination).delay);
    assert.equal(
      delays,
      [1, 2, 3].map(many => milliseconds(many * queries)),
    );
  }
});

function withPods(options: object = {}) {
  const world = withServices({pods: true, options: {capacity: 1e9, ...options}});
  addService(
    world,
    serviceWith('kube-dns', {namespace: 'kube-system', ports: [{port: 53, protocol: 'UDP'}]}),
  );
  world.views.now = {verdict: 'choose', targets: [server(7, 1)], sticky: undefined};
  return world;
}

function withServices(given: Parameters<typeof dnsWorld>[0] = {}) {
  const world = dnsWorld(given);
  addService(world, serviceWith('web'));
  addService(world, serviceWith('cart', {namespace: 'shop'}));
  return world;
}

test.run();
