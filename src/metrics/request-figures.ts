// The lines of summary.csv about requests: of each entry of `traffic`, what it sent and how that
// fared, at whatever Services it ended.

import type {Time} from '../engine/time.ts';
import {outcomes, type RequestRecord} from '../machines/request-book.ts';
import {type Figure, latencyFigures, ratioText} from './figures.ts';
import {recordsBy, requestTotals} from './request-totals.ts';

/** `end`: how long the run was. Calls between applications are no entry's. */
export function requestFigures(records: readonly RequestRecord[], end: Time): Figure[] {
  const ofEntries = records.filter(({nested}) => !nested);
  const entries = recordsBy(({caller}) => caller, ofEntries);
  return [...entries].flatMap(([entry, ofEntry]) => entryFigures(entry, ofEntry, end));
}

function entryFigures(object: string, records: readonly RequestRecord[], end: Time): Figure[] {
  const {sent, over, succeeded, latency} = requestTotals(records);
  const rate = ratioText(BigInt(sent) * 1_000_000n, end);
  return [
    count(object, 'requests', sent),
    {metric: 'request_rate', object, value: rate, unit: 'requests/s', samples: undefined},
    ratio({metric: 'request_success_ratio', object}, succeeded, over),
    count(object, 'requests_failed', over - succeeded),
    ...failures(object, records),
    ...occurred(count(object, 'requests_under_way', sent - over)),
    ...latencyFigures('request_latency', latency).map(figure => ({...figure, object})),
  ];
}

/** Of the ways to fail those that occurred. */
function failures(object: string, records: readonly RequestRecord[]): Figure[] {
  const failed = outcomes
    .filter(outcome => outcome !== 'ok')
    .map(outcome => {
      const failed = records.reduce((sum, record) => sum + record.count(outcome), 0);
      return count(object, `requests_${outcome.replace('-', '_')}`, failed);
    });
  return occurred(...failed);
}

function occurred(...figures: Figure[]): Figure[] {
  return figures.filter(({value}) => value !== 0);
}

function count(object: string, metric: string, value: number): Figure {
  return {metric, object, value, unit: 'requests', samples: undefined};
}

function ratio(named: {metric: string; object: string}, part: number, whole: number): Figure {
  return {...named, value: ratioText(part, whole), unit: 'share', samples: whole};
}
