// The API's IntOrString where it stands for a number of pods or a share of them.

import type {CountOrPercent} from '../objects/workload-object.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

export function readCountOrPercent(field: Field): CountOrPercent | undefined {
  if (!field.present) return undefined;
  const count = field.integer();
  if (count !== undefined && count >= 0) return {count};
  const percent = /^(\d{1,3})%$/.exec(field.text() ?? '')?.[1];
  if (percent !== undefined && Number(percent) <= 100) return {percent: Number(percent)};
  field.error(
    `expected a whole number from 0 or a percentage up to "100%", got ${show(field.value)}`,
  );
  return undefined;
}
