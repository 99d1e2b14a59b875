// report.html: a comparison as one page that needs nothing else. What must be read is HTML and
// SVG, written here; scripts only add courses, filter and pointing. The same comparison gives the
// same bytes.

import type {Comparison} from '../../experiment/comparison.ts';
import type {Observation} from '../../experiment/observation.ts';
import {inOrder} from '../../experiment/observed-values.ts';
import {SteadyRuns} from '../../experiment/steady-runs.ts';
import {byMean, type ComparedFigure, comparedFigures, spokenFigure} from './compared-figure.ts';
import {type CourseCharts, courseCharts} from './course-charts.ts';
import {courseSection} from './course-section.ts';
import {figureList} from './figure-list.ts';
import {figureTable} from './figure-table.ts';
import {figureValues} from './figure-values.ts';
import {howToRead} from './how-to-read.ts';
import {type Markup, markup, scriptSource, trusted} from './markup.ts';
import {pageScript} from './page-script.ts';
import {pageStyle} from './page-style.ts';
import {provenance} from './provenance.ts';
import {type Named, replicationChart} from './replication-chart.ts';
import {uplotScript, uplotStyle} from './uplot-source.ts';
import {variantLabels} from './variant-labels.ts';
import {verdict} from './verdict.ts';

export type ReportedComparison = {
  readonly comparison: Comparison;
  readonly observations: readonly Observation[];
  readonly seed: string | number;
  /** Orrery's. */
  readonly version: string;
  /** The command line that gives the same comparison again. */
  readonly command: string;
};

export function comparisonPage(reported: ReportedComparison): string {
  const {comparison} = reported;
  // As the comparison takes them; sums must not depend on who was done first.
  const whole = reported.observations.filter(({complete}) => complete).toSorted(inOrder);
  const steady = comparison.analysis === 'steady' ? new SteadyRuns(whole) : undefined;
  const values = figureValues(steady?.observations ?? whole, comparison.variants.length);
  const figures = comparedFigures(comparison, values);
  const labels = variantLabels(comparison.variants);
  const courses = courseCharts(comparison, whole, steady);
  const sections = [
    findings(comparison, figures, {labels, replications: values.replications}),
    courseSection(comparison, courses, labels),
    figureList(comparison, figures, labels),
    howToRead(comparison),
    provenance(reported),
  ];
  const body = markup`<a class="unseen skip" href="#content">to the findings</a>
${head(comparison)}<main id=content>
${sections}</main>
<footer>Made by Orrery ${reported.version}. Charts over time by uPlot, © Leon Sorokin, MIT licence.</footer>
`;
  return page(comparison, body, courses).markup;
}

// Nothing comes in from anywhere: what is here is all there is.
const policy = trusted(
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
);

// Canvas is as fine on paper as on a fine screen: uPlot takes this number and knows no other.
const fineCanvas =
  "Object.defineProperty(window, 'devicePixelRatio', {value: Math.max(2, devicePixelRatio)});\n";

function page({scenario, question}: Comparison, body: Markup, {charts}: CourseCharts): Markup {
  const withCharts = charts.length > 0;
  const library = withCharts
    ? markup`<script>${trusted(fineCanvas)}${scriptSource(uplotScript())}</script>
`
    : undefined;
  return markup`<!doctype html>
<html lang=en>
<head>
<meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="${policy}">
<meta name=viewport content="width=device-width, initial-scale=1">
<title>${scenario}: ${question}</title>
<link rel=icon href="data:,">
<style>${withCharts ? trusted(uplotStyle()) : undefined}${trusted(pageStyle)}</style>
</head>
<body>
${body}${library}<script>${scriptSource(pageScript)}</script>
</body>
</html>
`;
}

function head({scenario, question}: Comparison): Markup {
  const choices = ['auto', 'light', 'dark'].map(
    (name, index) =>
      markup`<input type=radio name=theme id=${name}${index === 0 ? markup` checked` : undefined}><label for=${name}>${name}</label>`,
  );
  return markup`<header><div class=top><span>Comparison of strategies · ${scenario}</span><fieldset class=theme><legend class=unseen>Colours</legend>${choices}</fieldset></div>
<h1>${question}</h1></header>
`;
}

function findings(
  comparison: Comparison,
  figures: readonly ComparedFigure[],
  named: Named,
): Markup {
  const primary = figures.find(figure => figure.primary);
  const figure = primary === undefined ? undefined : decisive(comparison, byMean(primary), named);
  return markup`<p class=verdict>${verdict(comparison, primary)}</p>
${warnings(comparison)}${figure}`;
}

function warnings({warnings}: Comparison): Markup | undefined {
  if (warnings.length === 0) return undefined;
  const list = warnings.map(warning => markup`<li>${warning}</li>`);
  return markup`<section class=warnings aria-labelledby=warned><h2 id=warned>To be kept in mind</h2><ul>${list}</ul></section>
`;
}

function decisive(comparison: Comparison, figure: ComparedFigure, named: Named): Markup {
  const paired =
    named.replications.length > 1 && figure.rows.length > 1
      ? markup`<section id=replications><h2>Replication by replication</h2>
${replicationChart(comparison, figure, named)}</section>
`
      : undefined;
  return markup`<section id=primary><h2>What decides: ${spokenFigure(figure)}</h2>
${figureTable(comparison, figure, {...named, detail: 'dots'})}</section>
${paired}`;
}
