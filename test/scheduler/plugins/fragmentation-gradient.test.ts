// FGD against its formula, worked out shape by shape and device by device, and by hand.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {Fragmentation} from '../../../src/objects/fragmentation.ts';
import {type GpuRequest, gpuCountName, gpuModelName} from '../../../src/objects/gpu.ts';
import {NodeInfo} from '../../../src/scheduler/cache/node-info.ts';
import {PodShapes} from '../../../src/scheduler/cache/pod-shape.ts';
import {Gradient} from '../../../src/scheduler/plugins/gradient.ts';
import type {Shape} from '../../oracles/fgd/fragmentation.ts';
import {fragmentation as slowly} from '../../oracles/fgd/fragmentation.ts';
import type {OpenbPod} from '../../oracles/fgd/openb.ts';
import {policies} from '../../oracles/fgd/policies.ts';
import {fc} from '../../support/fast-check.ts';
import {nodeWith, templateWith} from '../../support/pods-and-nodes.ts';

type Node = {readonly cpu: number; readonly free: readonly number[]};
type Typical = Omit<Shape, 'probability'> & {readonly pods: number};

const half: Typical = {cpu: 1000, count: 1, milli: 500, models: [], pods: 1};
const pair: Typical = {cpu: 1000, count: 2, milli: 1000, models: [], pods: 1};

// What is typical, the node, the pod's devices, its score and what it gets. By hand: a hundred times
// 1 / (1 + exp(-gain)), where the gain is the fragmentation before minus that after, in devices.
const cases: [string, Typical[], Node, GpuRequest | undefined, [number, number]][] = [
  ['nothing changes', [half], {cpu: 9000, free: [1000, 1000]}, share(500), [50, 0b01]],
  ['the rest is lost: -0.4', [half], {cpu: 9000, free: [1000]}, share(600), [40, 0b1]],
  ['what was lost is used: 0.4', [half], {cpu: 9000, free: [1000, 400]}, share(400), [59, 0b10]],
  ['a pair is broken: -1.5', [pair], {cpu: 9000, free: [1000, 1000]}, share(500), [18, 0b01]],
  ['a pair is used', [pair], {cpu: 9000, free: [1000, 1000, 300]}, whole(2), [50, 0b011]],
  // -0.495 and -0.493 are 37.87 and 37.92: whole numbers are compared.
  ['the first of equal scores', [half], {cpu: 9000, free: [505, 503]}, share(10), [37, 0b01]],
  ['without the CPU all is lost: -1', [half], {cpu: 1500, free: [1000]}, undefined, [26, 0]],
];

for (const [name, typical, node, gpu, [score, devices]] of cases) {
  test(name, () => {
    const {gradient, shape, info} = world(typical, node, {cpu: 1000, gpu});
    assert.is(gradient.score(shape, info), score);
    assert.is(gradient.devices(shape, info), devices);
  });
}

test('score and device are those of the formula', () => {
  const milli = fc.constantFrom(100, 250, 460, 500, 1000);
  const models = fc.subarray(['A', 'B']);
  const typical = fc.record({
    cpu: fc.constantFrom(0, 1000, 4000),
    count: fc.integer({min: 0, max: 3}),
    ...{milli, models, pods: fc.integer({min: 1, max: 40})},
  });
  const free = fc.array(fc.constantFrom(0, 90, 250, 460, 540, 1000), {minLength: 1, maxLength: 8});
  const pod = fc.record({cpu: fc.constantFrom(0, 1000, 3000), count: fc.integer({max: 4}), milli});
  fc.assert(
    fc.property(
      fc.array(typical, {minLength: 1, maxLength: 9}),
      free,
      pod,
      (shapes, parts, own) => {
        const count = own.count <= 0 ? 0 : own.milli < 1000 ? 1 : own.count;
        const asked = {...own, count, name: 'p', memory: 0, models: []};
        fc.pre(parts.filter(part => part >= asked.milli).length >= count);
        const node = {cpu: 5000, free: parts};
        const gpu = count === 0 ? undefined : {count, milli: own.milli, models: []};
        const {gradient, shape, info} = world(sixtyFour(shapes), node, {cpu: own.cpu, gpu});
        const expected = byFormula(sixtyFour(shapes), node, asked);
        assert.is(gradient.score(shape, info), expected.score);
        assert.is(
          gradient.devices(shape, info),
          bitsOf(expected.devices(new RandomStream('none'))),
        );
      },
    ),
  );
});

// Then probabilities are binary fractions, and the formula adds them up without rounding.
function sixtyFour(shapes: readonly Typical[]): Typical[] {
  const first = shapes.slice(0, -1).map(shape => ({...shape, pods: 1 + (shape.pods % 5)}));
  const rest = 64 - first.reduce((sum, {pods}) => sum + pods, 0);
  return [...first, {...shapes[shapes.length - 1], pods: rest}].map(shape => ({
    ...shape,
    milli: shape.count === 0 ? 0 : shape.milli,
  }));
}

function byFormula(typical: readonly Typical[], {cpu, free}: Node, pod: OpenbPod) {
  const shapes = typical.map(({pods, ...shape}) => ({...shape, probability: pods / 64}));
  const state = {model: 'A', cpuFree: cpu, free: [...free]};
  const played = {name: 'n', memoryFree: 0, pods: 0, version: 0, classes: new Set<number>()};
  const node = {...state, ...played, fragmentation: slowly(state, shapes)};
  return policies.FGD.look({pod, node, shapes});
}

type Asked = {readonly cpu: number; readonly gpu: GpuRequest | undefined};

function world(typical: readonly Typical[], {cpu, free}: Node, asked: Asked) {
  const shapes = typical.map(({cpu: cpuMillicores, ...shape}) => ({...shape, cpuMillicores}));
  const allocatable = new Map([
    ['cpu', cpu],
    [gpuCountName, free.length],
  ]);
  const info = new NodeInfo(nodeWith('n', {allocatable, labels: {[gpuModelName]: 'A'}}));
  for (const [i, part] of free.entries()) {
    if (part < 1000) info.devices.take(share(1000 - part), 1 << i);
  }
  const spec = {gpu: asked.gpu};
  const shape = new PodShapes(35).of(templateWith({cpuMillicores: asked.cpu, spec}));
  return {gradient: new Gradient(new Fragmentation(shapes)), shape, info};
}

function share(milli: number): GpuRequest {
  return {count: 1, milli, models: []};
}

function whole(count: number): GpuRequest {
  return {count, milli: 1000, models: []};
}

function bitsOf(devices: readonly number[]): number {
  return devices.reduce((bits, device) => bits | (1 << device), 0);
}

test.run();
