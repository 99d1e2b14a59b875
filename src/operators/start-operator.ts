// Who carries the timeline out: one event for each entry, at its time.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Administration} from '../machines/administration.ts';
import type {Machines} from '../machines/machines.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {Drainer} from '../objects/drainer.ts';
import type {NodeJoiner} from '../objects/node-joiner.ts';
import {nodesMeant} from '../objects/node-targets.ts';
import type {Store} from '../objects/store.ts';
import type {OperationDefinition, OperationWorld} from './define-operation.ts';
import {operations} from './index.ts';

export type TimelineEntry = {
  readonly at: Time;
  /** A key of the registry. */
  readonly do: string;
  /** As the operation's own schema gives them. */
  readonly options: unknown;
};

/** As kubectl's client. */
const limits = {qps: 50, burst: 300};

export type OperatorParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiConnector;
  readonly machines: Machines;
  readonly joiner: NodeJoiner;
  readonly drainer: Drainer;
  readonly administration: Administration;
};

export function startOperator(timeline: readonly TimelineEntry[], parts: OperatorParts): void {
  if (timeline.length === 0) return;
  const {simulation, store, api} = parts;
  const client = api.connect({name: 'operator', limits, replies: {}, patient: true});
  const worldOf = ({do: kind, at}: TimelineEntry, index: number): OperationWorld => {
    const stream = () => simulation.passingRandom(`timeline/${kind}@${at}/${index}`);
    return {
      ...parts,
      api: client,
      now: simulation.now,
      nodesOf: wanted => nodesMeant(wanted, store.nodes, stream),
    };
  };
  const due: EventKind<number> = simulation.event('operator.time-came', (index: number) => {
    const entry = timeline[index];
    const operation = operationOf(entry);
    const target = operation.targetOf(entry.options);
    store.causes.begin({origin: 'operation', kind: entry.do, target});
    operation.perform(worldOf(entry, index), entry.options);
  });
  for (const [index, {at}] of timeline.entries()) due.at(at, index);
  const ended: EventKind<number> = simulation.event('operator.end-came', (index: number) => {
    const entry = timeline[index];
    const operation = operationOf(entry);
    const target = `${operation.targetOf(entry.options)}, its end`;
    store.causes.begin({origin: 'operation', kind: entry.do, target});
    operation.end?.(worldOf(entry, index), entry.options);
  });
  for (const [index, entry] of timeline.entries()) {
    const {ends} = entry.options as {readonly ends?: Time};
    if (ends !== undefined && operationOf(entry).end !== undefined) ended.at(ends, index);
  }
}

function operationOf(entry: TimelineEntry): OperationDefinition {
  const operation = operations.find(known => known.do === entry.do);
  if (operation === undefined) throw new Error(`no operation ${entry.do}`);
  return operation;
}
