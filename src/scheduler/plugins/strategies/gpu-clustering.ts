// GpuClustering: pods of one class (shares, or so many whole devices) together, on nodes whose
// devices are well used. As in the FGD paper (Weng et al., USENIX ATC 2023; scores as in its
// simulator). A pod without devices does not mind.

import {type GpuRequest, wholeDevice} from '../../../objects/gpu.ts';
import {classOf} from '../../cache/devices.ts';
import type {NodeInfo} from '../../cache/node-info.ts';
import {definePlugin} from '../../framework.ts';
import {pluginArgs, wholeNumber} from '../plugin-args.ts';

export const gpuClustering = definePlugin({
  name: 'GpuClustering',
  options: pluginArgs('GpuClusteringArgs', {
    /** Of the largest node. */
    devices: wholeNumber(1, 32).default(8),
  }),
  create(_, {devices}) {
    const most = devices * wholeDevice;
    return {
      reads: {score: 'node'},
      ties: 'first',
      score: ({shape: {gpu}}, node) => (gpu === undefined ? 0 : clustering(gpu, node, most)),
    };
  },
});

function clustering(gpu: GpuRequest, {devices}: NodeInfo, most: number): number {
  const used = Math.max(0, Math.trunc((25 * (most - devices.totalFree)) / most));
  if (devices.podsOf(classOf(gpu)) > 0) return used + (devices.classes === 1 ? 75 : 50);
  return devices.classes === 0 ? used + 25 : used;
}
