// What was compared and how to get it again: variants and what they set, how many runs each had,
// and the command. No date: the same comparison is the same page.

import type {Comparison} from '../../experiment/comparison.ts';
import type {Observation} from '../../experiment/observation.ts';
import {readableCount} from '../readable.ts';
import {spokenFigure} from './compared-figure.ts';
import type {ReportedComparison} from './comparison-page.ts';
import {type Markup, markup} from './markup.ts';
import {colourClass} from './palette.ts';

export function provenance({comparison, observations, seed, version, command}: ReportedComparison) {
  const {scenario, variants, baseline, primary, analysis} = comparison;
  const facts: readonly (readonly [string, string])[] = [
    ['scenario', scenario],
    ['baseline', variants[baseline].name],
    ['primary figure', primary === undefined ? 'none declared' : spokenFigure(primary)],
    ['analysis', analysis],
    ['seed', String(seed)],
    ['runs', runsText(observations)],
    ['Orrery', version],
  ];
  const list = facts.map(([name, fact]) => markup`<dt>${name}<dd>${fact}`);
  return markup`<section id=provenance><h2>What was compared</h2>
<div class=wide>${variantTable(comparison, observations)}</div>
<dl>${list}<dt>again with<dd><code>${command}</code></dl></section>
`;
}

function runsText(observations: readonly Observation[]): string {
  const events = observations.reduce((sum, {events}) => sum + events, 0);
  const incomplete = observations.filter(({complete}) => !complete).length;
  const broken = incomplete > 0 ? `, ${incomplete} of them incomplete` : '';
  return `${readableCount(observations.length)} with ${readableCount(events)} events${broken}`;
}

function variantTable(comparison: Comparison, observations: readonly Observation[]): Markup {
  const {variants, baseline} = comparison;
  const paths = [...new Set(variants.flatMap(({settings}) => settings.map(({path}) => path)))];
  const counts = new Map<number, number>();
  for (const {variant} of observations) counts.set(variant, (counts.get(variant) ?? 0) + 1);
  const heads = paths.map(path => markup`<th scope=col>${path}`);
  const rows = variants.map(({name, settings}, variant) => {
    const cells = paths.map(path => {
      const setting = settings.find(one => one.path === path);
      return markup`<td>${setting === undefined ? '' : settingText(setting.value)}`;
    });
    return markup`<tr class=${colourClass(variant, baseline)}><th scope=row><i class=dot></i>${name}${cells}<td>${counts.get(variant) ?? 0}</tr>
`;
  });
  return markup`<table class=plain><thead><tr><th scope=col>variant${heads}<th scope=col>runs</tr></thead><tbody>${rows}</tbody></table>`;
}

function settingText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
