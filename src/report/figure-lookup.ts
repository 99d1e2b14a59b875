// The figures of a run by name, as a report shows them.

import type {Figure} from '../metrics/figures.ts';
import {readableCount, readableSeconds, readableShare} from './readable.ts';

/** For what was not observed. */
export const unknown = '–';

export class FigureLookup {
  readonly #figures: readonly Figure[];

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
  }

  value(metric: string): number | undefined {
    const figure = this.#figures.find(one => one.metric === metric && one.object === '');
    return figure?.value === undefined ? undefined : Number(figure.value);
  }

  count(metric: string): string {
    return shown(this.value(metric), readableCount);
  }

  seconds(metric: string): string {
    return shown(this.value(metric), readableSeconds);
  }

  share(metric: string): string {
    return shown(this.value(metric), readableShare);
  }

  /** With as many digits as a nine more or less needs. */
  percent(metric: string): string {
    return shown(this.value(metric), share => `${Number((share * 100).toFixed(4))} %`);
  }

  byObject(metric: string): Figure[] {
    return this.#figures.filter(one => one.metric === metric && one.object !== '');
  }

  ofObject(object: string): Figure[] {
    return this.#figures.filter(one => one.object === object);
  }
}

function shown(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? unknown : show(value);
}
