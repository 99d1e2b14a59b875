// How much of each figure a page bears: large comparisons keep dots and drawings for the figures
// that say most, the primary one first and then those with the smallest chances.

import type {ComparedFigure} from './compared-figure.ts';

/** Every replication a dot; means and intervals alone; no drawings. */
export type Detail = 'dots' | 'intervals' | 'numbers';

// Of all tables together. A dot takes some 9 bytes, a row's drawings 400, its numbers 250.
const mostDots = 10_000;
const mostDrawnRows = 2600;
const mostRows = 8000;

/** Figures for which there is no room at all are missing. */
export function detailOf(figures: readonly ComparedFigure[]): ReadonlyMap<ComparedFigure, Detail> {
  const details = new Map<ComparedFigure, Detail>();
  let [dots, rows] = [0, 0];
  for (const figure of bySignificance(figures)) {
    dots += 2 * figure.values.flat().length;
    rows += figure.rows.length;
    if (rows > mostRows) break;
    if (rows > mostDrawnRows) details.set(figure, 'numbers');
    else details.set(figure, dots > mostDots ? 'intervals' : 'dots');
  }
  return details;
}

function bySignificance(figures: readonly ComparedFigure[]): ComparedFigure[] {
  return figures
    .map((figure, place) => ({figure, place, chance: smallestChance(figure)}))
    .sort((a, b) => a.chance - b.chance || a.place - b.place)
    .map(({figure}) => figure);
}

function smallestChance({primary, rows}: ComparedFigure): number {
  return primary ? -1 : Math.min(...rows.map(({adjustedP}) => adjustedP ?? 1));
}
