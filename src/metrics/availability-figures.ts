// How the workloads fared, in a few lines of summary.csv.

import type {Time} from '../engine/time.ts';
import {type Figure, total} from './figures.ts';
import {secondsText} from './seconds-text.ts';
import type {WorkloadRecord} from './workload-record.ts';
import type {WorkloadRecords} from './workload-records.ts';
import type {World} from './world.ts';

export class AvailabilityFigures {
  readonly #workloads: WorkloadRecords;
  #restarts = 0;

  constructor(world: World, workloads: WorkloadRecords) {
    this.#workloads = workloads;
    world.store.signals.restarted.watch(() => {
      this.#restarts++;
    });
    world.simulation.part('metrics.availability', this);
  }

  /** Nothing where no workload was ever ready. */
  figures(end: Time): Figure[] {
    const lasting = this.#workloads.book.records.filter(
      record => record.lasting && record.wanted.integral(end) > 0n,
    );
    const restarts = total('restarts', this.#restarts, 'restarts');
    if (lasting.length === 0) return this.#restarts > 0 ? [restarts] : [];
    const shares = lasting.map(record => availability(record, end));
    const samples = shares.length;
    const mean = shares.reduce((sum, share) => sum + share, 0) / samples;
    const worst = Math.min(...shares);
    const downtime = lasting.reduce((sum, record) => sum + downTime(record, end), 0);
    const outages = lasting.reduce((sum, record) => sum + record.outagesUntil(end), 0);
    return [
      {...total('availability_mean', mean.toFixed(6), 'share'), samples},
      {...total('availability_worst', worst.toFixed(6), 'share'), samples},
      total('outages', outages, 'outages'),
      total('downtime', secondsText(downtime), 's'),
      restarts,
    ];
  }

  save(): number {
    return this.#restarts;
  }

  restore(saved: number): void {
    this.#restarts = saved;
  }
}

function availability(record: WorkloadRecord, end: Time): number {
  return Number(record.any.integral(end)) / Number(record.wanted.integral(end));
}

function downTime(record: WorkloadRecord, end: Time): Time {
  return Number(record.wanted.integral(end) - record.any.integral(end));
}
