// What apimachinery's labels.NewRequirement accepts. The API server turns away most of what it does
// not; what slips through makes a node selector term match nothing and a pod affinity term an
// error.

import type {LabelSelector} from './labels.ts';
import type {NodeRequirement} from './pod-spec.ts';

export function isValidRequirement({key, operator, values}: NodeRequirement): boolean {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return false;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0;
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0;
    case 'Gt':
    case 'Lt':
      return values.length === 1 && integer(values[0]) !== undefined;
    default:
      return false;
  }
}

export function isValidSelector(selector: LabelSelector | undefined): boolean {
  return selector === undefined || selector.every(isValidRequirement);
}

/**
 * As Go's strconv.ParseInt in base 10: a sign and leading zeros are fine, 64 bits are the limit.
 */
export function integer(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

const name = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const domain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  if (parts.length > 2) return false;
  if (parts.length === 2 && (parts[0].length > 253 || !domain.test(parts[0]))) return false;
  const last = parts[parts.length - 1];
  return last.length <= 63 && name.test(last);
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && name.test(value));
}
