// Are two result folders the same? Byte for byte, but for environment.json, the only file that may
// differ between machines. For golden tests; the answer names the first difference so that a reader
// sees it.

import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';

/** `undefined` when nothing differs. */
export function firstDifference(expected: string, actual: string): string | undefined {
  const expectedNames = names(expected);
  const actualNames = names(actual);
  const missing = expectedNames.find(name => !actualNames.includes(name));
  if (missing !== undefined) return `${missing} is missing in ${actual}`;
  const extra = actualNames.find(name => !expectedNames.includes(name));
  if (extra !== undefined) return `${extra} is new in ${actual}`;
  for (const name of expectedNames) {
    const difference = entryDifference(name, join(expected, name), join(actual, name));
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function names(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => name !== 'environment.json')
    .sort();
}

function entryDifference(name: string, expected: string, actual: string): string | undefined {
  const isFolder = statSync(expected).isDirectory();
  if (isFolder !== statSync(actual).isDirectory()) return `${name} is a folder in only one of them`;
  if (isFolder) {
    const inside = firstDifference(expected, actual);
    return inside === undefined ? undefined : `${name}: ${inside}`;
  }
  const expectedBytes = readFileSync(expected);
  const actualBytes = readFileSync(actual);
  if (expectedBytes.equals(actualBytes)) return undefined;
  return lineDifference(name, expectedBytes.toString('utf8'), actualBytes.toString('utf8'));
}

function lineDifference(name: string, expected: string, actual: string): string {
  const expectedLines = expected.split('\n');
  const actualLines = actual.split('\n');
  const line = expectedLines.findIndex((text, i) => text !== actualLines[i]);
  const at = line < 0 ? expectedLines.length : line;
  return [
    `${name}, line ${at + 1}:`,
    `  expected ${shownLine(expectedLines[at])}`,
    `  actual   ${shownLine(actualLines[at])}`,
  ].join('\n');
}

function shownLine(line: string | undefined): string {
  if (line === undefined) return '(nothing: the file ends before)';
  return line === '' ? '(an empty line, or the end)' : line;
}
