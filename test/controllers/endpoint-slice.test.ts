// k8s:pkg/controller/endpointslice and k8s:staging/src/k8s.io/endpointslice: which endpoints a
// Service has, in which slices, and when they are written.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds} from '../../src/engine/time.ts';
import type {Endpoint, EndpointSlice} from '../../src/objects/endpoint-slice.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {NewService} from '../../src/objects/service-object.ts';
import {containerWith, nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {serviceWith} from '../support/services.ts';
import {ControlledWorld, deployment, type WorldOptions} from './world.ts';

function worldWith(service: NewService, replicas = 10, options: WorldOptions = {}) {
  const world = new ControlledWorld(options).start();
  world.api.applyObject({kind: 'service', value: service});
  world.api.applyWorkload(deployment({replicas}));
  return world;
}

const slices = ({store}: ControlledWorld): EndpointSlice[] =>
  [...store.endpointSlices.all()].map(([, slice]) => slice);
const endpoints = (world: ControlledWorld): Endpoint[] =>
  slices(world).flatMap(slice => slice.endpoints);
const after = (world: ControlledWorld, time: number) =>
  world.simulation.run(world.simulation.now + time);
const ready = (world: ControlledWorld) => endpoints(world).filter(each => each.ready).length;
const scale = (world: ControlledWorld, replicas: number) => world.change('web', {replicas});

test('a Service has the addresses of its pods, once they have them', () => {
  const world = worldWith(serviceWith('web'));
  after(world, seconds(2));
  assert.equal(
    slices(world).map(slice => [slice.ports.length, slice.endpoints.length]),
    [[0, 0]],
  );
  after(world, minutes(1));
  const [slice, ...more] = slices(world);
  assert.is(more.length, 0);
  assert.is(slice.service, 'web');
  assert.equal(slice.ports, [{name: '', protocol: 'TCP', port: 80}]);
  const addresses = world.pods().map(pod => world.store.pods.addresses[pod]);
  assert.equal(slice.endpoints.map(({address}) => address).sort(), addresses.sort());
  assert.is(ready(world), 10);
});

test('what a pod goes through is seen in its conditions', () => {
  const world = worldWith(serviceWith('web'), 1);
  after(world, minutes(1));
  const conditions = () =>
    endpoints(world).map(each => [each.ready, each.serving, each.terminating]);
  assert.equal(conditions(), [[true, true, false]]);
  const client = world.operator;
  client.reportUnready(world.pods()[0]);
  after(world, milliseconds(500));
  assert.equal(conditions(), [[false, false, false]]);
  client.reportReady(world.pods()[0]);
  after(world, seconds(2));
  client.deletePod(world.pods()[0]);
  after(world, milliseconds(500));
  assert.equal(conditions(), [[false, true, true]]);
  after(world, seconds(2));
  assert.equal(conditions(), []);
});

test('with publishNotReadyAddresses all that have an address are ready', () => {
  const world = worldWith(serviceWith('web', {publishNotReadyAddresses: true}), 1);
  after(world, minutes(1));
  world.operator.reportUnready(world.pods()[0]);
  after(world, seconds(2));
  assert.equal(
    endpoints(world).map(each => [each.ready, each.serving]),
    [[true, false]],
  );
});

// V7: as many slices as are needed when all come at once, and more after changes.
for (const [replicas, expected] of [
  [99, 1],
  [100, 1],
  [101, 2],
  [250, 3],
]) {
  test(`${replicas} pods that come at once are in ${expected} slices`, () => {
    const nodes = Array.from({length: 4}, (_, i) => nodeWith(`n-${i}`));
    const world = worldWith(serviceWith('web'), replicas, {nodes});
    after(world, minutes(20));
    assert.is(ready(world), replicas);
    assert.ok(slices(world).length >= expected);
    for (const slice of slices(world)) assert.ok(slice.endpoints.length <= 100);
  });
}

test('slices that have room are filled, and none is moved to make it tidy', () => {
  const world = worldWith(serviceWith('web'), 150);
  after(world, minutes(20));
  const before = slices(world).map(({name}) => name);
  scale(world, 155);
  after(world, minutes(2));
  assert.equal(
    slices(world).map(({name}) => name),
    before,
  );
  scale(world, 3);
  after(world, minutes(5));
  assert.is(ready(world), 3);
  scale(world, 0);
  after(world, minutes(5));
  // One empty slice stays.
  assert.equal(
    slices(world).map(slice => slice.endpoints.length),
    [0],
  );
});

test('a change that does not concern endpoints writes nothing', () => {
  const world = worldWith(serviceWith('web'), 3);
  after(world, minutes(1));
  const {end} = world.store.endpointSlices.log;
  world.operator.reportRestarted(world.pods()[0]);
  world.api.applyObject({kind: 'service', value: serviceWith('other', {selector: {app: 'x'}})});
  after(world, minutes(1));
  // The other one's placeholder.
  assert.is(world.store.endpointSlices.log.end, end + 1);
  world.settle();
  assert.is(world.simulation.eventsPending, 0);
});

test('named ports are looked up pod by pod, and pods that differ are in different slices', () => {
  const ports = [
    {name: 'web', port: 80, targetPort: 'http'},
    {name: 'all', port: 81},
  ];
  const world = new ControlledWorld().start();
  world.api.applyObject({kind: 'service', value: serviceWith('web', {ports})});
  for (const [i, containerPort] of [8080, 8080, 9090, undefined].entries()) {
    const port = {name: 'http', containerPort: containerPort ?? 0, protocol: 'TCP'};
    const own = containerPort === undefined ? [] : [{...port, hostPort: 0, hostIP: ''}];
    const spec = {containers: [containerWith(new Map(), {ports: own})]};
    const template = templateWith({labels: {app: 'web'}, spec});
    world.api.applyPod({name: `p-${i}`, template, lifetime: undefined, ordinal: 0});
  }
  after(world, minutes(1));
  const found = slices(world).map(slice => [
    slice.ports.map(({port}) => port),
    slice.endpoints.length,
  ]);
  assert.equal(found.sort(), [
    [[8080, 81], 2],
    [[81], 1],
    [[9090, 81], 1],
  ]);
});

test('a Service without a selector keeps what people write', () => {
  const world = worldWith(serviceWith('web', {selector: undefined}), 3);
  const slice = {...written, name: 'web-1', service: 'web'};
  world.api.applyObject({kind: 'endpoint-slice', value: slice});
  const subsets = [{ports: [], endpoints: written.endpoints}];
  const older = {namespace: 'default', name: 'db', subsets, mirrored: true};
  world.api.applyObject({kind: 'endpoints', value: older});
  after(world, minutes(1));
  assert.equal(
    slices(world).map(({name, version}) => [name, version]),
    [
      ['web-1', 1],
      ['db-mirrored-0', 1],
    ],
  );
});

const written = {
  namespace: 'default',
  name: 'web-1',
  service: 'web',
  managedBy: undefined,
  headless: false,
  ports: [{name: '', protocol: 'TCP', port: 80}],
  endpoints: [
    {
      ...{address: 7, pod: undefined, node: undefined, zone: undefined, hostname: undefined},
      ...{ready: true, serving: true, terminating: false, forZones: [], forNodes: []},
    },
  ],
} as const;

test('somebody else’s change of a slice is undone a second later', () => {
  const world = worldWith(serviceWith('web'), 2);
  after(world, minutes(1));
  const [slice] = slices(world);
  world.api.applyObject({kind: 'endpoint-slice', value: {...slice, endpoints: []}});
  after(world, milliseconds(900));
  assert.is(endpoints(world).length, 0);
  after(world, milliseconds(200));
  assert.is(ready(world), 2);
});

test('while its own last write is not seen, nothing is written for a second', () => {
  const world = worldWith(serviceWith('web'), 2);
  after(world, minutes(1));
  const [one, other] = world.pods();
  world.operator.reportUnready(one);
  // Seen 8 ms later, written after 5 more, seen after 3 more: this one comes in between.
  after(world, milliseconds(6));
  world.operator.reportUnready(other);
  after(world, milliseconds(500));
  assert.is(ready(world), 1);
  after(world, milliseconds(600));
  assert.is(ready(world), 0);
});

test('with the Service its slices go', () => {
  const world = worldWith(serviceWith('web'), 150);
  after(world, minutes(20));
  world.operator.writeObject({verb: 'delete', kind: 'service', name: 'default/web'});
  after(world, seconds(2));
  assert.is(slices(world).length, 0);
  world.api.applyObject({kind: 'service', value: serviceWith('web')});
  after(world, seconds(5));
  assert.is(ready(world), 150);
});

test('a pod on a node that is not there any more is left out', () => {
  const world = worldWith(serviceWith('web'), 3);
  after(world, minutes(1));
  const node = world.store.pods.node(world.pods()[0]);
  if (node === undefined) throw new Error('not bound');
  world.operator.writeNode({verb: 'delete', node});
  world.operator.reportUnready(world.pods()[1]);
  after(world, milliseconds(100));
  assert.is(endpoints(world).length, 2);
});

const zoned = ['a', 'b', 'c'].map(zone =>
  nodeWith(`n-${zone}`, {labels: {'topology.kubernetes.io/zone': zone}}),
);
const hints = (world: ControlledWorld): string[] =>
  endpoints(world)
    .map(each => [...each.forZones, ...each.forNodes].join())
    .sort();

test('trafficDistribution hints to an endpoint’s own zone or node', () => {
  const close = serviceWith('web', {trafficDistribution: 'PreferSameZone'});
  const world = worldWith(close, 3, {nodes: zoned});
  after(world, minutes(1));
  assert.equal(hints(world), ['a', 'b', 'c']);
  const {trafficDistribution: _, ...plain} = close;
  const apply = (value: NewService) => world.api.applyObject({kind: 'service', value});
  apply({...plain, trafficDistribution: 'PreferSameNode'});
  after(world, seconds(5));
  assert.equal(hints(world), ['a,n-a', 'b,n-b', 'c,n-c']);
  apply({...plain, trafficDistribution: undefined});
  after(world, seconds(5));
  assert.equal(hints(world), ['', '', '']);
});

test('topology-mode Auto deals endpoints out by cpu, or not at all', () => {
  const world = worldWith(serviceWith('web', {topologyAuto: true}), 6, {nodes: zoned});
  after(world, minutes(1));
  assert.equal(hints(world), ['a', 'a', 'b', 'b', 'c', 'c']);
  scale(world, 5);
  after(world, minutes(1));
  assert.equal(hints(world), ['', '', '', '', '']);
  scale(world, 7);
  after(world, minutes(1));
  assert.is(hints(world).filter(hint => hint === '').length, 0);
});

test('a zone that is lost takes the hints with it', () => {
  const world = worldWith(serviceWith('web', {topologyAuto: true}), 6, {nodes: zoned.slice(0, 2)});
  after(world, minutes(1));
  assert.equal(hints(world), ['a', 'a', 'a', 'b', 'b', 'b']);
  world.operator.writeNode({
    verb: 'update-status',
    node: 0 as NodeId,
    conditions: {ready: 'False'},
  });
  after(world, seconds(2));
  assert.equal(hints(world), ['', '', '', '', '', '']);
});

test('what is written goes back to what happened to the pod', () => {
  const world = worldWith(serviceWith('web'), 2);
  after(world, minutes(1));
  const {store, operator, simulation} = world;
  const strike = simulation.event('test.strike', () => {
    store.causes.begin({origin: 'fault', kind: 'test', target: 'one'});
    operator.deletePod(world.pods()[0]);
  });
  strike.after(0);
  const causes: number[] = [];
  const {log} = store.endpointSlices;
  log.cursor(() => causes.push(log.cause(log.end - 1)));
  after(world, milliseconds(500));
  assert.is(causes.length, 1);
  assert.is.not(causes[0], 0);
});

test.run();
