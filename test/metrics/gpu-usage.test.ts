// Allocation and fragmentation of devices, by hand and against adding all up after every step.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Measures} from '../../src/metrics/index.ts';
import {Fragmentation} from '../../src/objects/fragmentation.ts';
import {type GpuRequest, gpuCountName, gpuModelName} from '../../src/objects/gpu.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {emptyWorld} from './fake-world.ts';
import {figure, overSeeds, rowsOf} from './over-seeds.ts';

const options = {pods: false, events: false, timeseries: undefined};
/** Half a device, and one core: nothing else is typical. */
const half = {cpuMillicores: 1000, count: 1, milli: 500, models: [], pods: 3};

test('what pods hold of devices counts from binding to end', () => {
  const world = gpuWorld(2);
  const {simulation, measures} = world;
  const steps = [
    () => world.place(share(600), {node: 0, devices: 0b01}),
    () => world.place(share(1000, 2), {node: 1, devices: 0b11}),
    () => world.end(0),
  ];
  for (const step of steps.keys()) world.at(1000 * (step + 1), steps[step]);
  simulation.run(4000);
  measures.finish(4000);
  assert.is(figure(measures, 'gpu_devices'), '4');
  // 600 for 2000 us and 2000 for 2000 us, of 4000 for 4000 us.
  assert.is(figure(measures, 'gpu_allocated_share_mean'), '0.325000');
  assert.is(figure(measures, 'gpu_allocated_share_end'), '0.500000');
  // Of the share pod's device 400 are too few for half a device, for 2000 us.
  assert.is(figure(measures, 'gpu_fragmented_share_mean'), '0.050000');
  assert.is(figure(measures, 'gpu_fragmented_share_end'), '0.000000');
});

test('a pod that came without a choice of devices holds those that fit it tightest', () => {
  const {simulation, measures, ...world} = gpuWorld(1);
  world.at(0, () => world.place(share(600), {node: 0, devices: 0b10}));
  world.at(1000, () => world.place(share(400), {node: 0, devices: 0}));
  world.at(2000, () => world.place(share(1000), {node: 0, devices: 0}));
  simulation.run(3000);
  measures.finish(3000);
  assert.is(figure(measures, 'gpu_allocated_share_end'), '1.000000');
  assert.is(figure(measures, 'gpu_fragmented_share_end'), '0.000000');
});

test('a node without CPU for typical pods is fragmented whole', () => {
  const world = gpuWorld(1);
  world.at(1000, () => world.place(undefined, {node: 0, devices: 0}, 3500));
  world.simulation.run(2000);
  world.measures.finish(2000);
  assert.is(figure(world.measures, 'gpu_fragmented_share_end'), '1.000000');
  assert.is(figure(world.measures, 'gpu_fragmented_share_of_idle_end'), '1.000000');
});

test('devices of nodes that go, come or change count while they are there', () => {
  const world = gpuWorld(2);
  const {simulation, store, measures} = world;
  world.at(1000, () => store.nodes.delete(1 as NodeId, simulation.now));
  world.at(2000, () => store.nodes.replace(0 as NodeId, gpuNode('n0', 4), simulation.now));
  world.at(3000, () => world.place(share(1000), {node: 0, devices: 0b1000}));
  simulation.run(4000);
  measures.finish(4000);
  assert.is(figure(measures, 'gpu_devices'), '4');
  // 1000 for 1000 us, of 4000 for 1000, 2000 for 1000 and 4000 for 2000.
  assert.is(figure(measures, 'gpu_allocated_share_mean'), (1 / 14).toFixed(6));
  assert.is(figure(measures, 'gpu_allocated_share_end'), '0.250000');
});

test('a step is what became of a pod, at the percent that was asked for by then', () => {
  const world = gpuWorld(1);
  const {simulation, measures} = world;
  world.at(1000, () => world.place(share(500), {node: 0, devices: 0b01}));
  world.at(2000, () => world.place(share(500), {node: 0, devices: 0b01}));
  world.at(3000, () => world.create(undefined));
  // It finds no place.
  world.at(4000, () => world.create(share(1000)));
  simulation.run(5000);
  measures.finish(5000);
  const rows = rowsOf(measures, 'arrivals.csv').map(Object.values);
  assert.equal(
    rows.filter(([, metric]) => metric === 'steps' || metric === 'gpu_allocated_share'),
    [
      ['0.25', 'steps', '', '1'],
      ['0.25', 'gpu_allocated_share', '', '0.250000'],
      ['0.50', 'steps', '', '2'],
      ['0.50', 'gpu_allocated_share', '', '0.500000'],
      ['1.00', 'steps', '', '1'],
      ['1.00', 'gpu_allocated_share', '', '0.500000'],
    ],
  );
  assert.is(figure(measures, 'gpu_allocated_share_at', '50%'), '0.500000');
});

