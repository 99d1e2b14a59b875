// Runs of a comparison by hand: each figure's values in the runs of each variant, one a replication.

import type {Design} from '../../src/experiment/compare-observations.ts';
import type {Observation} from '../../src/experiment/observation.ts';

/** Values by figure, as `outages` or `availability:default/web`; `undefined` where a run lacks it. */
export type Runs = Readonly<Record<string, readonly (number | undefined)[]>>;

export function designOf(names: readonly string[], more: Partial<Design> = {}): Design {
  return {
    scenario: 'shop',
    question: 'Which is best?',
    variants: names.map((name, index) => {
      return {index, name: `profile=${name}`, settings: [{path: 'scheduler.profile', value: name}]};
    }),
    baseline: 0,
    primary: undefined,
    analysis: 'terminating',
    seed: 1,
    durations: names.map(() => 3600),
    ...more,
  };
}

/** `samples`: of every figure. */
export function observationsOf(variants: readonly Runs[], samples?: number): Observation[] {
  return variants.flatMap((runs, variant) => {
    const count = Math.max(...Object.values(runs).map(values => values.length));
    return Array.from({length: count}, (_, replication) => ({
      ...{variant, replication, events: 1000, complete: true, series: []},
      fingerprint: `${replication} ${JSON.stringify(Object.values(runs).map(v => v[replication]))}`,
      figures: Object.entries(runs).flatMap(([name, values]) => {
        const [metric, object = ''] = name.split(':');
        const value = values[replication];
        return value === undefined ? [] : [{metric, object, value, unit: unitOf(metric), samples}];
      }),
    }));
  });
}

function unitOf(metric: string): string {
  if (/_(latency|time)_/.test(metric)) return 's';
  return /share|availability|ratio|budget/.test(metric) ? 'share' : metric;
}
