// The files of traces that `workload` names, read with the scenario so that what is wrong with them
// is told before the run. Rows that cannot be used are warnings; a trace of which none can is an
// error.

import type {Time} from '../engine/time.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {capacityOf} from '../workload/traces/capacity.ts';
import {csvFormat} from '../workload/traces/formats/index.ts';
import type {RowReport} from '../workload/traces/row-report.ts';
import type {Trace} from '../workload/traces/trace.ts';
import type {TraceFormat} from '../workload/traces/trace-format.ts';
import type {TraceOptions} from '../workload/traces/trace-options.ts';
import {TraceReader} from '../workload/traces/trace-reader.ts';
import type {LoadedTraceOptions} from '../workload/traces/trace-source.ts';
import type {LoadedTrace, WorkloadEntry} from './loaded.ts';
import type {Notebook} from './notebook.ts';
import type {Source} from './source.ts';
import {tellOfRows} from './tell-of-rows.ts';
import {readDump} from './trace-dump.ts';
import {shapeOf, traceShapes} from './trace-shapes.ts';
import type {Path} from './yaml-document.ts';

/** What the pods of a trace come into. */
export type Around = {
  readonly nodes: readonly NodeObject[];
  readonly duration: Time | undefined;
};

export type ReadTraces = {
  readonly workload: readonly WorkloadEntry[];
  readonly traces: readonly LoadedTrace[];
};

/** The entries, those of traces with their pods, as far as they could be read. */
export async function readTraces(
  workload: readonly WorkloadEntry[],
  around: Around,
  source: Source,
): Promise<ReadTraces> {
  const traces: LoadedTrace[] = [];
  const entries: WorkloadEntry[] = [];
  for (const [i, entry] of workload.entries()) {
    const options = entry.options as TraceOptions;
    const path = ['workload', i];
    const read = entry.kind === 'trace' ? await readTrace(options, path, source) : undefined;
    if (read === undefined) {
      entries.push(entry);
      continue;
    }
    const {trace, report} = read;
    traces.push({workload: entry.name, file: options.pods, ...report});
    checkUse({...options, trace}, around, path, source.notebook);
    entries.push({...entry, options: {...options, trace}});
  }
  return {workload: entries, traces};
}

type Read = {readonly trace: Trace; readonly report: RowReport};

async function readTrace(
  options: TraceOptions,
  path: Path,
  source: Source,
): Promise<Read | undefined> {
  const {pods: name} = options;
  const format = csvFormat(options.format);
  const read =
    format === undefined
      ? readPods(options, path, source)
      : await readCsv(format, options, path, source);
  if (read === undefined) return undefined;
  tellOfRows(read.report, source.path(name), source);
  if (read.trace.rows.length > 0) return read;
  source.notebook.error([...path, 'pods'], `no ${rowOrPod(format)} of ${name} can be used`);
  return undefined;
}

const rowOrPod = (format: TraceFormat | undefined) => (format === undefined ? 'pod' : 'row');

function readPods({pods, namespace, first}: TraceOptions, path: Path, source: Source) {
  const text = source.read(pods);
  if ('text' in text) {
    const {rows, templates, report} = readDump(text.text, namespace, first);
    return {trace: {rows, shapes: templates.map(shapeOf)}, report};
  }
  source.notebook.error([...path, 'pods'], `${pods}: ${text.wrong}`);
  return undefined;
}

async function readCsv(
  format: TraceFormat,
  options: TraceOptions,
  path: Path,
  source: Source,
): Promise<Read | undefined> {
  const {pods: name, first, machineMemory} = options;
  const reader = new TraceReader(format, {first, machineMemory});
  for await (const piece of source.pieces(name)) {
    if ('wrong' in piece) {
      source.notebook.error([...path, 'pods'], `${name}: ${piece.wrong}`);
      return undefined;
    }
    reader.csv.push(piece.text);
    if (reader.csv.done) break;
  }
  const read = reader.finish();
  for (const message of reader.csv.mistakes) {
    source.notebook.complain({file: source.path(name), line: 1}, message, 'error');
  }
  if (read === undefined) return undefined;
  const {shapes, findings} = traceShapes(read, options);
  for (const {message, severity} of findings) {
    source.notebook.complain([...path, 'template'], message, severity);
  }
  return {trace: {rows: read.rows, shapes}, report: read.report};
}

/** What cannot be done with the rows that there are. */
function checkUse(
  options: LoadedTraceOptions,
  {nodes, duration = Infinity}: Around,
  path: Path,
  notebook: Notebook,
): void {
  const {trace, pods, format, arrivals, inflate, start} = options;
  const {at, byTime} = trace.rows;
  const timed = arrivals.by === 'trace' || arrivals.by === 'within';
  if (timed && at === undefined) {
    const times = csvFormat(format)?.times.join(' or ') ?? 'creationTimestamp';
    notebook.error(
      [...path, 'arrivals'],
      `${pods} has no ${times}: expected once or {every: 1s}, which need no times`,
    );
  }
  const first = arrivals.by === 'trace' ? (at?.[byTime?.[0] ?? 0] ?? 0) / arrivals.speed : 0;
  if (start + first >= duration) {
    notebook.warn([...path, 'pods'], `no pod of ${pods} comes before the end of the run`);
  }
  if (inflate === undefined) return;
  const {of} = inflate;
  const wrong = (message: string) => notebook.error([...path, 'inflate', 'of'], message);
  if (!trace.shapes.some(({asks}) => asks[of] > 0)) wrong(`no pod of ${pods} asks for ${of}`);
  if (capacityOf(nodes, of) === 0) wrong(`no node of the cluster has ${of}`);
}