test('without devices nothing is said of them', () => {
  const world = gpuWorld(0);
  world.at(1000, () => world.create(share(500)));
  world.simulation.run(2000);
  world.measures.finish(2000);
  assert.not(world.measures.figures().some(({metric}) => metric.startsWith('gpu')));
  assert.not(world.measures.tables().some(({file}) => file === 'arrivals.csv'));
});

test('after any pods came and went, all is as adding it up says', () => {
  overSeeds(20, seed => {
    const world = gpuWorld(3);
    const random = new RandomStream(`law/${seed}`);
    for (let i = 0; i < 40; i++) world.at(1000 + i, () => world.stir(random));
    world.simulation.run(5000);
    world.measures.finish(5000);
    const {allocated, fragmented} = world.slowly();
    assert.is(figure(world.measures, 'gpu_allocated_share_end'), (allocated / 6000).toFixed(6));
    assert.is(figure(world.measures, 'gpu_fragmented_share_end'), (fragmented / 6000).toFixed(6));
  });
});

type Held = {pod: PodId; node: number; device: number; milli: number; cpu: number};

/** So many nodes of two devices and four cores; pods go where they are told. */
function gpuWorld(nodes: number) {
  const world = {...emptyWorld(), fragmentation: new Fragmentation([half])};
  const {simulation, store} = world;
  const measures = new Measures(world, options);
  const steps: (() => void)[] = [];
  const act = simulation.event('act', (step: number) => steps[step]());
  const held: Held[] = [];
  for (let i = 0; i < nodes; i++) store.nodes.add(gpuNode(`n${i}`, 2), 0);

  const at = (time: number, step: () => void) => act.at(time, steps.push(step) - 1);
  const create = (gpu: GpuRequest | undefined, cpuMillicores = 0): PodId => {
    const template = templateWith({cpuMillicores, spec: {gpu}});
    const wish = {name: `p${store.pods.created}`, template, priority: 0, lifetime: undefined};
    const pod = store.pods.create(wish, simulation.now);
    store.signals.created.emit(pod);
    return pod;
  };
  const place = (
    gpu: GpuRequest | undefined,
    {node, devices}: {node: number; devices: number},
    cpu = 0,
  ): PodId => {
    const pod = create(gpu, cpu);
    store.pods.devices[pod] = devices;
    store.pods.bind(pod, node as NodeId, simulation.now);
    return pod;
  };
  const end = (pod: number) => store.signals.ended.emit(pod as PodId, 'succeeded', '');
  const stir = (random: RandomStream): void => {
    if (held.length > 0 && random.uniform() < 0.4) {
      const [gone] = held.splice(random.integer(0, held.length - 1), 1);
      return end(gone.pod);
    }
    const [node, device] = [random.integer(0, nodes - 1), random.integer(0, 1)];
    const [milli, cpu] = [100 * random.integer(1, 9), 500 * random.integer(0, 3)];
    const there = held.filter(one => one.node === node && one.device === device);
    if (there.reduce((sum, one) => sum + one.milli, milli) > 1000) return;
    const pod = place(share(milli), {node, devices: 1 << device}, cpu);
    held.push({pod, node, device, milli, cpu});
  };
  const slowly = () => {
    const allocated = held.reduce((sum, {milli}) => sum + milli, 0);
    let fragmented = 0;
    for (let node = 0; node < nodes; node++) {
      const here = held.filter(one => one.node === node);
      const cpuFree = here.reduce((free, {cpu}) => free - cpu, 4000);
      for (const device of [0, 1]) {
        const on = here.filter(one => one.device === device);
        const free = on.reduce((left, {milli}) => left - milli, 1000);
        if (free < half.milli || cpuFree < half.cpuMillicores) fragmented += free;
      }
    }
    return {allocated, fragmented};
  };
  return {simulation, store, measures, at, create, place, end, stir, slowly};
}

function gpuNode(name: string, count: number) {
  const allocatable = new Map([
    ['cpu', 4000],
    ['memory', 2 ** 34],
    ['pods', 110],
    [gpuCountName, count],
  ]);
  return nodeWith(name, {allocatable, labels: {[gpuModelName]: 'V100'}});
}

function share(milli: number, count = 1): GpuRequest {
  return {count, milli, models: []};
}

test.run();
