// Nodes listed in CSV: as Alibaba's GPU trace lists them, or in a table of one's own. Rows become
// Node objects as manifests write them, and are decoded as those are, each different one once.

import {decode} from '../manifests/decode.ts';
import {Field, type Finding} from '../manifests/field.ts';
import {gpuCountName, gpuMilliName, gpuModelName, mostDevices} from '../objects/gpu.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {readQuantity} from '../options/quantity.ts';
import type {Cells} from '../workload/traces/cells.ts';
import {CsvTable, type TableColumns} from '../workload/traces/csv-table.ts';
import {readPairs} from '../workload/traces/pairs.ts';
import type {Broken} from '../workload/traces/row-report.ts';
import type {Source} from './source.ts';
import {tellOfRows} from './tell-of-rows.ts';
import type {Path} from './yaml-document.ts';

export type NodeFormat = 'openb' | 'csv';

type Row = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
};

type Format = TableColumns & {readonly read: (cells: Cells) => Row};

const formats: Readonly<Record<NodeFormat, Format>> = {
  openb: {
    required: ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model'],
    optional: [],
    open: true,
    read: cells => {
      const cpu = `${cells.number('cpu_milli', {to: 1e9, whole: true})}m`;
      const memory = `${cells.number('memory_mib', {to: 1e9, whole: true})}Mi`;
      // Of the open simulators of these clusters: so many that no node is ever full of them.
      const allocatable = {cpu, memory, pods: '1001', ...gpusOf(cells, 'gpu')};
      return {name: cells.text('sn'), labels: modelOf(cells.text('model')), allocatable};
    },
  },
  csv: {
    required: ['name', 'cpu', 'memory'],
    optional: ['pods', 'gpus', 'gpu_model', 'labels'],
    open: false,
    read: cells => {
      const cpu = amount(cells, 'cpu');
      const memory = amount(cells, 'memory');
      const pods = cells.text('pods') === '' ? '110' : amount(cells, 'pods');
      const labels = {...modelOf(cells.text('gpu_model')), ...readPairs(cells, 'labels')};
      const allocatable = {cpu, memory, pods, ...gpusOf(cells, 'gpus')};
      return {name: cells.text('name'), labels, allocatable};
    },
  },
};

export function readNodeCsv(
  {from, format}: {readonly from: string; readonly format: NodeFormat},
  path: Path,
  source: Source,
): NodeObject[] {
  const text = source.read(from);
  if ('wrong' in text) {
    source.notebook.error([...path, 'from'], `${from}: ${text.wrong}`);
    return [];
  }
  const nodes = new NodeList();
  const {read, ...columns} = formats[format];
  const table = new CsvTable({
    ...columns,
    row: cells => {
      const row = read(cells);
      return cells.broken ?? nodes.add(row);
    },
  });
  table.push(text.text);
  const report = table.finish();
  const file = source.path(from);
  for (const message of table.mistakes) source.notebook.complain({file, line: 1}, message, 'error');
  if (report === undefined) return [];
  tellOfRows(report, file, source);
  if (report.used === 0) source.notebook.error([...path, 'from'], `no row of ${from} can be used`);
  return nodes.all;
}

class NodeList {
  readonly all: NodeObject[] = [];
  readonly #names = new Set<string>();
  readonly #kinds = new Map<string, NodeObject | Broken>();

  add({name, labels, allocatable}: Row): Broken | undefined {
    if (!nodeName.test(name)) return {why: 'expected a name that a node may have', got: name};
    if (this.#names.has(name)) return {why: 'a second node of its name', got: name};
    const key = JSON.stringify([labels, allocatable]);
    const kind = this.#kinds.get(key) ?? nodeKind(labels, allocatable);
    this.#kinds.set(key, kind);
    if ('why' in kind) return kind;
    this.#names.add(name);
    this.all.push({...kind, name, labels: new Map([...kind.labels, [hostname, name]])});
    return undefined;
  }
}

function nodeKind(labels: object, allocatable: object): NodeObject | Broken {
  const common = {'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux'};
  const findings: Finding[] = [];
  const metadata = {name: 'node', labels: {...common, ...labels}};
  const node = {apiVersion: 'v1', kind: 'Node', metadata, status: {allocatable}};
  const [decoded] = decode(new Field(node, findings));
  const [wrong] = findings;
  if (wrong !== undefined) return {why: wrong.message};
  if (decoded?.value.type === 'node') return decoded.value.node;
  throw new Error('a node is decoded as something else');
}

function gpusOf(cells: Cells, column: string): Record<string, string> {
  const count =
    cells.text(column) === '' ? 0 : cells.number(column, {to: mostDevices, whole: true});
  return count > 0 ? {[gpuCountName]: `${count}`, [gpuMilliName]: `${1000 * count}`} : {};
}

function modelOf(model: string): Record<string, string> {
  return model === '' ? {} : {[gpuModelName]: model};
}

function amount(cells: Cells, column: string): string {
  const text = cells.text(column);
  const amount = readQuantity(text, 'milli');
  if (typeof amount === 'string') cells.refuse(`expected ${column} as a quantity`, text);
  else if (amount < 0) cells.refuse(`expected ${column} from 0`, text);
  return text;
}

const hostname = 'kubernetes.io/hostname';
const nodeName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
