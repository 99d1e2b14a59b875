// A pod that asks for devices, whole or in shares, needs as many with enough free, of a model that
// it takes (`gpu-count`, `gpu-milli` and `gpu-card-model` of alibabacloud.com). Which of them it
// gets is decided once its node is: the tightest fit, unless a strategy chooses.

import type {GpuRequest} from '../../objects/gpu.ts';
import {fits} from '../cache/devices.ts';
import {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {definePlugin, type Rejection} from '../framework.ts';

const tooLittleFree: Rejection = {code: 'unschedulable', reasons: ['Insufficient GPU']};
const tooFew: Rejection = {code: 'unresolvable', reasons: ['Insufficient GPU']};
const otherModel: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't have the pod's GPU model"],
};

export const gpuShare = definePlugin({
  name: 'GpuShare',
  create() {
    return {
      reads: {filter: 'node'},

      filter({shape: {gpu}}, node) {
        return gpu === undefined || fits(node.devices, gpu) ? undefined : rejection(node, gpu);
      },

      requeueOn: [
        {on: 'pod-deleted', hint: freed},
        {on: 'node-added', hint: couldFit},
        {on: 'node-allocatable-changed', hint: couldFit},
        {on: 'node-labels-changed', hint: couldFit},
      ],
    };
  },
});

function rejection({devices}: NodeInfo, {count, models}: GpuRequest): Rejection {
  if (devices.free.length < count) return tooFew;
  if (models.length > 0 && !models.includes(devices.model)) return otherModel;
  return tooLittleFree;
}

function freed(_pod: PodInfo, event: ClusterEvent): boolean {
  if (event.kind !== 'pod-deleted' || event.pod.shape.gpu === undefined) return false;
  return event.pod.node !== undefined || event.pod.nominatedNode !== undefined;
}

function couldFit({shape: {gpu}}: PodInfo, event: ClusterEvent): boolean {
  if (gpu === undefined || !('node' in event)) return false;
  return fits(new NodeInfo(event.node.object).devices, gpu);
}
