// How pods and nodes of a trace say what GPUs they ask for and have, as the open simulators of
// Alibaba's clusters do: annotations of pods, resources and a label of nodes.

import type {Labels} from '../../objects/labels.ts';

export const gpuCount = 'alibabacloud.com/gpu-count';
/** Of a pod: of each device; of a node: of all together. A whole device has 1000. */
export const gpuMilli = 'alibabacloud.com/gpu-milli';
/** Of a pod: those that it may have, with | between them; none: any. */
export const gpuModel = 'alibabacloud.com/gpu-card-model';

/** What a pod asks for in all, in thousandths of a device. */
export function requestedGpuMilli(annotations: Labels): number {
  const devices = Number(annotations.get(gpuCount) ?? 0);
  const share = Number(annotations.get(gpuMilli) ?? 1000);
  return devices > 0 && share > 0 ? devices * share : 0;
}
