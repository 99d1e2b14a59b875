// GpuPacking: devices in use before entirely free ones of nodes in use, those before nodes whose
// devices are all free. As in the FGD paper (Weng et al., USENIX ATC 2023; scores as in its
// simulator). A pod without devices does not mind.

import {type GpuRequest, tightestFit, wholeDevice} from '../../../objects/gpu.ts';
import type {NodeInfo} from '../../cache/node-info.ts';
import {definePlugin} from '../../framework.ts';

export const gpuPacking = definePlugin({
  name: 'GpuPacking',
  create() {
    return {
      reads: {score: 'node'},
      ties: 'first',
      score: ({shape: {gpu}}, node) => (gpu === undefined ? 0 : packing(gpu, node)),
    };
  },
});

function packing(gpu: GpuRequest, {devices}: NodeInfo): number {
  const {free} = devices;
  let idle = 0;
  for (let i = 0; i < free.length; i++) if (free[i] === wholeDevice) idle++;
  if (idle === free.length) return Math.min(100, Math.max(33 - idle, idle));
  const chosen = tightestFit(devices, gpu);
  let idleChosen = 0;
  let hundredths = 0;
  for (let i = 0; i < free.length; i++) {
    if (((chosen >>> i) & 1) === 0) continue;
    if (free[i] === wholeDevice) idleChosen++;
    hundredths += Math.trunc((free[i] * 100) / wholeDevice);
  }
  if (idleChosen > 0) return Math.max(50 - idleChosen, 33);
  return Math.max(100 - Math.trunc(hundredths / 10), 50);
}
