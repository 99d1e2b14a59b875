// Pod lists of Alibaba's GPU trace of 2023, openb_pod_list_*.csv of github.com/alibaba/clusterdata
// (cluster-trace-gpu-v2023). A pod comes when it was created and runs for as long as from its being
// scheduled to its being deleted; one that never was scheduled, from its creation.

import {second, toTime} from '../../../engine/time.ts';
import {gpuCountName, gpuMilliName, gpuModelName, mostDevices} from '../../../objects/gpu.ts';
import type {Cells} from '../cells.ts';
import type {Looks} from '../looks.ts';
import type {TraceFormat} from '../trace-format.ts';

/** The trace's own word for how important a pod is (LS, BE …); no scheduler reads it. */
const qosLabel = 'alibabacloud.com/qos';

export const openb: TraceFormat = {
  required: ['name', 'cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli'],
  optional: ['gpu_spec', 'qos', 'creation_time', 'deletion_time', 'scheduled_time'],
  open: true,
  times: ['creation_time'],
  fromFirst: true,
  reader: looks => (cells, pod) => {
    pod.name = cells.text('name');
    if (pod.name === '') cells.refuse('expected a name');
    pod.cpuMillicores = cells.number('cpu_milli', large);
    pod.memoryBytes = cells.number('memory_mib', large) * 2 ** 20;
    pod.look = lookOf(cells, looks);
    pod.at = cells.has('creation_time') ? timeOf(cells, 'creation_time') : Number.NaN;
    pod.lifetime = lifetimeOf(cells, pod.at);
  },
};

function lookOf(cells: Cells, looks: Looks): number {
  const count = cells.text('num_gpu');
  const share = cells.text('gpu_milli');
  const models = cells.text('gpu_spec');
  const qos = cells.text('qos');
  const key = `${count},${share},${models},${qos}`;
  const known = looks.find(key);
  if (known !== undefined) return known;
  const devices = cells.number('num_gpu', {to: mostDevices, whole: true});
  const milli = cells.number('gpu_milli', {to: 1000, whole: true});
  if (devices > 0 && milli === 0) cells.refuse('expected gpu_milli from 1, as num_gpu is above 0');
  if (devices === 0 && milli > 0) cells.refuse('expected num_gpu from 1, as gpu_milli is above 0');
  if (!labelValue.test(qos)) cells.refuse('expected qos as a word', qos);
  if (cells.broken !== undefined) return 0;
  const annotations =
    devices === 0
      ? {}
      : {
          [gpuCountName]: count,
          [gpuMilliName]: share,
          ...(models !== '' && {[gpuModelName]: models}),
        };
  return looks.add(key, {labels: qos === '' ? {} : {[qosLabel]: qos}, annotations, spec: {}});
}

/** Seconds since the trace began. */
function timeOf(cells: Cells, column: string): number {
  return toTime(cells.number(column, seconds) * second);
}

function lifetimeOf(cells: Cells, created: number): number {
  if (cells.text('deletion_time') === '') return Number.NaN;
  const deleted = timeOf(cells, 'deletion_time');
  const began = cells.text('scheduled_time') === '' ? created : timeOf(cells, 'scheduled_time');
  if (deleted < began) cells.refuse('it ends before it begins', cells.text('deletion_time'));
  return deleted - began;
}

const large = {to: 1e9, whole: true};
const seconds = {to: 1e9};
const labelValue = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;
