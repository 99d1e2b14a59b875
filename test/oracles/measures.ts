// What a batch says: times that requests stay and wait, shares, rates, in units.

import type {SavedHistogram} from '../../src/engine/histogram.ts';
import {type Batch, type Measure, unit} from './batches.ts';

const waiting = ({record}: Batch): number => {
  const {count, zeros} = savedWaits(record);
  return count - zeros;
};

const savedWaits = (record: Batch['record']): SavedHistogram => {
  const saved = record.save().waits;
  if (saved === undefined) throw new Error('no waits were recorded');
  return saved;
};

export const stay: Measure = {of: ({record}) => (record.latency.mean ?? 0) / unit};

const wait: Measure = {
  of: ({record}) => (record.waits?.mean ?? 0) / unit,
  times: waiting,
};

/** The mean number of those present, or waiting: times spent there, over the length. */
export const present: Measure = {
  of: ({record, length}) => Number(record.latency.sum) / unit / length,
};

const queued: Measure = {
  of: ({record, length}) => Number(record.waits?.sum ?? 0) / unit / length,
  times: waiting,
};

export const waitShare: Measure = {
  of: batch => waiting(batch) / Math.max(1, savedWaits(batch.record).count),
  times: waiting,
};

const noWaitShare: Measure = {of: batch => 1 - waitShare.of(batch), times: waiting};

export const throughput: Measure = {
  of: ({record, length}) => record.count('ok') / length,
};

export const busy: Measure = {
  of: ({record, length}) =>
    (Number(record.latency.sum) - Number(record.waits?.sum ?? 0)) / unit / length,
};

export const lossShare: Measure = {
  of: ({record}) => record.count('rejected') / record.over,
  times: ({record}) => record.count('rejected'),
};

export function stayQuantile(p: number): Measure {
  return {
    of: ({record}) => (record.latency.quantile(p) ?? Number.NaN) / unit,
    quantile: {p, histogram: record => record.latency},
  };
}

function waitQuantile(p: number): Measure {
  return {
    // Near a wait of nothing, which many have, there is no telling.
    loosest: 1,
    of: ({record}) => (record.waits?.quantile(p) ?? Number.NaN) / unit,
    quantile: {p, histogram: record => record.waits},
  };
}

export const seen = (place: number): Measure => ({of: batch => batch.seen[place]});

/** Of the stay, from the middles of its histogram's buckets. */
export const stayVariance: Measure = {
  of: ({record}) => {
    const {precision, counts, count} = record.latency.save();
    const mean = (record.latency.mean ?? 0) / unit;
    const steps = 2 ** precision;
    let sum = 0;
    for (const [bucket, times] of counts.entries()) {
      const low = 2 ** Math.floor(bucket / steps) * (1 + (bucket % steps) / steps);
      const width = 2 ** Math.floor(bucket / steps) / steps;
      sum += times * ((low + width / 2) / unit) ** 2;
    }
    return sum / count - mean ** 2;
  },
};

export const usual: Readonly<{[name: string]: Measure}> = {
  W: stay,
  T: stay,
  R: stay,
  mean: stay,
  Wq: wait,
  L: present,
  Lq: queued,
  PWait: waitShare,
  PWqZero: noWaitShare,
  P0: noWaitShare,
  W_p50: stayQuantile(0.5),
  W_p90: stayQuantile(0.9),
  W_p95: stayQuantile(0.95),
  W_p99: stayQuantile(0.99),
  Wq_p50: waitQuantile(0.5),
  Wq_p90: waitQuantile(0.9),
  Wq_p95: waitQuantile(0.95),
  Wq_p99: waitQuantile(0.99),
};
