// Every field of a built-in kind against the tables of the API: an unknown field is a warning (a
// real API server drops it), a value of the wrong type an error. Fields that Orrery does not model
// yet but that change behaviour are named as well.

import {isMap} from '../options/is-map.ts';
import {didYouMean} from '../options/nearest.ts';
import {readQuantity} from '../options/quantity.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import {unmodelledFields} from './modelled.ts';
import {type FieldType, fieldsOf} from './schema/fields.ts';

export function checkFields(record: Field, type: string): void {
  if (!record.present) return;
  if (!isMap(record.value)) {
    record.error(`expected a map, got ${show(record.value)}`);
    return;
  }
  const table = fieldsOf(type);
  // A type without a table is one whose content the API server does not look into.
  if (table.size === 0) return;
  const ignored = unmodelledFields.get(type);
  for (const field of record.entries()) {
    const name = String(field.key);
    const fieldType = table.get(name);
    if (fieldType === undefined) {
      field.keyWarning(`unknown field ${show(name)}${didYouMean(name, table.keys())}`);
      continue;
    }
    if (ignored?.has(name) && changesSomething(field.value)) {
      field.keyWarning(`${name} is not modelled yet and has no effect`);
    }
    checkType(field, fieldType);
  }
}

function changesSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(Array.isArray(value) && value.length === 0);
}

function checkType(field: Field, type: FieldType): void {
  if (!field.present) return;
  switch (type.is) {
    case 'any':
      return;
    case 'record':
      checkFields(field, type.type);
      return;
    case 'list':
      checkList(field, type.of);
      return;
    case 'map':
      checkMap(field, type.of);
      return;
    default: {
      const wrong = wrongScalar(field.value, type.is);
      if (wrong !== undefined) field.error(wrong);
    }
  }
}

function checkList(field: Field, type: FieldType): void {
  if (!Array.isArray(field.value)) {
    field.error(`expected a list, got ${show(field.value)}`);
    return;
  }
  for (const item of field.items()) checkType(item, type);
}

function checkMap(field: Field, type: FieldType): void {
  if (!isMap(field.value)) {
    field.error(`expected a map, got ${show(field.value)}`);
    return;
  }
  for (const entry of field.entries()) checkType(entry, type);
}

type Scalar = Exclude<FieldType['is'], 'any' | 'list' | 'map' | 'record'>;

function wrongScalar(value: unknown, is: Scalar): string | undefined {
  switch (is) {
    case 'string':
      return typeof value === 'string' ? undefined : notText(value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected true or false, got ${show(value)}`;
    case 'number':
      return Number.isFinite(value) ? undefined : `expected a number, got ${show(value)}`;
    case 'integer':
      return Number.isInteger(value) ? undefined : `expected a whole number, got ${show(value)}`;
    case 'count':
      if (typeof value === 'string' || Number.isInteger(value)) return undefined;
      return `expected a whole number or a text, got ${show(value)}`;
    default: {
      const amount = readQuantity(value, 'one');
      return typeof amount === 'string' ? amount : undefined;
    }
  }
}

function notText(value: unknown): string {
  if (typeof value === 'number') return `expected a text, got ${value}; write "${value}"`;
  if (typeof value !== 'boolean') return `expected a text, got ${show(value)}`;
  return `expected a text, got ${value}; put it in quotes (YAML reads ${
    value ? 'y, yes, on' : 'n, no, off'
  } as ${value})`;
}
