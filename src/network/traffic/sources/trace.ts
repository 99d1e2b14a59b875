// Requests that come when they once came: at the times of a file, which was read with the scenario.

import {defineSource, sendEach} from './source.ts';

/** Since the entry's start, in order; `counts`: of requests at each, one unless there. */
export type TraceTimes = {
  readonly times: Float64Array;
  readonly counts: Float64Array | undefined;
};

type Place = {row: number; sent: number};

export const trace = defineSource('trace', {
  meanGap: ({read}) => {
    const last = read?.times.at(-1) ?? 0;
    const all = read?.counts?.reduce((sum, count) => sum + count, 0) ?? read?.times.length ?? 0;
    return Math.max(1, last) / Math.max(1, all);
  },
  start: ({read}, entry, parts) => {
    if (read === undefined) throw new Error(`the trace of ${entry.name} has not been read`);
    const {times, counts} = read;
    const place: Place = {row: 0, sent: 0};
    sendEach(entry, parts, () => {
      while (place.row < times.length && place.sent >= (counts?.[place.row] ?? 1)) {
        place.row++;
        place.sent = 0;
      }
      place.sent++;
      return place.row < times.length ? entry.starts + times[place.row] : undefined;
    });
    parts.simulation.part(`traffic.${entry.name}/trace`, {
      save: () => ({...place}),
      restore: (saved: Place) => void Object.assign(place, saved),
    });
  },
});
