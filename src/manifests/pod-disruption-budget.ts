// A PodDisruptionBudget: how many of the selected pods must stay, or may go, at the same time.

import type {NewBudget} from '../objects/disruption-budget.ts';
import {checkOneOf} from './container.ts';
import {readCountOrPercent} from './count-or-percent.ts';
import type {Field} from './field.ts';
import type {Metadata} from './metadata.ts';
import {readLabelSelector} from './selectors.ts';

export function readPodDisruptionBudget(object: Field, metadata: Metadata): NewBudget {
  const spec = object.get('spec');
  const minAvailable = readCountOrPercent(spec.get('minAvailable'));
  const maxUnavailable = readCountOrPercent(spec.get('maxUnavailable'));
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    spec.get('maxUnavailable').error('expected minAvailable or maxUnavailable, got both');
  }
  const policy = spec.get('unhealthyPodEvictionPolicy');
  checkOneOf(policy, ['IfHealthyBudget', 'AlwaysAllow']);
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    selector: readLabelSelector(spec.get('selector')),
    minAvailable,
    maxUnavailable,
    unhealthyPodEvictionPolicy: policy.text() === 'AlwaysAllow' ? 'AlwaysAllow' : 'IfHealthyBudget',
  };
}
