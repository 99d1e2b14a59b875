// What was read of traces, a line each: why rows were skipped has been told before the run, and
// stands in run.json.

import {basename} from 'node:path';
import {counted, readableCount} from './readable.ts';
import type {ReadTrace} from './run-record.ts';
import {wrapped} from './wrapped.ts';

export function traceSection(traces: readonly ReadTrace[]): string | undefined {
  if (traces.length === 0) return undefined;
  return traces.flatMap(trace => wrapped(sentence(trace))).join('\n');
}

function sentence({file, read, used}: ReadTrace): string {
  const skipped = read === used ? 'none' : readableCount(read - used);
  return `${counted(read, 'row')} of ${basename(file)} read, ${skipped} skipped`;
}
