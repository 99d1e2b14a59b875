// `--vary PATH=v1,v2`: a path of the scenario and the values that it takes, one variant each.

import type {Problem} from '../options/problem.ts';
import {settingProblem} from '../scenario/settings.ts';
import type {VariedPath} from './variant.ts';

export type Varied = {readonly paths: readonly VariedPath[]; readonly problems: Problem[]};

/** Whether paths exist and values fit is seen when the variants are read. */
export function parseVaried(texts: readonly string[]): Varied {
  const paths: VariedPath[] = [];
  const problems: Problem[] = [];
  for (const text of texts) {
    const equals = text.indexOf('=');
    const path = text.slice(0, Math.max(0, equals));
    const values = partsOf(text.slice(equals + 1)).map(part => part.trim());
    const wrong = mistakeIn(path, values, paths);
    if (wrong === undefined) paths.push({path, values});
    else problems.push(settingProblem(`--vary ${text}`, wrong));
  }
  return {paths, problems};
}

function mistakeIn(
  path: string,
  values: readonly string[],
  before: readonly VariedPath[],
): string | undefined {
  if (path === '') return 'expected path=value,value, such as cluster.nodes[0].count=80,100';
  if (path === 'seed') return 'chance varies between replications: see --replications and --seed';
  if (before.some(other => other.path === path)) return `${path} is varied twice`;
  if (values.includes('')) return 'an empty value; write null for none, and no comma at the end';
  return undefined;
}

/** At the commas that stand in no brackets, braces or quotes. */
function partsOf(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const letter of text) {
    if (letter === ',' && depth === 0 && quote === '') {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += letter;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if ('[{'.includes(letter)) depth++;
    else if (']}'.includes(letter)) depth--;
  }
  return parts;
}
