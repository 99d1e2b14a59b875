// Labels as metadata writes them, with the API server's rules for keys and values.

import {isMap} from './is-map.ts';
import {show} from './show.ts';
import {type Fail, type Written, written} from './written.ts';

export function labelMap(): Written<ReadonlyMap<string, string>, Readonly<Record<string, string>>> {
  return written({
    parse: readLabels,
    schema: {
      title: 'labels',
      type: 'object',
      additionalProperties: {type: 'string'},
      examples: [{disk: 'ssd'}],
    },
  });
}

function readLabels(input: unknown, fail: Fail): ReadonlyMap<string, string> | undefined {
  if (!isMap(input)) return void fail(`expected a map such as {disk: ssd}, got ${show(input)}`);
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries(input)) {
    if (!labelKey.test(key)) fail(`expected the name of a label, got ${show(key)}`, [key]);
    else if (typeof value !== 'string') fail(notText(value), [key]);
    else if (!labelValue.test(value))
      fail(`expected the value of a label, got ${show(value)}`, [key]);
    else labels.set(key, value);
  }
  return labels;
}

function notText(value: unknown): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  return `expected a text, got ${show(value)}${scalar ? `; write ${show(String(value))}` : ''}`;
}

// As apimachinery's IsQualifiedName and IsValidLabelValue.
export const labelKey =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
export const labelValue = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;
