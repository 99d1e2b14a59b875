// Who carries the timeline out: one event for each entry, at its time.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {Store} from '../objects/store.ts';
import {operations} from './index.ts';
import {targetText, type WorkloadTarget} from './workload-target.ts';

export type TimelineEntry = {
  readonly at: Time;
  /** A key of the registry. */
  readonly do: string;
  /** As the operation's own schema gives them. */
  readonly options: unknown;
};

/** As kubectl's client. */
const limits = {qps: 50, burst: 300};

export function startOperator(
  timeline: readonly TimelineEntry[],
  {simulation, store, api}: {simulation: Simulation; store: Store; api: ApiConnector},
): void {
  if (timeline.length === 0) return;
  const client = api.connect({name: 'operator', limits, replies: {}});
  const due: EventKind<number> = simulation.event('operator.time-came', (index: number) => {
    const entry = timeline[index];
    const operation = operations.find(known => known.do === entry.do);
    if (operation === undefined) throw new Error(`no operation ${entry.do}`);
    store.causes.begin({origin: 'operation', kind: entry.do, target: targetOf(entry.options)});
    operation.perform({store, api: client, now: simulation.now}, entry.options);
  });
  for (const [index, {at}] of timeline.entries()) due.at(at, index);
}

/** As the incident's row names it. */
function targetOf(options: unknown): string {
  const {target} = options as {target?: WorkloadTarget};
  return target === undefined ? '' : targetText(target);
}
