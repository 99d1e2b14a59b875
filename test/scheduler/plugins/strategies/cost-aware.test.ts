import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {PodId} from '../../../../src/objects/ids.ts';
import {NodeInfo} from '../../../../src/scheduler/cache/node-info.ts';
import {PodInfo} from '../../../../src/scheduler/cache/pod-info.ts';
import {PodShapes} from '../../../../src/scheduler/cache/pod-shape.ts';
import type {PluginHandle} from '../../../../src/scheduler/framework.ts';
import {costAware} from '../../../../src/scheduler/plugins/strategies/cost-aware.ts';
import {node, template} from '../../../metrics/fake-world.ts';

// Nodes of 64 cores and 96 GiB; the pod takes an eighth of one.
const eighth = 8000;

test('a node in use is taken before an unused one, however cheap that is', () => {
  const [dear, cheap] = scores([priced('dear', 8, [1000]), priced('cheap', 2, [])]);
  assert.is(dear, 100);
  assert.is(cheap, 0);
});

test('of nodes in use the cheap one is filled, so that the dear one can be given back', () => {
  assert.equal(scores([priced('dear', 8, [1000]), priced('cheap', 2, [1000])]), [0, 100]);
});

test('of unused nodes the cheapest is begun', () => {
  const [dear, cheap, middle] = scores([
    priced('dear', 8, []),
    priced('cheap', 2, []),
    priced('middle', 4, []),
  ]);
  assert.equal([dear, cheap], [0, 100]);
  assert.ok(middle > dear && middle < cheap);
});

test('of equal nodes the fullest is taken', () => {
  assert.equal(scores([priced('a', 1, [1000]), priced('b', 1, [32_000])]), [0, 100]);
});

test('a node with the pods of DaemonSets alone is unused', () => {
  const daemon = {kind: 'DaemonSet', name: 'logs'};
  assert.equal(scores([priced('a', 1, [1000], daemon), priced('b', 1, [1000])]), [0, 100]);
});

test('where nothing has a price all nodes are alike', () => {
  assert.equal(scores([priced('a', 0, []), priced('b', 0, [1000])]), [100, 100]);
});

test('the highest price there may be fits in a score', () => {
  assert.equal(scores([priced('a', 1000, []), priced('b', 1000, [1000])]), [0, 100]);
});

const shapes = new PodShapes(36);
let pods = 0;

function pod(cpu: number, owner?: {kind: string; name: string}): PodInfo {
  const id = pods++ as PodId;
  return new PodInfo(id, `pod-${id}`, shapes.of(template(cpu, 2 ** 20, owner)), 0);
}

/** With pods of so many millicores. */
function priced(
  name: string,
  price: number,
  onIt: readonly number[],
  owner?: {kind: string; name: string},
): NodeInfo {
  const annotations = new Map([['orrery/price', String(price)]]);
  const info = new NodeInfo({...node(name), annotations});
  for (const cpu of onIt) info.add(pod(cpu, owner));
  return info;
}

function scores(nodes: readonly NodeInfo[]): number[] {
  const plugin = costAware.create({} as PluginHandle, undefined);
  const incoming = pod(eighth);
  const all = Int32Array.from(nodes, each => plugin.score?.(incoming, each) ?? 0);
  plugin.normalizeScores?.(incoming, all, nodes);
  return [...all];
}

test.run();
