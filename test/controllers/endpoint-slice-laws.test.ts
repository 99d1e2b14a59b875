// What holds of endpoint slices whatever happens to Services, pods and nodes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, minutes, seconds} from '../../src/engine/time.ts';
import {mostEndpoints, sliceController} from '../../src/objects/endpoint-slice.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {serviceName} from '../../src/objects/service-object.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {serviceWith} from '../support/services.ts';
import {ControlledWorld, deployment} from './world.ts';

const zones = ['a', 'b', 'c'];
const names = ['web', 'shop', 'db'];
const nodes = Array.from({length: 6}, (_, i) =>
  nodeWith(`n-${i}`, {labels: {'topology.kubernetes.io/zone': zones[i % 3]}}),
);

function worldOf(seed: number): ControlledWorld {
  return new ControlledWorld({
    ...{seed, nodes},
    startup: (_, serial) => milliseconds(500 + ((serial * 7919 * seed) % 3000)),
  });
}

function begun(seed: number): ControlledWorld {
  const world = worldOf(seed).start();
  for (const name of names) {
    world.api.applyObject({kind: 'service', value: serviceOf(name, seed)});
    world.api.applyWorkload(deployment({replicas: 40}, name));
  }
  return world;
}

function serviceOf(name: string, choice: number) {
  const distributions = [undefined, 'PreferSameZone', 'PreferSameNode'] as const;
  return serviceWith(name, {
    topologyAuto: choice % 4 === 3,
    trafficDistribution: distributions[choice % 3],
    publishNotReadyAddresses: choice % 5 === 4,
    headless: choice % 7 === 6,
  });
}

/** Something happens to somebody. */
function stir(world: ControlledWorld, random: RandomStream): void {
  const {operator, store} = world;
  const pods = world.pods();
  const pod = pods[random.integer(0, Math.max(0, pods.length - 1))];
  const name = names[random.integer(0, 2)];
  const node = random.integer(0, nodes.length - 1) as NodeId;
  switch (random.integer(0, 7)) {
    case 0:
      return world.change(name, {replicas: random.integer(0, 130)});
    case 1:
      return pod === undefined ? undefined : operator.deletePod(pod);
    case 2:
      return pod === undefined ? undefined : operator.reportUnready(pod);
    case 3:
      return pod === undefined ? undefined : operator.reportReady(pod);
    case 4:
      return world.setImage(name, `image:${random.integer(1, 9)}`);
    case 5:
      if (store.services.id(`default/${name}`) === undefined) return;
      return operator.writeObject({verb: 'delete', kind: 'service', name: `default/${name}`});
    case 6: {
      const value = serviceOf(name, random.integer(0, 100));
      return operator.writeObject({verb: 'apply', object: {kind: 'service', value}});
    }
    default: {
      const ready = random.integer(0, 1) === 0 ? 'True' : 'False';
      return operator.writeNode({verb: 'update-status', node, conditions: {ready}});
    }
  }
}

function stirUntil(world: ControlledWorld, random: RandomStream, steps: number): void {
  for (let step = 0; step < steps; step++) {
    stir(world, random);
    world.simulation.run(world.simulation.now + milliseconds(random.integer(1, 1500)));
    checkSizes(world);
  }
}

function checkSizes({store}: ControlledWorld): void {
  for (const [, slice] of store.endpointSlices.all()) {
    assert.ok(slice.endpoints.length <= mostEndpoints);
    const serials = slice.endpoints.map(({pod}) => pod?.serial);
    assert.is(new Set(serials).size, serials.length);
  }
}

/** Every pod of a Service is in one of its slices, as it is; nobody else is. */
function checkSettled({store}: ControlledWorld): void {
  const {pods} = store;
  const mine = [...store.endpointSlices.all()]
    .map(([, slice]) => slice)
    .filter(({managedBy}) => managedBy === sliceController);
  const services = new Set([...store.services.all()].map(([, service]) => serviceName(service)));
  for (const {namespace, service} of mine) assert.ok(services.has(`${namespace}/${service}`));
  for (const [, service] of store.services.all()) {
    const own = mine.filter(slice => slice.service === service.name);
    const found = own.flatMap(({endpoints}) => endpoints);
    const selected = [...pods.all()].filter(
      pod =>
        pods.template(pod).labels.get('app') === service.name &&
        pods.addresses[pod] !== 0 &&
        pods.phase(pod) === 'Running',
    );
    const said = found.map(each => [each.pod?.serial, each.address, each.ready, each.serving]);
    const real = selected.map(pod => {
      const ready = pods.ready(pod);
      return [
        pods.serial(pod),
        pods.addresses[pod],
        ready || service.publishNotReadyAddresses,
        ready,
      ];
    });
    assert.equal(said.sort(bySerial), real.sort(bySerial));
    assert.ok(own.length >= 1);
    for (const {headless} of own) assert.is(headless, service.headless);
  }
}

const bySerial = (one: unknown[], other: unknown[]) => Number(one[0]) - Number(other[0]);

test('when all is quiet, slices say what pods are, and no slice is too full', () => {
  forEachSeed(15, seed => {
    const world = begun(seed);
    world.simulation.run(seconds(5));
    stirUntil(world, new RandomStream(`stir/${seed}`), 60);
    world.simulation.run(world.simulation.now + minutes(60));
    checkSizes(world);
    checkSettled(world);
  });
});

test('so it is when the controller manager changes in the middle', () => {
  forEachSeed(12, seed => {
    const world = begun(seed);
    const random = new RandomStream(`stir/${seed}`);
    stirUntil(world, random, 15);
    world.manager.stop();
    stirUntil(world, random, 15);
    world.manager.start();
    stirUntil(world, random, 15);
    world.simulation.run(world.simulation.now + minutes(60));
    checkSettled(world);
  });
});

test('a world that is saved and restored in the middle goes on as the one that was not', () => {
  forEachSeed(12, seed => {
    const world = begun(seed);
    stirUntil(world, new RandomStream(`stir/${seed}`), 25);
    const saved = structuredClone(world.simulation.save());
    const other = worldOf(seed);
    other.simulation.restore(saved);
    for (const each of [world, other]) {
      stirUntil(each, new RandomStream(`more/${seed}`), 15);
      each.simulation.run(each.simulation.now + minutes(10));
    }
    assert.is(other.simulation.fingerprint, world.simulation.fingerprint);
    assert.equal([...other.store.endpointSlices.all()], [...world.store.endpointSlices.all()]);
  });
});

test.run();
