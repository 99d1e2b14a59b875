// Checks a value against a zod type and says what is wrong as sentences that contain the offending
// value and what would be right. One mistake, one sentence: of a union only the form that was
// meant.

import * as z from 'zod';
import {notOneOf} from '../options/choice.ts';
import {isMap} from '../options/is-map.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {expectation} from './expectation.ts';
import type {Path} from './yaml-document.ts';

export type Mistake = {
  readonly path: Path;
  /** A key is wrong, not its value: the place is the key's. */
  readonly key: string | undefined;
  readonly message: string;
};

export type Checked<Value> = {readonly value: Value | undefined; readonly mistakes: Mistake[]};

/** A scenario is read once: functions generated for the reading cost more than they save. */
const readOnce = {jitless: true};

export function check<Type extends z.ZodType>(type: Type, input: unknown): Checked<z.output<Type>> {
  const result = type.safeParse(input, {error: sentence, reportInput: true, ...readOnce});
  if (result.success) return {value: result.data, mistakes: []};
  return {value: undefined, mistakes: mistakesOf(result.error.issues, [])};
}

function mistakesOf(issues: Issues, around: Path): Mistake[] {
  return issues.flatMap(issue => {
    const path = [...around, ...issue.path.map(step => (typeof step === 'symbol' ? '' : step))];
    if (issue.code === 'unrecognized_keys') {
      const sentences = issue.message.split('\n');
      return issue.keys.map((key, i) => ({path, key, message: sentences[i]}));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const meant = formMeant(issue.errors);
      if (meant !== undefined) return mistakesOf(meant, path);
    }
    return [{path, key: undefined, message: missing(issue.message, issue.input)}];
  });
}

/** The form of a union that the keys fit best; none where the value is not even of its kind. */
function formMeant(forms: readonly Issues[]): Issues | undefined {
  const possible = forms.filter(issues => !issues.some(isOfOtherKind));
  return possible.sort((a, b) => misfits(a) - misfits(b) || a.length - b.length)[0];
}

function isOfOtherKind({path, code}: z.core.$ZodIssue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys';
}

/** Keys that the form does not know, and keys that it misses. */
function misfits(issues: Issues): number {
  let count = 0;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') count += issue.keys.length;
    else if (issue.input === undefined) count++;
  }
  return count;
}

type Issues = readonly z.core.$ZodIssue[];
type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

function sentence(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(key, issue.inst)).join('\n');
    case 'invalid_value':
      return notAmong(issue.input, issue.values.map(String));
    case 'invalid_union':
      return issue.discriminator === undefined ? expected(issue) : noSuch(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return issue.exact === true ? exactly(issue.maximum, issue) : expected(issue);
    default:
      return expected(issue);
  }
}

function tooSmall(issue: Extract<RawIssue, {code: 'too_small'}>): string {
  if (issue.exact === true) return exactly(issue.minimum, issue);
  return issue.origin === 'number' ? expected(issue) : 'expected at least one, got none';
}

function exactly(count: number | bigint, {input}: {readonly input?: unknown}): string {
  return `expected ${count} of them, got ${Array.isArray(input) ? input.length : show(input)}`;
}

function expected({schema, input}: RawIssue): string {
  return `expected ${schema === undefined ? 'something else' : expectation(schema)}, got ${show(input)}`;
}

function unknownKey(key: string, object: unknown): string {
  const known = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  const hint = didYouMean(key, known);
  return `unknown key ${show(key)}${hint === '' ? `; known: ${known.join(', ')}` : hint}`;
}

/** `no workload "posson"; did you mean poisson? known: …` */
function noSuch({discriminator, options, input, schema}: RawIssue): string {
  const kind = isMap(input) ? input[String(discriminator)] : undefined;
  const known = Array.isArray(options) ? options.map(String) : [];
  const noun = (schema && z.globalRegistry.get(schema)?.title) ?? 'kind';
  if (typeof kind !== 'string') return `expected one of ${known.join(', ')}, got ${show(kind)}`;
  const hint = didYouMean(kind, known);
  return `no ${noun} ${show(kind)}${hint === '' ? ';' : hint} known: ${known.join(', ')}`;
}

function notAmong(input: unknown, values: string[]): string {
  if (values.length > 1) return notOneOf(input, values);
  const hint = typeof input === 'string' ? didYouMean(input, values) : '';
  return `expected ${values[0]}, got ${show(input)}${hint}`;
}

function missing(message: string, input: unknown): string {
  const end = ', got nothing';
  const isMissing = input === undefined && message.endsWith(end);
  return isMissing ? `missing; ${message.slice(0, -end.length)}` : message;
}
