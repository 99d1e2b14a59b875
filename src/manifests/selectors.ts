// Label selectors as the API writes them: `matchLabels`, `matchExpressions`, or a plain map of
// pairs.

import {
  equalitySelector,
  type LabelOperator,
  type LabelRequirement,
  type LabelSelector,
} from '../objects/labels.ts';
import {notOneOf} from '../options/choice.ts';
import type {Field} from './field.ts';
import {readLabels} from './metadata.ts';
import {checkKey, checkLabelValue} from './names.ts';

/** `undefined` where the field is absent: such a selector matches nothing. */
export function readLabelSelector(field: Field): LabelSelector | undefined {
  if (!field.present) return undefined;
  return [
    ...equalitySelector(readLabels(field.get('matchLabels'))),
    ...field.get('matchExpressions').items().map(readRequirement),
  ];
}

export function readPairs(field: Field): LabelSelector | undefined {
  if (!field.present) return undefined;
  return equalitySelector(readLabels(field));
}

function readRequirement(requirement: Field): LabelRequirement {
  const key = requirement.get('key');
  checkKey(key, key.text() ?? '');
  const values = requirement.get('values');
  for (const value of values.items()) checkLabelValue(value, value.text() ?? '');
  const operator = requirement.get('operator');
  if (!operators.includes(operator.text() ?? ''))
    operator.error(notOneOf(operator.value, operators));
  else checkValueCount(values, operator.text() as LabelOperator);
  return {
    key: key.text() ?? '',
    operator: operator.text() as LabelOperator,
    values: values.texts(),
  };
}

export function checkValueCount(values: Field, operator: string): void {
  const {length} = values.items();
  const some = operator === 'In' || operator === 'NotIn';
  if (some && length === 0) values.error(`operator ${operator} needs at least one value`);
  if (!some && length > 0) values.error(`operator ${operator} takes no values`);
}

const operators: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
