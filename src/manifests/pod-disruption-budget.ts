// A PodDisruptionBudget: how many of the selected pods must stay, or may go, at the same time.

import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import type {CountOrPercent, PodDisruptionBudget} from './manifest.ts';
import type {Metadata} from './metadata.ts';
import {readLabelSelector} from './selectors.ts';

export function readPodDisruptionBudget(object: Field, metadata: Metadata): PodDisruptionBudget {
  const spec = object.get('spec');
  const minAvailable = readCountOrPercent(spec.get('minAvailable'));
  const maxUnavailable = readCountOrPercent(spec.get('maxUnavailable'));
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    spec.get('maxUnavailable').error('expected minAvailable or maxUnavailable, got both');
  }
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    selector: readLabelSelector(spec.get('selector')),
    minAvailable,
    maxUnavailable,
  };
}

function readCountOrPercent(field: Field): CountOrPercent | undefined {
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
