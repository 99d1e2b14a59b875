// A row of outages.csv about a Service. How its pods came back, the outages of their workloads say.

import type {Time} from '../../engine/time.ts';
import {ratioText} from '../figures.ts';
import type {Outage} from '../outage.ts';
import {contributorsText, type OutageContext, outageClass, repairCells} from '../outage-row.ts';
import {optionalSecondsText, secondsText} from '../seconds-text.ts';
import type {Cell} from '../table.ts';
import {lostSecond} from './service-figures.ts';
import type {ServiceOutage} from './service-outage.ts';
import type {ServiceRecord} from './service-record.ts';

type Context = Omit<OutageContext, 'record'> & {readonly workloads: readonly Outage[]};

export function serviceOutageRow(
  {record, outage}: {record: ServiceRecord; outage: ServiceOutage},
  context: Context,
): Cell[] {
  const {roots, end: runEnd} = context;
  const {start, end, root, least, learned, endpoints} = outage;
  const behind = workloadOutages({record, outage}, context);
  const all = [...outage.contributors, ...behind.flatMap(one => [one.root, ...one.contributors])];
  const contributors = new Set(all.filter(one => one !== root && one !== 0));
  const noRoom = behind.some(one => one.noRoom);
  const repair = behind.find(one => one.root === root);
  return [
    'Service',
    record.identity.namespace,
    record.identity.name,
    secondsText(start),
    optionalSecondsText(end),
    secondsText((end ?? runEnd) - start),
    least.toFixed(6),
    ratioText(lostUntil(record, outage, runEnd) - outage.lostBefore, lostSecond),
    outageClass({as: outage.atStart ? 'start' : undefined, root}, context),
    root === 0 ? undefined : root,
    roots.text(root),
    contributorsText({start, end, root, contributors, noRoom}, context) || undefined,
    end === undefined,
    optionalSecondsText(learned),
    ...(repair === undefined ? noRepair : repairCells(repair)),
    endpoints === '' ? undefined : endpoints,
  ];
}

/** Those of its pods' workloads that began before this one was over, and were not over before. */
function workloadOutages(
  {record, outage}: {record: ServiceRecord; outage: ServiceOutage},
  {workloads, end}: Context,
): Outage[] {
  if (record.backers.size === 0) return [];
  return workloads.filter(
    one =>
      record.backers.has(one.workload) &&
      one.start < (outage.end ?? end) &&
      (one.end ?? end) > outage.start,
  );
}

function lostUntil(record: ServiceRecord, {end, lostUntil}: ServiceOutage, runEnd: Time): bigint {
  return end === undefined ? record.figures(runEnd).lost : lostUntil;
}

const noRepair: readonly Cell[] = Array(5).fill(undefined);
