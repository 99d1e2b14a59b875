// kubelet's pkg/kubelet/network/dns/dns.go; resolv.conf(5); glibc's res_send.c.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds, type Time} from '../../../src/engine/time.ts';
import {emptyRoute} from '../../../src/network/destination.ts';
import {setupOf} from '../../../src/network/dns/resolver-setup.ts';
import type {PodDns} from '../../../src/objects/pod-spec.ts';
import {template} from '../../metrics/fake-world.ts';
import {serviceWith} from '../../support/services.ts';
import {addService, dnsWorld, here} from './dns-world.ts';

type Said = Partial<PodDns> & {readonly hostNetwork?: boolean};

const inside = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

const setups: [said: Said, servers: string, searches: string[], ndots: number][] = [
  [{}, 'cluster', inside, 5],
  [{hostNetwork: true}, 'elsewhere', [], 1],
  [{hostNetwork: true, policy: 'ClusterFirstWithHostNet'}, 'cluster', inside, 5],
  [{policy: 'Default'}, 'elsewhere', [], 1],
  [{policy: 'Default', searches: ['corp.example']}, 'elsewhere', ['corp.example'], 1],
  [{policy: 'None', nameservers: ['9.9.9.9']}, 'elsewhere', [], 1],
  [{policy: 'None', nameservers: ['10.96.0.10'], searches: inside, ndots: 2}, 'cluster', inside, 2],
  [{ndots: 1}, 'cluster', inside, 1],
  [{searches: ['corp.example', 'cluster.local']}, 'cluster', [...inside, 'corp.example'], 5],
  [{nameservers: ['9.9.9.9', '10.96.0.10']}, 'cluster elsewhere cluster', inside, 5],
  [{nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3']}, 'cluster elsewhere elsewhere', inside, 5],
];

for (const [said, servers, searches, ndots] of setups) {
  test(`${JSON.stringify(said)} asks ${servers}, ndots ${ndots}`, () => {
    const options = {zone: 'cluster.local', ndots: 5, timeout: seconds(5), attempts: 2};
    const setup = setupOf(saidOf(said), options, address => address === '10.96.0.10');
    assert.equal(
      [setup.servers.join(' '), setup.searches, setup.ndots],
      [servers, searches, ndots],
    );
  });
}

// How a pod of namespace `shop` fares with servers that take 1 ms.
const lookups: [said: Said, host: string, arrival: string, delay: Time][] = [
  [{}, 'cart', 'there', milliseconds(1)],
  [{}, 'web', 'unresolved', milliseconds(4)],
  [{}, 'web.default', 'there', milliseconds(2)],
  [{ndots: 1}, 'web.default', 'there', milliseconds(3)],
  [{ndots: 1}, 'example.com', 'there', milliseconds(1)],
  [{hostNetwork: true}, 'cart', 'unresolved', 0],
  [{hostNetwork: true}, 'example.com', 'there', 0],
  [{hostNetwork: true, policy: 'ClusterFirstWithHostNet'}, 'cart', 'there', milliseconds(1)],
  [{searches: ['default.svc.cluster.local']}, 'web', 'there', milliseconds(4)],
];

for (const [said, host, arrival, delay] of lookups) {
  test(`${JSON.stringify(said)} finds ${host}: ${arrival} after ${delay / 1000} ms`, () => {
    assert.equal(asked(said, host), {arrival, delay});
  });
}

const dead: [said: Said, host: string, arrival: string, delay: Time][] = [
  // The other server knows no name of the cluster: what it denies, it denies for good.
  [{nameservers: ['9.9.9.9']}, 'cart', 'unresolved', 4 * seconds(5)],
  [{nameservers: ['9.9.9.9']}, 'example.com', 'there', 4 * seconds(5)],
  [{timeout: 1, attempts: 1}, 'cart', 'unresolved', 2 * seconds(1)],
  [{timeout: 30, attempts: 5}, 'cart.shop.svc.cluster.local.', 'unresolved', 5 * seconds(30)],
  // Two servers, both dead: 5 s and floor(5·2/2) s, twice, of two forms.
  [{nameservers: ['10.96.0.10']}, 'cart', 'unresolved', 2 * 2 * seconds(5 + 5)],
  [{nameservers: ['10.96.0.10', '10.96.0.10']}, 'cart', 'unresolved', 2 * 2 * seconds(5 + 3 + 6)],
];

for (const [said, host, arrival, delay] of dead) {
  test(`with dead servers ${JSON.stringify(said)} finds ${host}: ${arrival} after ${delay / 1e6} s`, () => {
    assert.equal(asked(said, host, 'silent'), {arrival, delay});
  });
}

function asked(said: Said, host: string, trouble?: 'silent') {
  const world = dnsWorld({options: {takes: '1ms'}});
  addService(world, serviceWith('web'));
  addService(world, serviceWith('cart', {namespace: 'shop'}));
  const {simulation, store, nameServers} = world;
  if (trouble !== undefined) nameServers.trouble(1, trouble);
  const pod = {name: 'p', template: saidOf(said), priority: 0, lifetime: undefined};
  const number = store.pods.templateIdOf(store.pods.create(pod, 0));
  const destination = world.destination({host});
  const route = emptyRoute();
  for (let waited = 0; ; waited += route.delay) {
    destination.route({id: 0, place: here, template: number}, route, []);
    const {arrival, delay} = route;
    if (arrival !== 'searching') return {arrival, delay: waited + delay};
    simulation.run(simulation.now + delay);
  }
}

function saidOf({hostNetwork = false, ...given}: Said) {
  const plain = template(0, 0);
  const dns: PodDns = {
    ...{policy: 'ClusterFirst', nameservers: [], searches: []},
    ...{ndots: undefined, timeout: undefined, attempts: undefined},
    ...given,
  };
  return {...plain, namespace: 'shop', spec: {...plain.spec, hostNetwork, dns}};
}

test.run();
