// All that is measured of Services: rows of services.csv, outages.csv and incidents.csv, and lines
// of summary.csv.

import type {Time} from '../../engine/time.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {Census} from '../census.ts';
import {type Figure, ratioText, total} from '../figures.ts';
import {recordsBy, requestTotals, serviceKey} from '../request-totals.ts';
import type {Roots} from '../roots.ts';
import {secondsText} from '../seconds-text.ts';
import type {ResultTable} from '../table.ts';
import type {WorkloadRecords} from '../workload-records.ts';
import type {World} from '../world.ts';
import {lostSecond, type ServiceFigures, serviceFigures} from './service-figures.ts';
import type {OutageLine, ServiceOutage} from './service-outage.ts';
import type {ServiceRecord} from './service-record.ts';
import {type NetworkSeen, ServiceRecords} from './service-records.ts';
import {serviceColumns, serviceRow} from './service-row.ts';

/** What one incident cost Services. */
export type ServiceLosses = {
  /** Services of which clients were lost by it, and that had an outage by it. */
  degraded: number;
  down: number;
  /** In units of probability times microseconds. */
  lost: bigint;
};

export class ServiceMeasures {
  readonly #world: World;
  readonly #records: ServiceRecords;
  /** Asked for once an incident, when all is over. */
  #losses: {readonly end: Time; readonly losses: ReadonlyMap<CauseId, ServiceLosses>} | undefined;

  constructor(
    world: World,
    network: NetworkSeen,
    seen: {line: OutageLine; census: Census; roots: Roots; workloads: WorkloadRecords},
  ) {
    this.#world = world;
    this.#records = new ServiceRecords(world, network, seen);
  }

  /** The run is over at `end`: only then is anything asked. */
  finish(end: Time): void {
    for (const record of this.records) record.advance(end);
  }

  get records(): readonly ServiceRecord[] {
    return this.#records.all;
  }

  /** In the order in which they began. */
  outages(end: Time): [ServiceRecord, ServiceOutage][] {
    return this.records
      .flatMap(record =>
        record.outagesUntil(end).map(outage => [record, outage] as [ServiceRecord, ServiceOutage]),
      )
      .sort(([, one], [, other]) => one.start - other.start || one.service - other.service);
  }

  /** By root; 0 where nothing set it going. */
  losses(end: Time): ReadonlyMap<CauseId, ServiceLosses> {
    if (this.#losses?.end !== end) this.#losses = {end, losses: this.#lossesUntil(end)};
    return this.#losses.losses;
  }

  #lossesUntil(end: Time): Map<CauseId, ServiceLosses> {
    const losses = new Map<CauseId, ServiceLosses>();
    const of = (root: CauseId): ServiceLosses => {
      const known = losses.get(root) ?? {degraded: 0, down: 0, lost: 0n};
      losses.set(root, known);
      return known;
    };
    for (const record of this.records) {
      for (const [root, units] of record.lostBy(end)) {
        if (units === 0n) continue;
        of(root).degraded++;
        of(root).lost += units;
      }
      const roots = new Set(record.outagesUntil(end).map(({root}) => root));
      for (const root of roots) of(root).down++;
    }
    return losses;
  }

  /** Whether anything was lost by it until now. */
  lostBy(root: CauseId): boolean {
    return (this.losses(this.#world.simulation.now).get(root)?.lost ?? 0n) > 0n;
  }

  table(end: Time): ResultTable {
    const rows = () => {
      const requests = recordsBy(serviceKey, this.#world.requests?.records() ?? []);
      return this.records.map(record => {
        const {namespace, name} = record.identity;
        const own = requests.get(`${namespace}/${name}`);
        return serviceRow(record, own && requestTotals(own), end);
      });
    };
    return {file: 'services.csv', columns: serviceColumns, long: true, rows};
  }

  /** Nothing where none was ever ready. */
  figures(end: Time): Figure[] {
    const all = this.records
      .map(record => serviceFigures(record, end))
      .filter(one => one !== undefined && one.watched > 0n) as ServiceFigures[];
    if (all.length === 0) return [];
    const shares = all.map(({lost, watched}) => 1 - Number(lost) / Number(watched * unit));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const sumOf = (of: (one: ServiceFigures) => number) =>
      all.reduce((sum, one) => sum + of(one), 0);
    const lost = all.reduce((sum, one) => sum + one.lost, 0n);
    const unattributed = this.losses(end).get(0 as CauseId)?.lost ?? 0n;
    const samples = shares.length;
    return [
      {...total('service_availability_mean', mean.toFixed(6), 'share'), samples},
      {...total('service_availability_worst', Math.min(...shares).toFixed(6), 'share'), samples},
      total(
        'service_outages',
        sumOf(({outages}) => outages.length),
        'outages',
      ),
      total('service_downtime', secondsText(sumOf(({downtime}) => downtime)), 's'),
      total('lost_client_seconds', ratioText(lost, lostSecond), 's'),
      total('lost_client_seconds_unattributed', ratioText(unattributed, lostSecond), 's'),
    ];
  }
}

const unit = lostSecond / 1_000_000n;
