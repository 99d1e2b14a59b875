// The files of traces that `workload` names, read with the scenario so that what is wrong with them
// is told before the run. Rows that cannot be used are warnings; a trace of which none can is an
// error.

import {csvFormats} from '../workload/traces/formats/index.ts';
import type {Trace} from '../workload/traces/trace.ts';
import type {TraceOptions} from '../workload/traces/trace-options.ts';
import {type ReadRows, TraceReader} from '../workload/traces/trace-reader.ts';
import type {LoadedTrace, WorkloadEntry} from './loaded.ts';
import type {Source} from './source.ts';
import {tellOfRows} from './tell-of-rows.ts';
import {traceShapes} from './trace-shapes.ts';
import type {Path} from './yaml-document.ts';

export type ReadTraces = {
  readonly workload: readonly WorkloadEntry[];
  readonly traces: readonly LoadedTrace[];
};

/** The entries, those of traces with their pods, as far as they could be read. */
export async function readTraces(
  workload: readonly WorkloadEntry[],
  source: Source,
): Promise<ReadTraces> {
  const traces: LoadedTrace[] = [];
  const entries: WorkloadEntry[] = [];
  for (const [i, entry] of workload.entries()) {
    const options = entry.options as TraceOptions;
    const path = ['workload', i];
    const read = entry.kind === 'trace' ? await readRows(options, path, source) : undefined;
    if (read === undefined) {
      entries.push(entry);
      continue;
    }
    const {shapes, findings} = traceShapes(read, options);
    for (const {message, severity} of findings) {
      source.notebook.complain([...path, 'pods'], message, severity);
    }
    const trace: Trace = {rows: read.rows, shapes};
    traces.push({workload: entry.name, file: options.pods, ...read.report});
    tellOfRows(read.report, source.path(options.pods), source);
    checkUse(trace, options, path, source);
    entries.push({...entry, options: {...options, trace}});
  }
  return {workload: entries, traces};
}

async function readRows(
  options: TraceOptions,
  path: Path,
  source: Source,
): Promise<ReadRows | undefined> {
  const {pods: name, format, first, machineMemory} = options;
  const reader = new TraceReader(csvFormats[format], {first, machineMemory});
  for await (const piece of source.pieces(name)) {
    if ('wrong' in piece) {
      source.notebook.error([...path, 'pods'], `${name}: ${piece.wrong}`);
      return undefined;
    }
    reader.csv.push(piece.text);
    if (reader.csv.done) break;
  }
  const read = reader.finish();
  const file = source.path(name);
  for (const message of reader.csv.mistakes) {
    source.notebook.complain({file, line: 1}, message, 'error');
  }
  if (read?.rows.length !== 0) return read;
  tellOfRows(read.report, file, source);
  source.notebook.error([...path, 'pods'], `no row of ${name} can be used`);
  return undefined;
}

/** What cannot be done with the rows that there are. */
function checkUse(
  {rows, shapes}: Trace,
  {pods, format, arrivals, inflate}: TraceOptions,
  path: Path,
  {notebook}: Source,
): void {
  const timed = arrivals.by === 'trace' || arrivals.by === 'within';
  if (timed && rows.at === undefined) {
    const columns = csvFormats[format].times.join(' or ');
    notebook.error(
      [...path, 'arrivals'],
      `${pods} has no ${columns}: expected once or {every: 1s}, which need no times`,
    );
  }
  if (inflate !== undefined && !shapes.some(({asks}) => asks[inflate.of] > 0)) {
    notebook.error([...path, 'inflate', 'of'], `no pod of ${pods} asks for ${inflate.of}`);
  }
}
