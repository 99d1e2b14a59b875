// A LimitRange, with the defaults that its items take from one another
// (pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem).

import type {LimitRange, LimitRangeItem} from '../objects/quota.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import type {Metadata} from './metadata.ts';
import {readResourceList} from './resource-list.ts';

export function readLimitRange(object: Field, metadata: Metadata): LimitRange {
  const items = object.get('spec').get('limits').items();
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    limits: items.flatMap(readItem),
  };
}

function readItem(item: Field): LimitRangeItem[] {
  const type = item.get('type');
  const kind = type.text();
  // Of volumes nothing is modelled, and their items are told by nobody else.
  if (kind === 'PersistentVolumeClaim') {
    type.warning('limits of PersistentVolumeClaims are not modelled yet and have no effect');
    return [];
  }
  checkOneOf(type, ['Container', 'Pod', 'PersistentVolumeClaim']);
  const list = (key: string) => readResourceList(item.get(key), 'node');
  const [max, min, ratio] = [list('max'), list('min'), ratios(item.get('maxLimitRequestRatio'))];
  if (kind === 'Pod')
    return [{type: kind, max, min, ratio, limits: new Map(), requests: new Map()}];
  const limits = new Map([...max, ...list('default')]);
  const requests = new Map([...min, ...limits, ...list('defaultRequest')]);
  return [{type: 'Container', max, min, ratio, limits, requests}];
}

/** Plain numbers, also of cpu. */
function ratios(field: Field): LimitRangeItem['ratio'] {
  const list = readResourceList(field, 'node');
  return new Map([...list].map(([name, ratio]) => [name, name === 'cpu' ? ratio / 1000 : ratio]));
}
