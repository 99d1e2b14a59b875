// A Job's podFailurePolicy and successPolicy, as pkg/apis/batch/validation checks them.

import type {ExitCodeRule, JobSpec, PodFailureRule, SuccessRule} from '../objects/job-object.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {show} from '../options/show.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import {optionalCount} from './numbers.ts';

const actions: readonly PodFailureRule['action'][] = ['FailJob', 'FailIndex', 'Ignore', 'Count'];

export function readPodFailurePolicy(
  spec: Field,
  template: PodTemplate,
): JobSpec['podFailurePolicy'] {
  const policy = spec.get('podFailurePolicy');
  if (!policy.present) return undefined;
  if (template.spec.restartPolicy !== 'Never') {
    policy.error('expected restartPolicy Never in the pod template beside it');
  }
  const perIndex = spec.get('backoffLimitPerIndex').present;
  return policy
    .get('rules')
    .items()
    .map(rule => readFailureRule(rule, {perIndex, template}));
}

function readFailureRule(
  rule: Field,
  {perIndex, template}: {perIndex: boolean; template: PodTemplate},
): PodFailureRule {
  const action = rule.get('action');
  if (!action.present) action.error(`expected one of ${actions.join(', ')}, got nothing`);
  checkOneOf(action, actions);
  if (action.text() === 'FailIndex' && !perIndex) {
    action.error('expected backoffLimitPerIndex with FailIndex');
  }
  const [exitCodes, conditions] = [rule.get('onExitCodes'), rule.get('onPodConditions')];
  if (exitCodes.present === conditions.items().length > 0) {
    rule.error('expected either onExitCodes or onPodConditions');
  }
  return {
    action: actions.find(known => known === action.text()) ?? 'Count',
    exitCodes: exitCodes.present ? readExitCodes(exitCodes, template) : undefined,
    conditions: conditions.items().map(condition => ({
      type: condition.get('type').text() ?? '',
      status: condition.get('status').text() ?? 'True',
    })),
  };
}

function readExitCodes(rule: Field, {spec}: PodTemplate): ExitCodeRule {
  const [container, operator, values] = ['containerName', 'operator', 'values'].map(key =>
    rule.get(key),
  );
  const name = container.text();
  const names = [...spec.initContainers, ...spec.containers].map(each => each.name);
  if (name !== undefined) checkOneOf(container, names);
  checkOneOf(operator, ['In', 'NotIn']);
  const codes = values.items().map(value => value.integer() ?? 0);
  if (operator.text() === 'In' && codes.includes(0)) {
    values.error('expected exit codes other than 0 with In');
  }
  return {container: name, operator: operator.text() === 'NotIn' ? 'NotIn' : 'In', values: codes};
}

export function readSuccessPolicy(spec: Field, indexed: boolean): JobSpec['successPolicy'] {
  const policy = spec.get('successPolicy');
  if (!policy.present) return undefined;
  if (!indexed) policy.error('expected completionMode Indexed beside it');
  const rules = policy.get('rules').items();
  if (rules.length === 0) policy.error('expected at least one rule');
  return rules.map(readSuccessRule);
}

function readSuccessRule(rule: Field): SuccessRule {
  const [indexes, least] = [rule.get('succeededIndexes'), rule.get('succeededCount')];
  if (!indexes.present && !least.present) {
    rule.error('expected succeededIndexes or succeededCount');
  }
  const read = indexes.present ? readIndexes(indexes) : undefined;
  return {indexes: read && new Set(read), count: optionalCount(least)};
}

/** As `1,3-5,7`. */
function readIndexes(field: Field): number[] {
  const parts = (field.text() ?? '').split(',').map(part => /^(\d+)(?:-(\d+))?$/.exec(part));
  const indexes: number[] = [];
  for (const part of parts) {
    const [from, to] = [Number(part?.[1]), Number(part?.[2] ?? part?.[1])];
    if (part === null || from > to || to > 1e6) {
      field.error(`expected indexes such as 0,2-5, got ${show(field.value)}`);
      return [];
    }
    for (let index = from; index <= to; index++) indexes.push(index);
  }
  return indexes;
}
