// Pools to Node objects. What the nodes of a pool have in common is one object shared by all of
// them, so that a pool of 50,000 costs a name and a label map a node.

import type {Pool} from '../options/pool.ts';
import {gpuCountName, gpuMilliName, gpuModelName, wholeDevice} from './gpu.ts';
import type {Labels} from './labels.ts';
import {withPrice} from './node-price.ts';
import {healthy, type NodeObject} from './node-spec.ts';
import type {ResourceList} from './resources.ts';

export function expandPool(pool: Pool): NodeObject[] {
  const shared = {
    // Orrery's own; not a label, so that no selector of a real scheduler can see it.
    annotations: withPrice(new Map([['orrery/pool', pool.name]]), pool.price),
    taints: pool.taints,
    unschedulable: pool.unschedulable,
    allocatable: allocatableOf(pool),
    images: pool.images.map(({name, size}) => ({
      names: typeof name === 'string' ? [name] : name,
      sizeBytes: size,
    })),
    conditions: healthy,
  };
  return Array.from({length: pool.count}, (_, i) => {
    const name = `${pool.name}-${i}`;
    return {name, labels: nodeLabels(pool, {name, i}), ...shared};
  });
}

function allocatableOf({allocatable, gpus}: Pool): ResourceList {
  if (gpus === undefined) return allocatable;
  const {count} = gpus;
  return new Map([...allocatable, [gpuCountName, count], [gpuMilliName, count * wholeDevice]]);
}

/** What a kubelet and a cloud provider set, then the pool's own, which win. */
function nodeLabels(pool: Pool, {name, i}: {name: string; i: number}): Labels {
  const labels = new Map([
    ['kubernetes.io/arch', 'amd64'],
    ['kubernetes.io/hostname', name],
    ['kubernetes.io/os', 'linux'],
  ]);
  if (pool.region !== undefined) labels.set('topology.kubernetes.io/region', pool.region);
  if (pool.zones.length > 0) {
    labels.set('topology.kubernetes.io/zone', pool.zones[i % pool.zones.length]);
  }
  if (pool.racks.length > 0) labels.set('orrery/rack', pool.racks[i % pool.racks.length]);
  if (pool.gpus?.model !== undefined) labels.set(gpuModelName, pool.gpus.model);
  for (const [key, value] of pool.labels) labels.set(key, value);
  // The kubelet still sets the old names too, and old manifests select by them.
  for (const what of ['arch', 'os']) {
    const old = `beta.kubernetes.io/${what}`;
    if (!labels.has(old)) labels.set(old, labels.get(`kubernetes.io/${what}`) ?? '');
  }
  return labels;
}
