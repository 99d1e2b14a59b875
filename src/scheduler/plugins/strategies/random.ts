// Random: any of the feasible nodes, each as likely as another; a share of a device on any of its
// devices with enough free. What others are measured against. Each attempt of a pod has draws of
// its own, so that one pod moves no other.

import type {RandomStream} from '../../../engine/random.ts';
import {type GpuRequest, tightestFit, wholeDevice} from '../../../objects/gpu.ts';
import type {Devices} from '../../cache/devices.ts';
import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodInfo} from '../../cache/pod-info.ts';
import {definePlugin} from '../../framework.ts';

export const random = definePlugin({
  name: 'Random',
  create({attemptRandom}) {
    let drawn: NodeInfo | undefined;
    const anyPlace = (pod: PodInfo, count: number) => attemptRandom(pod).integer(0, count - 1);
    return {
      ties: 'first',

      pick: anyPlace,

      preScore(pod, nodes) {
        drawn = nodes[anyPlace(pod, nodes.length)];
        return undefined;
      },

      score: (_, node) => (node === drawn ? 100 : 0),

      // As the published simulator: whole devices are taken in order.
      chooseDevices(pod, {devices}) {
        const {gpu} = pod.shape;
        if (gpu === undefined || gpu.milli === wholeDevice)
          return gpu ? tightestFit(devices, gpu) : 0;
        return anyOf(devices, gpu, attemptRandom(pod));
      },
    };
  },
});

/** So many of those with enough free, each choice as likely as another (Knuth's algorithm S). */
function anyOf({free}: Devices, {count, milli}: GpuRequest, stream: RandomStream): number {
  let left = 0;
  for (let i = 0; i < free.length; i++) if (free[i] >= milli) left++;
  let wanted = count;
  let chosen = 0;
  for (let i = 0; i < free.length && wanted > 0; i++) {
    if (free[i] < milli) continue;
    if (stream.integer(0, left - 1) < wanted) {
      chosen |= 1 << i;
      wanted--;
    }
    left--;
  }
  return chosen >>> 0;
}
