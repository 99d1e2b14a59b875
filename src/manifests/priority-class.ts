// A PriorityClass: how important the pods are that name it.

import {show} from '../options/show.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import type {PriorityClass} from './manifest.ts';
import type {Metadata} from './metadata.ts';

const highestOfUsers = 1_000_000_000;
const systems = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

export function readPriorityClass(object: Field, {name}: Metadata): PriorityClass {
  const value = object.get('value');
  const number = value.integer() ?? 0;
  if (name.startsWith('system-')) {
    if (systems.get(name) !== number) {
      object
        .get('metadata')
        .get('name')
        .error(`the prefix system- is reserved, got ${show(name)}`);
    }
  } else if (number > highestOfUsers || number < -(2 ** 31)) {
    value.error(`expected a whole number up to ${highestOfUsers}, got ${number}`);
  }
  const policy = object.get('preemptionPolicy');
  checkOneOf(policy, ['PreemptLowerPriority', 'Never']);
  return {
    name,
    value: number,
    globalDefault: object.get('globalDefault').flag(),
    preemptionPolicy: policy.text() === 'Never' ? 'Never' : 'PreemptLowerPriority',
  };
}
