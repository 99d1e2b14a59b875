// Labels in one cell of a table: `app=web;tier=front`.

import {labelKey, labelValue} from '../../options/label-map.ts';
import type {Cells} from './cells.ts';

export function readPairs(cells: Cells, column: string): Record<string, string> {
  const text = cells.text(column);
  if (text === '') return {};
  const pairs = text.split(';').map(pair => pair.split('=').map(part => part.trim()));
  const areLabels = pairs.every(
    pair => pair.length === 2 && labelKey.test(pair[0]) && labelValue.test(pair[1]),
  );
  if (areLabels) return Object.fromEntries(pairs);
  cells.refuse(`expected ${column} such as app=web;tier=front`, text);
  return {};
}
