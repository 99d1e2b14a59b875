// A ResourceQuota: what its namespace may have in all. What cannot be counted here is named.

import {type NewQuota, type QuotaScope, quotaScopes} from '../objects/quota.ts';
import {countedObjects} from '../objects/quota-counts.ts';
import {readQuantity} from '../options/quantity.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import type {Metadata} from './metadata.ts';

const countable = /^(pods|count\/pods|((requests|limits)\.)?(cpu|memory|ephemeral-storage))$/;
const extended = /^requests\.[^/]+\/[^/]+$/;

export function readResourceQuota(object: Field, metadata: Metadata): NewQuota {
  const spec = object.get('spec');
  const selector = spec.get('scopeSelector').get('matchExpressions');
  const hard = readHard(spec.get('hard'));
  const read = [
    ...spec
      .get('scopes')
      .items()
      .map(scope => readScope(scope)),
    ...selector.items().map(each => readScope(each.get('scopeName'), each)),
  ];
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    // With a scope that nobody knows it would count too much: it counts nothing.
    hard: read.includes(undefined) ? new Map() : hard,
    scopes: read.filter(scope => scope !== undefined),
  };
}

function readHard(field: Field): NewQuota['hard'] {
  const hard = new Map<string, number>();
  for (const entry of field.entries()) {
    const name = String(entry.key);
    if (!countable.test(name) && !extended.test(name) && !countedObjects.has(name)) {
      entry.warning(`a quota of ${name} is not modelled yet and has no effect`);
      continue;
    }
    const amount = readQuantity(entry.value, name.endsWith('cpu') ? 'milli' : 'one');
    if (typeof amount === 'number') hard.set(name, amount);
  }
  return hard;
}

function readScope(name: Field, expression?: Field): QuotaScope | undefined {
  const known = quotaScopes.find(scope => scope === name.text());
  if (known === undefined) {
    if (name.text() === 'CrossNamespacePodAffinity' || name.text() === 'VolumeAttributesClass') {
      name.warning(`the scope ${name.text()} is not modelled yet and has no effect`);
    } else checkOneOf(name, quotaScopes);
    return undefined;
  }
  const operators: readonly QuotaScope['operator'][] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
  const operator = expression?.get('operator');
  if (operator !== undefined) checkOneOf(operator, operators);
  return {
    name: known,
    operator: operators.find(each => each === operator?.text()) ?? 'Exists',
    values: expression?.get('values').texts() ?? [],
  };
}
