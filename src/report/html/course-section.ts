// The place of the charts over time: what they show, a switch for each variant, and what their
// script reads. Without scripts a sentence says what is missing.

import type {Comparison} from '../../experiment/comparison.ts';
import {spokenFigure} from './compared-figure.ts';
import type {CourseChart, CourseCharts} from './course-charts.ts';
import {type Markup, markup, scriptJson} from './markup.ts';
import {colourClass, dashRound} from './palette.ts';
import type {VariantLabels} from './variant-labels.ts';

/** More lines than this at first would hide one another. */
const atFirst = 8;

export function courseSection(
  comparison: Comparison,
  {charts, left}: CourseCharts,
  labels: VariantLabels,
): Markup {
  const shown = shownAtFirst(comparison);
  const variants = labels.of.map((name, variant) => ({
    name,
    base: variant === comparison.baseline,
    colour: colourClass(variant, comparison.baseline),
    round: dashRound(variant, comparison.baseline),
    shown: shown.has(variant),
  }));
  const source = markup`<script type="application/json" id=courses>${scriptJson({variants, charts})}</script>
`;
  if (charts.length === 0) return source;
  const percent = Number((comparison.level * 100).toFixed(3));
  const chips = variants.map(
    ({name, colour, shown}, variant) =>
      markup`<button type=button data-variant=${variant} aria-pressed=${String(shown)} class=${colour}><i class=dot></i>${name}</button>`,
  );
  const warming =
    comparison.analysis === 'steady'
      ? ' What is shaded was cut off, since the runs were warming up.'
      : '';
  const note =
    left > 0 ? markup`<p class=note>${left} more are in observations.journal.</p>` : undefined;
  return markup`<section id=time><h2>Over time</h2>
<p class=note>The mean over replications, in a band that holds it with ${percent} % at each point;
the baseline is dashed.${warming} Drag to look closer, click twice to come back.</p>
<p class="note scriptless">These charts are drawn by a script; everything else is here without.</p>
<div class=chips data-scripted hidden role=group aria-label="Variants shown">${chips}</div>
<div class=courses>${charts.map((chart, index) => figure(chart, index, labels))}</div>${note}</section>
${source}`;
}

function figure(chart: CourseChart, index: number, labels: VariantLabels): Markup {
  const name = spokenFigure(chart);
  const along = chart.axis === 'time' ? 'time' : 'what has arrived';
  return markup`<figure><figcaption>${name}${chart.percent ? ', %' : ''} <small>over ${along}</small></figcaption><div data-course=${index} role=img aria-label="${name} over ${along}, the mean of each variant with a band; ${ends(chart, labels)}"></div><div class=read aria-hidden=true></div></figure>
`;
}

/** What a chart comes to, for those who cannot see it. */
function ends({lines, base, step, percent}: CourseChart, labels: VariantLabels): string {
  const told = [...lines]
    .sort(([one], [other]) => one - other)
    .slice(0, atFirst)
    .flatMap(([variant, mean]) => {
      const last = mean.findLast(value => value !== null);
      if (last === undefined || last === null) return [];
      const value = Number((base + step * last).toPrecision(3));
      return [`${labels.of[variant]} ${value}${percent ? ' %' : ''}`];
    });
  return `at the end ${told.join(', ')}`;
}

/** All of a few; of many the baseline and those that the primary figure puts first and last. */
function shownAtFirst({variants, baseline, primary, rows}: Comparison): Set<number> {
  if (variants.length <= atFirst) return new Set(variants.map((_, variant) => variant));
  const ranked = rows
    .filter(({metric, object}) => metric === primary?.metric && object === primary.object)
    .filter(({mean}) => mean !== undefined)
    .sort((a, b) => (a.mean ?? 0) - (b.mean ?? 0) || a.variant - b.variant)
    .map(({variant}) => variant);
  const some = ranked.length > 0 ? [...ranked.slice(0, 2), ...ranked.slice(-2)] : [0, 1, 2, 3];
  return new Set([baseline, ...some]);
}
