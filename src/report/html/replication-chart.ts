// The primary figure replication by replication: one line through what the same replication gave
// under every variant. Lines that run in parallel show what pairing gains; a line's name appears
// as it is pointed at.

import type {Comparison} from '../../experiment/comparison.ts';
import {type ComparedFigure, spokenFigure} from './compared-figure.ts';
import {type Markup, markup, trusted} from './markup.ts';
import {colourClass} from './palette.ts';
import {placeOn, scaleOf} from './scale.ts';
import {ticks} from './ticks.ts';
import type {VariantLabels} from './variant-labels.ts';

const rowHeight = 34;
const most = 60;

export type Named = {readonly labels: VariantLabels; readonly replications: readonly number[]};

export function replicationChart(
  {baseline}: Comparison,
  figure: ComparedFigure,
  {labels, replications}: Named,
): Markup {
  const {rows, values, measure} = figure;
  const height = rows.length * rowHeight;
  const known = values.flat().flatMap(value => (value === undefined ? [] : [value]));
  const scale = scaleOf(known.map(value => value * measure.factor));
  const shown = replications.slice(0, most);
  const place = (row: number, column: number) => {
    const value = values[row][column];
    return value === undefined
      ? undefined
      : `${placeOn(scale, value * measure.factor)} ${rowHeight / 2 + row * rowHeight}`;
  };
  const lines = shown.map((replication, column) => {
    const path = throughAll(rows.map((_, row) => place(row, column)));
    return markup`<path class=l d="${path}"><title>replication ${replication}</title></path>`;
  });
  const dots = rows.map(({variant}, row) => {
    const places = shown.map((_, column) => place(row, column)).filter(at => at !== undefined);
    const path = places.map(at => `M${at}h0`).join('');
    return markup`<path class="d ${colourClass(variant, baseline)}" d="${path}"/>`;
  });
  const names = rows.map(
    ({variant}) => markup`<li class=${colourClass(variant, baseline)}>${labels.of[variant]}</li>`,
  );
  const left = replications.length - shown.length;
  const note = left > 0 ? markup` The first ${most} of ${replications.length}.` : undefined;
  return markup`<div class=parallel><ul>${names}</ul><div><svg role=img aria-label="${spokenFigure(figure)}, ${measure.unit}: a line for each replication through all variants; the numbers are in the table above" viewBox="0 0 1000 ${height}" preserveAspectRatio="none" style="height:${height}px">${lines}${dots}</svg><div class=axis aria-hidden=true>${ticks(scale)}</div></div></div>
<p class=note>${spokenFigure(figure)}, ${measure.unit}.${note}</p>`;
}

/** From row to row; a missing value breaks the line. */
function throughAll(places: readonly (string | undefined)[]): Markup {
  let path = '';
  let letter = 'M';
  for (const place of places) {
    if (place !== undefined) path += letter + place;
    letter = place === undefined ? 'M' : 'L';
  }
  return trusted(path);
}
