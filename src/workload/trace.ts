// Pods of a trace: of a published data set, of a dump of a cluster, or of a table of one's own. The
// file is read with the scenario; `options` then has it as `trace`.

import type {WorkloadDefinition} from './define-workload.ts';
import {checkedTraceOptions} from './traces/trace-options.ts';
import {type LoadedTraceOptions, TraceSource} from './traces/trace-source.ts';

export const trace: WorkloadDefinition = {
  kind: 'trace',
  options: checkedTraceOptions,
  expected(options) {
    const {rows, shapes} = (options as LoadedTraceOptions).trace;
    const pods = new Float64Array(shapes.length);
    for (let row = 0; row < rows.length; row++) pods[rows.shape[row]] += rows.count?.[row] ?? 1;
    return shapes.map(({template}, i) => ({template, pods: pods[i]}));
  },
  create(world, options) {
    new TraceSource(world, options as LoadedTraceOptions);
  },
};
