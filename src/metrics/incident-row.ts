// A row of incidents.csv.

import type {Time} from '../engine/time.ts';
import type {Cause, CauseId} from '../objects/causes.ts';
import {type Effect, recovered} from './effect.ts';
import {ratioText} from './figures.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import {lostSecond} from './services/service-figures.ts';
import type {ServiceLosses} from './services/service-measures.ts';
import type {Cell} from './table.ts';

export type IncidentSeen = {
  readonly effect: Effect;
  readonly detected: Time | undefined;
  /** `undefined` where there are no Services. */
  readonly services: ServiceLosses | undefined;
  readonly end: Time;
};

export const nothingLost: ServiceLosses = {degraded: 0, down: 0, lost: 0n};

export function incidentRow(
  root: CauseId,
  {time, kind, target, until}: Cause,
  {effect, detected, services, end}: IncidentSeen,
): Cell[] {
  return [
    root,
    secondsText(time),
    kind,
    target,
    effect.nodes.size,
    effect.pods,
    ...[services?.degraded, services?.down, services && ratioText(services.lost, lostSecond)],
    optionalSecondsText(detected),
    optionalSecondsText(recovered(effect)),
    until === undefined || until > end ? undefined : secondsText(until),
    effect.degraded.size,
    effect.down.size,
  ];
}

/**
 * `id`: the number of the cause. `nodes`: that lost power, kubelet, link or readiness by it, or
 * that an operator changed; `pods`: that lost their readiness or were deleted by it.
 * `services_degraded`, `services_down`: of which it cost clients, and that it took below the line
 * of `outage`; `lost_client_seconds`: what those lost by it. `detected`: when the API first showed
 * it; `recovered`: when all the replicas that it cost were ready again and its rollouts were over,
 * or where it cost none, when its nodes were back. `ended`: when the fault itself was over.
 * `workloads_degraded`, `workloads_down`: that lost a replica by it, and that had none left.
 */
export const incidentColumns = [
  'id',
  'time',
  'kind',
  'target',
  'nodes',
  'pods',
  'services_degraded',
  'services_down',
  'lost_client_seconds',
  'detected',
  'recovered',
  'ended',
  'workloads_degraded',
  'workloads_down',
];
