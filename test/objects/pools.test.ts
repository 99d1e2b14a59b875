// Pools of like nodes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {expandPool} from '../../src/objects/pools.ts';
import type {Pool} from '../../src/options/pool.ts';

function pool(more: Partial<Pool>): Pool {
  return {
    name: 'n',
    count: 1,
    zones: [],
    racks: [],
    labels: new Map(),
    taints: [],
    allocatable: new Map([['cpu', 1000]]),
    images: [],
    unschedulable: false,
    ...more,
  };
}

test('nodes are numbered from 0', () => {
  assert.equal(
    expandPool(pool({count: 3})).map(({name}) => name),
    ['n-0', 'n-1', 'n-2'],
  );
});

test('zones and racks are given in turn', () => {
  const nodes = expandPool(pool({count: 4, zones: ['a', 'b'], racks: ['r', 's', 't', 'u']}));
  const where = nodes.map(({labels}) =>
    [labels.get('topology.kubernetes.io/zone'), labels.get('orrery/rack')].join(),
  );
  assert.equal(where, ['a,r', 'b,s', 'a,t', 'b,u']);
});

test("a node has a kubelet's labels, and the pool's own win", () => {
  const labels = new Map([['kubernetes.io/arch', 'arm64']]);
  const [node] = expandPool(pool({labels, region: 'eu'}));
  assert.equal(Object.fromEntries(node.labels), {
    'beta.kubernetes.io/arch': 'arm64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'arm64',
    'kubernetes.io/hostname': 'n-0',
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/region': 'eu',
  });
});

test('nodes share what they have in common', () => {
  const [first, second] = expandPool(pool({count: 2}));
  assert.is(first.allocatable, second.allocatable);
  assert.is(first.annotations, second.annotations);
});

test('an image has one name or many', () => {
  const [{images}] = expandPool(
    pool({
      images: [
        {name: 'a', size: 1},
        {name: ['b', 'c'], size: 2},
      ],
    }),
  );
  assert.equal(images, [
    {names: ['a'], sizeBytes: 1},
    {names: ['b', 'c'], sizeBytes: 2},
  ]);
});

test.run();
