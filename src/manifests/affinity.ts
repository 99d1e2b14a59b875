// Where a pod wants to be: node affinity, and affinity and anti-affinity to other pods.

import type {LabelRequirement, LabelSelector, Labels} from '../objects/labels.ts';
import type {
  NodeAffinity,
  NodeRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../objects/pod-spec.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import {checkKey, checkName} from './names.ts';
import {checkValueCount, readLabelSelector} from './selectors.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

export function readNodeAffinity(affinity: Field): NodeAffinity | undefined {
  if (!affinity.present) return undefined;
  const selector = affinity.get(required);
  const terms = selector.get('nodeSelectorTerms');
  if (selector.present && terms.items().length === 0) {
    terms.error('expected at least one node selector term');
  }
  return {
    required: selector.present ? terms.items().map(readNodeTerm) : undefined,
    preferred: affinity
      .get(preferred)
      .items()
      .map(item => ({weight: readWeight(item), term: readNodeTerm(item.get('preference'))})),
  };
}

function readWeight(item: Field): number {
  const weight = item.get('weight');
  const value = weight.integer() ?? 0;
  if (value < 1 || value > 100) {
    weight.error(`expected a weight from 1 to 100, got ${show(weight.value)}`);
  }
  return value;
}

function readNodeTerm(term: Field): NodeSelectorTerm {
  return {
    expressions: term.get('matchExpressions').items().map(readExpression),
    fields: term.get('matchFields').items().map(readFieldRequirement),
  };
}

function readExpression(requirement: Field): NodeRequirement {
  const key = requirement.get('key');
  checkKey(key, key.text() ?? '');
  return readNodeRequirement(requirement);
}

function readFieldRequirement(requirement: Field): NodeRequirement {
  const key = requirement.get('key');
  if (key.text() !== 'metadata.name') {
    key.error(
      `expected metadata.name, the only field nodes are selected by, got ${show(key.value)}`,
    );
  }
  const operator = requirement.get('operator');
  if (operator.text() !== 'In' && operator.text() !== 'NotIn') {
    operator.error(notOneOf(operator.value, ['In', 'NotIn']));
  }
  const values = requirement.get('values');
  if (values.items().length !== 1) values.error('expected exactly one node name');
  return toRequirement(requirement);
}

function readNodeRequirement(requirement: Field): NodeRequirement {
  const operator = requirement.get('operator');
  const values = requirement.get('values');
  const word = operator.text() ?? '';
  if (!operators.includes(word)) operator.error(notOneOf(operator.value, operators));
  else if (word !== 'Gt' && word !== 'Lt') checkValueCount(values, word);
  else if (values.items().length !== 1 || !/^[+-]?\d+$/.test(values.texts()[0] ?? '')) {
    values.error(`operator ${word} needs exactly one whole number in quotes`);
  }
  return toRequirement(requirement);
}

function toRequirement(requirement: Field): NodeRequirement {
  return {
    key: requirement.get('key').text() ?? '',
    operator: requirement.get('operator').text() as NodeRequirement['operator'],
    values: requirement.get('values').texts(),
  };
}

const operators: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

export function readPodAffinity(affinity: Field, labels: Labels): PodAffinity | undefined {
  if (!affinity.present) return undefined;
  return {
    required: affinity
      .get(required)
      .items()
      .map(term => readPodTerm(term, labels)),
    preferred: affinity
      .get(preferred)
      .items()
      .map(item => ({
        weight: readWeight(item),
        term: readPodTerm(item.get('podAffinityTerm'), labels),
      })),
  };
}

function readPodTerm(term: Field, labels: Labels): PodAffinityTerm {
  const topologyKey = term.get('topologyKey');
  if (topologyKey.text()) checkKey(topologyKey, topologyKey.text() ?? '');
  else topologyKey.error('expected a topologyKey such as kubernetes.io/hostname, got nothing');
  const namespaces = term.get('namespaces');
  for (const namespace of namespaces.items()) checkName(namespace, 'label');
  const selector = term.get('labelSelector');
  return {
    topologyKey: topologyKey.text() ?? '',
    labelSelector: withPodsOwnLabels(term, readLabelSelector(selector), labels),
    namespaces: namespaces.texts(),
    namespaceSelector: readLabelSelector(term.get('namespaceSelector')),
  };
}

// As the API server's applyMatchLabelKeysAndMismatchLabelKeys: what the pod's labels say for these
// keys is written into the selector when the pod is made.
function withPodsOwnLabels(
  term: Field,
  selector: LabelSelector | undefined,
  labels: Labels,
): LabelSelector | undefined {
  const match = readKeys(term.get('matchLabelKeys'), selector);
  const mismatch = readKeys(term.get('mismatchLabelKeys'), selector);
  if (selector === undefined) return undefined;
  return [...selector, ...ownLabels(match, labels, 'In'), ...ownLabels(mismatch, labels, 'NotIn')];
}

export function readKeys(keys: Field, selector: LabelSelector | undefined): readonly string[] {
  for (const key of keys.items()) {
    checkKey(key, key.text() ?? '');
    if (selector?.some(requirement => requirement.key === key.text())) {
      key.error(`expected a key that the labelSelector does not use, got ${show(key.value)}`);
    }
  }
  if (keys.items().length > 0 && selector === undefined) {
    keys.error('expected a labelSelector beside these keys');
  }
  return keys.texts();
}

export function ownLabels(
  keys: readonly string[],
  labels: Labels,
  operator: 'In' | 'NotIn',
): LabelRequirement[] {
  return keys.flatMap(key => {
    const value = labels.get(key);
    return value === undefined ? [] : {key, operator, values: [value]};
  });
}
