// What the API server takes as a name, a label key and a label value (apimachinery's validation).

import {show} from '../options/show.ts';
import type {Field} from './field.ts';

export type NameRule = 'subdomain' | 'label' | 'path';

/** What is wrong with the name, if anything. */
function wrongName(name: string, rule: NameRule): string | undefined {
  if (rule === 'path') {
    const fits = name !== '.' && name !== '..' && !/[/%]/.test(name);
    return fits ? undefined : `expected a name without / or %, got ${show(name)}`;
  }
  const [pattern, most] = rule === 'label' ? [label, 63] : [subdomain, 253];
  if (name.length <= most && pattern.test(name)) return undefined;
  const dots = rule === 'label' ? '' : ' or dots';
  return `expected at most ${most} lower-case letters, digits, hyphens${dots}, starting and ending with a letter or digit, got ${show(name)}`;
}

export function checkName(field: Field, rule: NameRule): void {
  const wrong = wrongName(field.text() ?? '', rule);
  if (wrong !== undefined) field.error(wrong);
}

/** A label, taint or resource key: `name` or `domain/name`. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash !== -1 && wrongName(key.slice(0, slash), 'subdomain') !== undefined) return false;
  const name = key.slice(slash + 1);
  return name.length <= 63 && word.test(name);
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && word.test(value));
}

export function checkKey(field: Field, key: string): void {
  if (isQualifiedName(key)) return;
  field.error(
    `expected a key such as app or example.com/app (letters, digits, -, _, . after the slash, at most 63), got ${show(key)}`,
  );
}

export function checkLabelValue(field: Field, value: string): void {
  if (isLabelValue(value)) return;
  field.error(
    `expected a label value of at most 63 letters, digits, -, _ and ., got ${show(value)}`,
  );
}

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
