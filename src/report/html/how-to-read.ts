// The page's legend: what a row's marks mean, and where intervals and p-values come from.

import type {Comparison} from '../../experiment/comparison.ts';
import {type Markup, markup} from './markup.ts';
import {methodsOf} from './methods.ts';
import {mostDots, rowPlot} from './row-plot.ts';

export function howToRead({level, analysis, primary, rows}: Comparison): Markup {
  const percent = Number((level * 100).toFixed(3));
  const example = rowPlot({
    at: value => value,
    values: [120, 290, 330, 380, 420, 424, 470, 520, 640, 810],
    mean: 440,
    low: 310,
    high: 570,
    reference: 700,
    filled: true,
  });
  const steady =
    analysis === 'steady'
      ? markup` The beginning of each run, while it warms up, is cut off (MSER-5, at one place for all variants).`
      : undefined;
  const holm =
    primary === undefined
      ? undefined
      : markup` Those of the primary figure are adjusted for the number of variants (Holm).`;
  const known = methodsOf(rows).map(explained);
  return markup`<section id=reading><h2>How to read this</h2>
<div class=legend><div class=plot>${example}</div>
<p>Above, every replication is a dot (of more than ${mostDots} so many, evenly by rank); the box
spans the middle half, with a line at the median. Below, the mean with its ${percent} % interval;
an arrow where it goes on beyond the axis. The upright line is the baseline's mean or, among
differences, zero.</p></div>
<p><b>Intervals.</b> Were the whole comparison repeated with other seeds many times, ${percent} of
100 such intervals would hold the true mean. Where runs say nothing of how far off a mean may be,
as with one run or with values that never vary, there is no interval rather than one of no
width.${steady}</p>
<p><b>Differences</b> are taken replication by replication: the same replication meets the same
arrivals and faults under every variant, so what both have in common falls out. <i>Pairing
×0.1</i> says that the differences vary a tenth as much as those of independent runs would; above
1, pairing does harm. A mark is filled where a difference is found, and hollow where none is.</p>
<p><b>p</b> is the chance of a difference at least so large if there were none.${holm} Those of
all other figures are q-values, which keep the share of false findings among them small (Benjamini
and Hochberg). “No difference found” is not “no difference”: the interval says what may be.</p>
${known.length > 0 ? markup`<dl>${known}</dl>` : undefined}</section>
`;
}

function explained([method, meaning]: readonly [string, string]): Markup {
  return markup`<dt>${method.replaceAll('-', ' ')}<dd>${meaning}`;
}
