// What keeps a pod off nodes or spreads it over them: tolerations and topology spread constraints.

import type {Labels} from '../objects/labels.ts';
import type {Toleration, TopologySpreadConstraint} from '../objects/pod-spec.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {ownLabels, readKeys} from './affinity.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import {checkKey, checkLabelValue} from './names.ts';
import {readLabelSelector} from './selectors.ts';

export const taintEffects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function readToleration(toleration: Field): Toleration {
  const key = toleration.get('key');
  const operator = toleration.get('operator').text() || 'Equal';
  const value = toleration.get('value');
  const effect = toleration.get('effect');
  const seconds = toleration.get('tolerationSeconds');
  if (key.text()) checkKey(key, key.text() ?? '');
  else if (operator !== 'Exists') {
    toleration
      .get('operator')
      .error(`expected Exists where the key is empty, got ${show(operator)}`);
  }
  checkOneOf(toleration.get('operator'), ['Equal', 'Exists', 'Lt', 'Gt']);
  checkTolerationValue(value, operator);
  checkOneOf(effect, taintEffects);
  if (seconds.present && effect.text() !== 'NoExecute') {
    effect.error(`expected NoExecute where tolerationSeconds is set, got ${show(effect.value)}`);
  }
  return {
    key: key.text() ?? '',
    operator,
    value: value.text() ?? '',
    effect: effect.text() ?? '',
    tolerationSeconds: seconds.integer(),
  };
}

function checkTolerationValue(value: Field, operator: string): void {
  const text = value.text() ?? '';
  if (operator === 'Exists') {
    if (text !== '') value.error(`operator Exists takes no value, got ${show(text)}`);
  } else if (operator === 'Lt' || operator === 'Gt') {
    if (!/^(?:0|-?[1-9]\d*)$/.test(text)) {
      value.error(`operator ${operator} needs a whole number, got ${show(text)}`);
    }
  } else checkLabelValue(value, text);
}

export function readSpreadConstraints(list: Field, labels: Labels): TopologySpreadConstraint[] {
  const seen = new Set<string>();
  return list.items().map(field => {
    const constraint = readSpreadConstraint(field, labels);
    const {topologyKey, whenUnsatisfiable} = constraint;
    const key = `${topologyKey} ${whenUnsatisfiable}`;
    // One that is incomplete was told so; what it doubles cannot be known.
    const complete = topologyKey !== '' && whenUnsatisfiable !== undefined;
    if (complete && seen.has(key)) {
      field.error(`duplicate constraint over ${topologyKey} with ${whenUnsatisfiable}`);
    }
    seen.add(key);
    return constraint;
  });
}

function readSpreadConstraint(constraint: Field, labels: Labels): TopologySpreadConstraint {
  const topologyKey = constraint.get('topologyKey');
  if (topologyKey.text()) checkKey(topologyKey, topologyKey.text() ?? '');
  else topologyKey.error('expected a topologyKey such as topology.kubernetes.io/zone, got nothing');
  const when = constraint.get('whenUnsatisfiable');
  const unsatisfiable = ['DoNotSchedule', 'ScheduleAnyway'];
  if (!unsatisfiable.includes(when.text() ?? '')) when.error(notOneOf(when.value, unsatisfiable));
  checkDomains(constraint.get('minDomains'), when.text());
  const selector = readLabelSelector(constraint.get('labelSelector'));
  const matchLabelKeys = readKeys(constraint.get('matchLabelKeys'), selector);
  return {
    maxSkew: readPositive(constraint.get('maxSkew')),
    topologyKey: topologyKey.text() ?? '',
    whenUnsatisfiable: when.text() as TopologySpreadConstraint['whenUnsatisfiable'],
    // Merged by the API server from 1.34 on; the scheduler before it adds the same, which changes
    // nothing.
    labelSelector: selector && [...selector, ...ownLabels(matchLabelKeys, labels, 'In')],
    minDomains: constraint.get('minDomains').integer() ?? 1,
    nodeAffinityPolicy: readPolicy(constraint.get('nodeAffinityPolicy'), 'Honor'),
    nodeTaintsPolicy: readPolicy(constraint.get('nodeTaintsPolicy'), 'Ignore'),
    matchLabelKeys,
  };
}

function readPositive(field: Field): number {
  const value = field.integer() ?? 0;
  if (value < 1) field.error(`expected a whole number from 1, got ${show(field.value)}`);
  return value;
}

function checkDomains(minDomains: Field, when: string | undefined): void {
  if (!minDomains.present) return;
  readPositive(minDomains);
  if (when !== 'DoNotSchedule') {
    minDomains.error('minDomains needs whenUnsatisfiable: DoNotSchedule');
  }
}

function readPolicy(field: Field, byDefault: 'Honor' | 'Ignore'): 'Honor' | 'Ignore' {
  checkOneOf(field, ['Honor', 'Ignore']);
  const text = field.text();
  return text === 'Honor' || text === 'Ignore' ? text : byDefault;
}
