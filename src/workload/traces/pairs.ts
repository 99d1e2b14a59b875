// Labels in one cell of a table: `app=web;tier=front`.

import type {Cells} from './cells.ts';

export function readPairs(cells: Cells, column: string): Record<string, string> {
  const text = cells.text(column);
  if (text === '') return {};
  const pairs = text.split(';').map(pair => pair.split('='));
  if (pairs.some(pair => pair.length !== 2)) {
    cells.refuse(`expected ${column} such as app=web;tier=front`, text);
    return {};
  }
  return Object.fromEntries(pairs.map(([key, value]) => [key.trim(), value.trim()]));
}
