// Text as wide as a terminal: the first of several ways to say it that fits.

import {stripVTControlCharacters} from 'node:util';

/** The last one where none does. */
export function fittingText(first: () => string, ...others: readonly (() => string)[]): string {
  let text = first();
  for (const other of others) {
    if (widthOf(text) <= terminalWidth) break;
    text = other();
  }
  return text;
}

export function widthOf(text: string): number {
  const lines = stripVTControlCharacters(text).split('\n');
  return Math.max(...lines.map(line => line.length));
}

export const terminalWidth = 80;
