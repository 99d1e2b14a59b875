// Label selectors in a scenario: kubectl's text (`app=web,tier in (a,b),!canary`), the API's map of
// matchLabels and matchExpressions, or labels alone, as a Service has them.

import {isMap} from './is-map.ts';
import {show} from './show.ts';
import {type Fail, type Written, written} from './written.ts';

/** The same shape as a requirement of `objects/labels.ts`. */
export type SelectorRequirement = {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
};

export type Selector = readonly SelectorRequirement[];

export type SelectorNotation =
  | string
  | {
      readonly matchLabels?: Readonly<Record<string, string>>;
      readonly matchExpressions?: readonly {key: string; operator: string; values?: string[]}[];
    };

export function selector(): Written<Selector, SelectorNotation> {
  return written({
    parse: readSelector,
    schema: {title: 'selector', type: ['string', 'object'], examples: ['app=web,tier in (a,b)']},
  });
}

export function readSelector(input: unknown, fail: Fail): Selector | undefined {
  if (typeof input === 'string') return readText(input, fail);
  if (isMap(input)) return readMap(input, fail);
  fail(`expected a selector such as app=web or {matchLabels: {app: web}}, got ${show(input)}`);
  return undefined;
}

function readText(text: string, fail: Fail): Selector {
  const parts = text.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  return parts.flatMap(part => {
    const requirement = readRequirement(part.trim());
    if (requirement === undefined)
      fail(`expected a requirement such as app=web, got ${show(part)}`);
    return requirement ?? [];
  });
}

function readRequirement(part: string): SelectorRequirement | undefined {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set !== null) {
    const values = set[3].split(',').map(value => value.trim());
    return {key: set[1], operator: set[2] === 'in' ? 'In' : 'NotIn', values};
  }
  const [, not, key, comparison, value] =
    /^(!?)\s*([^\s=!(),]+)\s*(?:(!=|==?)\s*([^\s=!(),]*))?$/.exec(part) ?? [];
  if (key === undefined || (not === '!' && comparison !== undefined)) return undefined;
  if (comparison === undefined) {
    return {key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: []};
  }
  return {key, operator: comparison === '!=' ? 'NotIn' : 'In', values: [value]};
}

/** Labels by themselves, as a Service's selector is written. */
function isLabels(input: Readonly<Record<string, unknown>>): boolean {
  const known = Object.hasOwn(input, 'matchLabels') || Object.hasOwn(input, 'matchExpressions');
  const values = Object.values(input);
  return !known && values.length > 0 && values.every(value => typeof value === 'string');
}

function readMap(input: Readonly<Record<string, unknown>>, fail: Fail): Selector {
  if (isLabels(input)) return readMap({matchLabels: input}, fail);
  const {matchLabels = {}, matchExpressions = [], ...rest} = input;
  for (const key of Object.keys(rest)) {
    fail(`unknown key ${show(key)}; known: matchLabels, matchExpressions`, [key]);
  }
  const requirements: SelectorRequirement[] = [];
  if (!isMap(matchLabels)) fail(`expected a map, got ${show(matchLabels)}`, ['matchLabels']);
  else {
    for (const [key, value] of Object.entries(matchLabels)) {
      if (typeof value === 'string') requirements.push({key, operator: 'In', values: [value]});
      else fail(`expected a text, got ${show(value)}`, ['matchLabels', key]);
    }
  }
  if (!Array.isArray(matchExpressions)) {
    fail(`expected a list, got ${show(matchExpressions)}`, ['matchExpressions']);
    return requirements;
  }
  matchExpressions.forEach((expression: unknown, i) => {
    const requirement = readExpression(expression);
    if (typeof requirement === 'string') fail(requirement, ['matchExpressions', i]);
    else requirements.push(requirement);
  });
  return requirements;
}

function readExpression(expression: unknown): SelectorRequirement | string {
  if (!isMap(expression)) return `expected {key, operator, values}, got ${show(expression)}`;
  const {key, operator, values = []} = expression;
  if (typeof key !== 'string') return `expected a key, got ${show(key)}`;
  if (!Array.isArray(values) || values.some(value => typeof value !== 'string')) {
    return `expected values as a list of texts, got ${show(values)}`;
  }
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) return `${operator} needs at least one value`;
      return {key, operator, values};
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) return `${operator} takes no values`;
      return {key, operator, values};
    default:
      return `expected operator In, NotIn, Exists or DoesNotExist, got ${show(operator)}`;
  }
}
