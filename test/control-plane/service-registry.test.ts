// Cluster IPs and node ports of Services: pkg/registry/core/service/storage, ipallocator and
// portallocator, KEP-3070, KEP-3668.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Api} from '../../src/control-plane/api.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {clusterIPBand, nodePortBand, scanForFree} from '../../src/objects/allocation-bands.ts';
import type {NewService, ServiceObject} from '../../src/objects/service-object.ts';
import {Store} from '../../src/objects/store.ts';
import {addressText, parseAddress, parseRange} from '../../src/options/address.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {serviceWith} from '../support/services.ts';

class World {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: Api;
  readonly #client;

  constructor({seed = 1, range = '10.96.0.0/24'} = {}) {
    this.simulation = new Simulation({seed});
    this.store = new Store(this.simulation);
    const {simulation, store} = this;
    const services = parseRange(range);
    if (services === undefined) throw new Error(range);
    this.api = new Api({simulation, store, write: 0, network: {services}});
    const limits = {qps: undefined, burst: 1};
    this.#client = this.api.connect({name: 'operator', limits, replies: {}});
  }

  apply(value: NewService): string {
    return this.api.applyObject({kind: 'service', value});
  }

  delete(name: string): void {
    this.#client.writeObject({verb: 'delete', kind: 'service', name: `default/${name}`});
    this.simulation.run(this.simulation.now + 1);
  }

  get(name: string): ServiceObject {
    const id = this.store.services.id(`default/${name}`);
    const service = id === undefined ? undefined : this.store.services.get(id);
    if (service === undefined) throw new Error(`no Service ${name}`);
    return service;
  }

  address(name: string): string {
    return addressText(this.get(name).clusterIP ?? 0);
  }
}

// k8s:pkg/registry/core/service/ipallocator and portallocator: [size, cluster IPs, node ports].
for (const [size, addresses, ports] of [
  [8, 0, 0],
  [16, 0, 0],
  [32, 16, 16],
  [256, 16, 16],
  [4096, 256, 128],
  [1 << 20, 256, 128],
  [2768, 173, 86],
]) {
  test(`of ${size} numbers ${addresses} addresses or ${ports} ports are left to those who ask`, () => {
    assert.is(clusterIPBand(size), addresses);
    assert.is(nodePortBand(size), ports);
  });
}

test('what is not asked for comes from above the band while there is any', () => {
  forEachSeed(50, seed => {
    const random = new RandomStream(`scan/${seed}`);
    const taken = new Set<number>();
    const bands = {size: 40, band: 16};
    for (let i = 0; i < 40; i++) {
      const index = scanForFree(
        bands,
        below => random.integer(0, below - 1),
        at => !taken.has(at),
      );
      assert.is((index ?? -1) >= 16, i < 24);
      taken.add(index ?? -1);
    }
    assert.is(taken.size, 40);
    assert.is(
      scanForFree(
        bands,
        () => 0,
        at => !taken.has(at),
      ),
      undefined,
    );
  });
});

test('each Service has an address of its own, and another may ask for one that is free', () => {
  const world = new World();
  for (let i = 0; i < 200; i++) assert.is(world.apply(serviceWith(`s-${i}`)), 'ok');
  const addresses = Array.from({length: 200}, (_, i) => world.address(`s-${i}`));
  assert.is(new Set(addresses).size, 200);
  const asked = (text: string) =>
    world.apply(serviceWith('asked', {clusterIP: parseAddress(text)}));
  assert.is(asked(addresses[7]), 'invalid');
  assert.is(asked('10.97.0.5'), 'invalid');
  // The network's own, that of the Service kubernetes, and the broadcast address.
  for (const text of ['10.96.0.0', '10.96.0.1', '10.96.0.255']) assert.is(asked(text), 'invalid');
  assert.is(asked('10.96.0.10'), 'ok');
});

test('when all addresses are taken, a Service is refused until one goes', () => {
  const world = new World({range: '10.96.0.0/29'});
  const outcomes = Array.from({length: 6}, (_, i) => world.apply(serviceWith(`s-${i}`)));
  assert.equal(outcomes, ['ok', 'ok', 'ok', 'ok', 'ok', 'invalid']);
  assert.is(world.apply(serviceWith('none', {headless: true})), 'ok');
  world.delete('s-3');
  assert.is(world.apply(serviceWith('s-5')), 'ok');
});

test('a node port goes to one Service at a time', () => {
  const world = new World();
  const wish = (name: string, nodePort?: number) =>
    world.apply(serviceWith(name, {type: 'NodePort', ports: [{nodePort}]}));
  assert.is(wish('a', 30_080), 'ok');
  assert.is(wish('b', 30_080), 'invalid');
  assert.is(wish('b'), 'ok');
  assert.ok((world.get('b').ports[0].nodePort ?? 0) >= 30_086);
  world.delete('a');
  assert.is(wish('c', 30_080), 'ok');
});

