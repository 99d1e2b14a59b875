// A table of one's own: quantities as Kubernetes writes them, times as durations, seconds or dates.
// Empty cells and columns that are left out are what is not said.

import type {Time} from '../../../engine/time.ts';
import {toTime} from '../../../engine/time.ts';
import {gpuCountName, gpuMilliName, gpuModelName, mostDevices} from '../../../objects/gpu.ts';
import {readTimeCell} from '../../../objects/time-cell.ts';
import {readDuration} from '../../../options/duration.ts';
import {type QuantityUnit, readQuantity} from '../../../options/quantity.ts';
import type {Cells} from '../cells.ts';
import type {Looks} from '../looks.ts';
import {readPairs} from '../pairs.ts';
import type {RowReader, TraceFormat} from '../trace-format.ts';

export const plainCsv: TraceFormat = {
  required: ['cpu', 'memory'],
  optional: [
    ...['name', 'namespace', 'at', 'lifetime', 'count', 'priority', 'labels'],
    ...['gpus', 'gpu_share', 'gpu_models'],
  ],
  open: false,
  times: ['at'],
  fromFirst: false,
  reader: looks => rowReader(looks),
};

function rowReader(looks: Looks): RowReader {
  const known = new Map<string, number>();
  const amount = (cells: Cells, column: string, unit: QuantityUnit): number => {
    const text = cells.text(column);
    const key = `${unit} ${text}`;
    const value = known.get(key) ?? quantityOf(cells, column, unit);
    if (known.size < mostKnown) known.set(key, value);
    return value;
  };
  let dates: boolean | undefined;
  return (cells, pod) => {
    pod.name = cells.text('name');
    if (pod.name === '' && cells.has('name')) cells.refuse('expected a name');
    pod.cpuMillicores = amount(cells, 'cpu', 'milli');
    pod.memoryBytes = amount(cells, 'memory', 'one');
    pod.count = countOf(cells);
    pod.look = lookOf(cells, looks);
    pod.lifetime = cells.text('lifetime') === '' ? Number.NaN : spanOf(cells, 'lifetime');
    pod.at = Number.NaN;
    if (!cells.has('at')) return;
    const {value, isDate} = momentOf(cells);
    dates ??= cells.broken === undefined ? isDate : undefined;
    if (dates !== undefined && isDate !== dates) {
      cells.refuse(`expected at as a ${dates ? 'date' : 'time'}, as above`, cells.text('at'));
    }
    pod.at = value;
  };
}

function quantityOf(cells: Cells, column: string, unit: QuantityUnit): number {
  const text = cells.text(column);
  const value = text === '' ? 0 : readQuantity(text, unit);
  if (typeof value === 'number' && value >= 0) return value;
  cells.refuse(`expected ${column} as a quantity from 0`, text);
  return Number.NaN;
}

function countOf(cells: Cells): number {
  return cells.text('count') === '' ? 1 : cells.number('count', {from: 1, to: 1e6, whole: true});
}

/** Seconds, or a duration with its unit. */
function spanOf(cells: Cells, column: string): Time {
  const text = cells.text(column);
  const time = bareNumber.test(text) ? toTime(Number(text) * 1e6) : readDuration(text);
  if (typeof time === 'number' && time <= Number.MAX_SAFE_INTEGER) return time;
  cells.refuse(`expected ${column} such as 90, 90s or 1.5m`, text);
  return Number.NaN;
}

function momentOf(cells: Cells): {value: number; isDate: boolean} {
  const text = cells.text('at');
  const span = bareNumber.test(text) ? undefined : readDuration(text);
  if (typeof span === 'number') return {value: span, isDate: false};
  const read = readTimeCell(text);
  if (read !== undefined && Number.isSafeInteger(Math.round(read.value))) {
    return {value: Math.round(read.value), isDate: read.isDate};
  }
  cells.refuse('expected at such as 90, 1.5m or 2026-01-01T00:00:00Z', text);
  return {value: Number.NaN, isDate: false};
}

function lookOf(cells: Cells, looks: Looks): number {
  const key = lookColumns.map(column => cells.text(column)).join('\n');
  const known = looks.find(key);
  if (known !== undefined) return known;
  const labels = readPairs(cells, 'labels');
  const annotations = gpusOf(cells);
  const spec = cells.text('priority') === '' ? {} : {priority: priorityOf(cells)};
  const namespace = cells.text('namespace') || undefined;
  if (namespace !== undefined && !dnsLabel.test(namespace)) {
    cells.refuse('expected namespace as a name of small letters, digits and hyphens', namespace);
  }
  if (cells.broken !== undefined) return 0;
  return looks.add(key, {namespace, labels, annotations, spec});
}

function gpusOf(cells: Cells): Record<string, string> {
  const [count, share, models] = ['gpus', 'gpu_share', 'gpu_models'].map(key => cells.text(key));
  const devices = count === '' ? 0 : cells.number('gpus', {to: mostDevices, whole: true});
  if (devices === 0) {
    if (share !== '') cells.refuse('expected gpus from 1, as gpu_share is told');
    return {};
  }
  const milli = share === '' ? 1000 : Math.round(cells.number('gpu_share', {to: 1}) * 1000);
  if (milli === 0) cells.refuse('expected gpu_share as a number from 0.001 to 1', share);
  return {
    ...{[gpuCountName]: `${devices}`, [gpuMilliName]: `${milli}`},
    ...(models !== '' && {[gpuModelName]: models}),
  };
}

function priorityOf(cells: Cells): number {
  return cells.number('priority', {from: -(2 ** 31), to: 2 ** 31 - 1, whole: true});
}

/** Different quantities that are remembered: traces of people have few. */
const mostKnown = 10_000;
const lookColumns = ['namespace', 'labels', 'priority', 'gpus', 'gpu_share', 'gpu_models'];
const bareNumber = /^(\d+\.?\d*|\.\d+)$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
