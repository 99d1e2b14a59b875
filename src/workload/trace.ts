// Pods of a trace: of a published data set, of a dump of a cluster, or of a table of one's own. The
// file is read with the scenario; `options` then has it as `trace`.

import type {WorkloadDefinition} from './define-workload.ts';
import {checkedTraceOptions} from './traces/trace-options.ts';
import {type LoadedTraceOptions, TraceSource} from './traces/trace-source.ts';

export const trace: WorkloadDefinition = {
  kind: 'trace',
  options: checkedTraceOptions,
  create(world, options) {
    new TraceSource(world, options as LoadedTraceOptions);
  },
};