test('TCP and UDP of one port share their node port', () => {
  const world = new World();
  const ports = [
    {name: 'tcp', port: 53},
    {name: 'udp', port: 53, protocol: 'UDP'},
    {name: 'web', port: 80},
  ] as const;
  world.apply(serviceWith('dns', {type: 'NodePort', ports}));
  const [tcp, udp, web] = world.get('dns').ports.map(({nodePort}) => nodePort);
  assert.is(tcp, udp);
  assert.is.not(tcp, web);
});

test('an update keeps what it does not name', () => {
  const world = new World();
  world.apply(serviceWith('a', {type: 'NodePort', ports: [{name: 'web'}]}));
  const before = world.get('a');
  const ports = [
    {name: 'more', port: 81},
    {name: 'web', port: 8080},
  ];
  world.apply(serviceWith('a', {type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports}));
  const after = world.get('a');
  assert.is(after.clusterIP, before.clusterIP);
  assert.is(after.ports[1].nodePort, before.ports[0].nodePort);
  assert.is.not(after.ports[0].nodePort, after.ports[1].nodePort);
  assert.type(after.healthCheckNodePort, 'number');
  const row = world.store.services.log.end;
  world.apply(serviceWith('a', {type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports}));
  assert.is(world.store.services.log.end, row);
});

test('a cluster IP never changes, but goes with the type', () => {
  const world = new World();
  world.apply(serviceWith('a', {type: 'NodePort'}));
  const clusterIP = parseAddress('10.96.0.9');
  assert.is(world.apply(serviceWith('a', {type: 'NodePort', clusterIP})), 'invalid');
  assert.is(world.apply(serviceWith('a', {headless: true})), 'invalid');
  const [port] = world.get('a').ports;
  assert.is(world.apply(serviceWith('a', {type: 'ExternalName', externalName: 'b.c'})), 'ok');
  assert.is(world.get('a').clusterIP, undefined);
  const other = serviceWith('b', {type: 'NodePort', ports: [{nodePort: port.nodePort}]});
  assert.is(world.apply(other), 'ok');
});

test('a LoadBalancer may do without node ports', () => {
  const world = new World();
  world.apply(serviceWith('a', {type: 'LoadBalancer', allocateNodePorts: false}));
  assert.is(world.get('a').ports[0].nodePort, undefined);
  assert.equal(world.get('a').loadBalancer, []);
});

test('no number is ever given out twice', () => {
  forEachSeed(60, seed => {
    const world = new World({seed, range: '10.96.0.0/26'});
    const random = new RandomStream(`services/${seed}`);
    for (let step = 0; step < 120; step++) {
      const name = `s-${random.integer(0, 39)}`;
      if (random.integer(0, 2) === 0) world.delete(name);
      else {
        const type = (['ClusterIP', 'NodePort', 'LoadBalancer'] as const)[random.integer(0, 2)];
        const nodePort =
          type !== 'ClusterIP' && random.integer(0, 3) === 0
            ? 30_000 + random.integer(0, 20)
            : undefined;
        const clusterIP =
          random.integer(0, 3) === 0
            ? (parseAddress('10.96.0.0') ?? 0) + random.integer(0, 63)
            : undefined;
        world.apply(serviceWith(name, {type, clusterIP, ports: [{nodePort}]}));
      }
      checkUnique(world.store);
    }
  });
});

function checkUnique({services}: Store): void {
  const all = [...services.all()].map(([, service]) => service);
  const addresses = all.map(({clusterIP}) => clusterIP);
  const ports = all.flatMap(({ports}) => ports.flatMap(({nodePort}) => nodePort ?? []));
  assert.is(new Set(addresses).size, addresses.length);
  assert.is(new Set(ports).size, ports.length);
  for (const port of ports) assert.ok(port >= 30_000 && port <= 32_767);
}

test('what is taken is known again after a restore', () => {
  const world = new World({range: '10.96.0.0/27'});
  for (let i = 0; i < 20; i++) world.apply(serviceWith(`s-${i}`));
  const saved = structuredClone(world.simulation.save());
  const other = new World({range: '10.96.0.0/27'});
  other.apply(serviceWith('s-0'));
  other.simulation.restore(saved);
  for (const each of [world, other]) each.apply(serviceWith('last', {type: 'NodePort'}));
  assert.equal(other.get('last'), world.get('last'));
  checkUnique(other.store);
});

test.run();
