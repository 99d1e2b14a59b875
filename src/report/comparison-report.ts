// A comparison on a terminal, 80 columns wide: what was asked, the figure that decides, then of
// each variant the figures that differ from the baseline, the largest effects first, and how many
// do not.

import pico from 'picocolors';
import type {Comparison} from '../experiment/comparison.ts';
import {differenceSections} from './comparison-differences.ts';
import {type Colours, figureSection} from './comparison-figure.ts';
import {meansSection} from './comparison-means.ts';
import {counted} from './readable.ts';
import {wrapped} from './wrapped.ts';

/** `folder`: where the files are. `colour` only where the output is a terminal. */
export function comparisonReport(
  comparison: Comparison,
  {folder, colour}: {folder: string | undefined; colour: boolean},
): string {
  const colours = pico.createColors(colour);
  const sections = [
    heading(comparison, colours),
    ...primarySections(comparison, colours),
    ...(comparison.variants.length > 1
      ? differenceSections(comparison, colours)
      : [meansSection(comparison, colours)]),
    warnings(comparison, colours),
    folder === undefined ? undefined : `Results in ${colours.cyan(folder)}`,
  ];
  return `${sections.filter(section => section !== undefined && section !== '').join('\n\n')}\n`;
}

function heading(comparison: Comparison, colours: Colours): string {
  const {scenario, question, variants, analysis, rows} = comparison;
  const runs = Math.max(0, ...rows.map(({n}) => n));
  const facts = [
    counted(variants.length, 'variant'),
    variants.length > 1 ? `${counted(runs, 'run')} each` : counted(runs, 'run'),
    ...(analysis === 'steady' ? ['the long run'] : []),
  ];
  return [`${colours.bold(scenario)}  ${colours.dim(facts.join(', '))}`, ...wrapped(question)].join(
    '\n',
  );
}

function primarySections(comparison: Comparison, colours: Colours): (string | undefined)[] {
  const {primary, variants} = comparison;
  if (primary !== undefined) return [figureSection(comparison, primary, colours)];
  if (variants.length < 2) return [];
  return [colours.dim('No figure was declared to decide: --primary METRIC[:OBJECT]')];
}

function warnings({warnings}: Comparison, colours: Colours): string | undefined {
  if (warnings.length === 0) return undefined;
  return warnings
    .map(each => wrapped(`${colours.yellow('warning:')} ${each}`).join('\n'))
    .join('\n');
}
