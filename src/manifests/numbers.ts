// Fields that hold a number from 0 on, and seconds.

import {second, type Time} from '../engine/time.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

export function count(field: Field, otherwise: number): number {
  const value = field.integer() ?? otherwise;
  if (value >= 0) return value;
  field.error(`expected a whole number from 0, got ${show(value)}`);
  return otherwise;
}

export function optionalCount(field: Field): number | undefined {
  return field.present ? count(field, 0) : undefined;
}

export function optionalSeconds(field: Field): Time | undefined {
  return field.present ? count(field, 0) * second : undefined;
}
