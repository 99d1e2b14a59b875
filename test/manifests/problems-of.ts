// Reading a manifest for what it is told to be wrong with it.

import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {formatProblem} from '../../src/options/problem.ts';

export function problems(text: string | Uint8Array): string[] {
  return readManifests(text, {file: 'x.yaml'}).problems.map(formatProblem);
}

export function rows(
  text: (part: string) => string,
  cases: readonly (readonly [string, string])[],
): void {
  for (const [part, message] of cases) {
    const found = problems(text(part));
    assert.equal(found.length, 1, `${part}: ${found.join('\n')}`);
    assert.ok(found[0].endsWith(message), `${part}\n  got      ${found[0]}\n  expected ${message}`);
  }
}

export const inSpec = (part: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web-1}\nspec: {containers: [{name: a, image: b}], ${part}}\n`;
export const inContainer = (part: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web-1}\nspec: {containers: [{name: a, image: b, ${part}}]}\n`;
