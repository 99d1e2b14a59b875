// A row of outages.csv.

import {seconds, type Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import {classOf, type OutageClass} from './cause-classes.ts';
import type {Outage} from './outage.ts';
import type {Roots} from './roots.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell} from './table.ts';
import type {WorkloadRecord} from './workload-record.ts';
import type {World} from './world.ts';

export type OutageContext = {
  readonly world: World;
  readonly roots: Roots;
  readonly record: WorkloadRecord;
  /** What was wrong with the control plane, in order of time. */
  readonly hindrances: readonly Hindrance[];
  readonly end: Time;
};

export function outageRow(outage: Outage, context: OutageContext): Cell[] {
  const {record, roots, end: runEnd} = context;
  const {kind, namespace, name} = record.identity;
  const {start, detected, end, root} = outage;
  return [
    kind,
    namespace,
    name,
    secondsText(start),
    optionalSecondsText(end),
    secondsText((end ?? runEnd) - start),
    ...[0, undefined],
    outageClass(outage, context),
    root === 0 ? undefined : root,
    roots.text(root),
    contributorsText(outage, context) || undefined,
    end === undefined,
    optionalSecondsText(detected),
    ...repairCells(outage),
    undefined,
  ];
}

/** From the first eviction to the start of the replica that came first. */
export function repairCells({evicted, back}: Pick<Outage, 'evicted' | 'back'>): Cell[] {
  return [evicted, back.recreated, back.scheduled, back.pulled, back.started].map(time =>
    time === 0 ? undefined : secondsText(time),
  );
}

export function outageClass(
  {as, root}: Pick<Outage, 'as' | 'root'>,
  {world}: Pick<OutageContext, 'world'>,
): OutageClass {
  const cause = world.store.causes.get(root);
  return as ?? (cause === undefined ? 'unknown' : classOf(cause));
}

export function contributorsText(
  outage: Pick<Outage, 'start' | 'end' | 'root' | 'contributors' | 'noRoom'>,
  context: Omit<OutageContext, 'record'>,
): string {
  const {roots, end, hindrances} = context;
  const all = new Set(outage.contributors);
  for (const {root, from, until} of hindrances) {
    if (from >= (outage.end ?? end)) break;
    if (until > outage.start && root !== outage.root) all.add(root);
  }
  const named = [...all].sort((one, other) => one - other).slice(0, namedAtMost);
  return [
    ...named.map(root => roots.text(root) ?? ''),
    ...(all.size > named.length ? [`${all.size - named.length} more`] : []),
    ...(outage.noRoom ? ['no room'] : []),
  ].join('; ');
}

/** In a large cluster some nodes are always out. */
const namedAtMost = 8;

type Hindrance = {readonly root: CauseId; readonly from: Time; readonly until: Time};

/** Nobody leads for up to so long after a leader's crash. */
const takeover = seconds(22);

export function hindrances({store}: World): Hindrance[] {
  return [...store.causes.all()].flatMap(([root, cause]) => {
    if (classOf(cause) !== 'control-plane' || cause.origin !== 'fault') return [];
    const {kind, time: from} = cause;
    const until = kind === 'leader-crash' ? from + takeover : (cause.until ?? Infinity);
    return [{root, from, until}];
  });
}

/**
 * `min_availability`: of a workload always 0; `lost_client_seconds`: of a Service. `class`: in a
 * word what took it down. `incident` and `cause`: the row of incidents.csv, and what it says.
 * `contributors`: others without which it would have been shorter; `no room` where the scheduler
 * had none for a replica. `censored`: still open at the end. Then moments of the repair: when the
 * API first showed it (of a Service, when a node first took up other endpoints), when the first
 * pod was evicted, and of the replica that was ready first, when it was made, bound, had its image,
 * ran. `endpoints`: what was wrong with those of a Service as it began.
 */
export const outageColumns = [
  'kind',
  'namespace',
  'name',
  'start',
  'end',
  'duration',
  'min_availability',
  'lost_client_seconds',
  'class',
  'incident',
  'cause',
  'contributors',
  'censored',
  'detected',
  'evicted',
  'recreated',
  'scheduled',
  'pulled',
  'started',
  'endpoints',
];
