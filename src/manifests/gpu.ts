// GPU devices as Alibaba's clusters write them: a pod's request in annotations, a node's devices in
// its allocatable. nvidia.com/gpu and its like are extended resources, whole ones that are counted.

import {
  type GpuRequest,
  gpuCountName,
  gpuMilliName,
  gpuModelName,
  mostDevices,
  wholeDevice,
} from '../objects/gpu.ts';
import type {ResourceList} from '../objects/resources.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

/** Of one device, all of it, unless the annotations say more. */
export function readGpuRequest(annotations: Field): GpuRequest | undefined {
  const counted = annotations.get(gpuCountName);
  const shared = annotations.get(gpuMilliName);
  if (!counted.present && !shared.present) return undefined;
  const count = readWhole(counted, mostDevices) ?? 1;
  const milli = readWhole(shared, wholeDevice) ?? wholeDevice;
  if (count === 0 || milli === 0) return undefined;
  const models = annotations.get(gpuModelName).text() ?? '';
  return {count, milli, models: models.split('|').filter(model => model !== '')};
}

function readWhole(field: Field, most: number): number | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text);
  field.error(`expected a whole number from 0 to ${most} in quotes, got ${show(text)}`);
  return undefined;
}

/** Devices are of 1,000 milli each, and one bit tells of each of them. */
export function checkGpus(allocatable: Field, amounts: ResourceList): void {
  const count = amounts.get(gpuCountName);
  const milli = amounts.get(gpuMilliName);
  if (count !== undefined && count > mostDevices) {
    allocatable.get(gpuCountName).error(`expected at most ${mostDevices} devices, got ${count}`);
  } else if (milli !== undefined && milli !== (count ?? 0) * wholeDevice) {
    const expected = `${wholeDevice} for each of its ${count ?? 0} devices`;
    allocatable.get(gpuMilliName).warning(`expected ${expected}, which count, got ${milli}`);
  }
}
