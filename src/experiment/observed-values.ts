// The observations turned round: of each figure the values of each variant, by replication. The
// same whatever the order in which runs came in.

import {knownMetric} from '../metrics/figure-kinds.ts';
import type {Figure} from '../metrics/figures.ts';
import {type FigureName, figureText} from './figure-name.ts';
import type {Observation} from './observation.ts';

type RunValue = Pick<Figure, 'samples'> & {
  readonly value: number;
  readonly fingerprint: string;
};

export type NamedFigure = FigureName & {readonly unit: string};

/** The values of one figure in runs of one variant. */
export type Sample = {
  readonly values: readonly number[];
  /** What each rests on; of a share of trials their number. */
  readonly samples: readonly (number | undefined)[];
  /** Runs of equal fingerprints are one and the same. */
  readonly fingerprints: readonly string[];
};

export class ObservedValues {
  /** In the order in which runs tell them. */
  readonly figures: readonly NamedFigure[];
  /** By figure, variant and replication. */
  readonly #values = new Map<string, Map<number, RunValue>[]>();

  /** `ordered`: see `inOrder`. */
  constructor(ordered: readonly Observation[], variantCount: number) {
    this.figures = figuresOf(ordered);
    for (const name of this.figures) {
      const byVariant = Array.from({length: variantCount}, () => new Map<number, RunValue>());
      this.#values.set(figureText(name), byVariant);
    }
    const everywhere = this.figures.filter(({metric}) => knownMetric(metric).absent !== undefined);
    for (const observation of ordered) this.#add(observation, everywhere);
  }

  sample(figure: FigureName, variant: number): Sample {
    return this.#sample(figure, variant, [...this.#runs(figure, variant).keys()]);
  }

  value(figure: FigureName, variant: number, replication: number): number | undefined {
    return this.#runs(figure, variant).get(replication)?.value;
  }

  /** Of two variants, over the replications that both have. */
  pairs(figure: FigureName, variant: number, baseline: number): [Sample, Sample] {
    const others = this.#runs(figure, baseline);
    const both = [...this.#runs(figure, variant).keys()].filter(each => others.has(each));
    return [this.#sample(figure, variant, both), this.#sample(figure, baseline, both)];
  }

  #sample(figure: FigureName, variant: number, replications: readonly number[]): Sample {
    const runs = this.#runs(figure, variant);
    const found = replications.map(replication => runs.get(replication) ?? noRun);
    return {
      values: found.map(({value}) => value),
      samples: found.map(({samples}) => samples),
      fingerprints: found.map(({fingerprint}) => fingerprint),
    };
  }

  #runs(figure: FigureName, variant: number): ReadonlyMap<number, RunValue> {
    return this.#values.get(figureText(figure))?.[variant] ?? new Map();
  }

  #add(run: Observation, everywhere: readonly FigureName[]): void {
    // Metrics that leave out what did not occur say so by having a value for its absence.
    for (const name of everywhere) {
      const {absent} = knownMetric(name.metric);
      if (absent !== undefined) this.#put(name, run, {value: absent, samples: undefined});
    }
    for (const figure of run.figures) {
      const {value, samples} = figure;
      if (value !== undefined) this.#put(figure, run, {value: Number(value), samples});
    }
  }

  #put(name: FigureName, run: Observation, told: Pick<RunValue, 'value' | 'samples'>): void {
    if (!Number.isFinite(told.value)) return;
    const runs = this.#values.get(figureText(name))?.[run.variant];
    runs?.set(run.replication, {...told, fingerprint: run.fingerprint});
  }
}

const noRun: RunValue = {value: NaN, samples: undefined, fingerprint: ''};

/** The figure of several lists, so that each stays behind the one that it stands behind. */
function figuresOf(observations: readonly Observation[]): NamedFigure[] {
  const next = new Map<string, string>();
  const known = new Map<string, NamedFigure>();
  for (const {figures} of observations) {
    let before = first;
    for (const figure of figures) {
      const key = figureText(figure);
      if (!known.has(key)) {
        known.set(key, named(figure));
        const after = next.get(before);
        next.set(before, key);
        if (after !== undefined) next.set(key, after);
      }
      before = key;
    }
  }
  const ordered: NamedFigure[] = [];
  for (let key = next.get(first); key !== undefined; key = next.get(key)) {
    const figure = known.get(key);
    if (figure !== undefined) ordered.push(figure);
  }
  return ordered;
}

const first = '';

function named({metric, object, unit}: Figure): NamedFigure {
  return {metric, object, unit};
}

export function inOrder(one: Observation, other: Observation): number {
  return one.variant - other.variant || one.replication - other.replication;
}
