// What a Job's policies make of its pods: which failures count (pkg/controller/job,
// pod_failure_policy.go), and which successes are enough (success_policy.go).

import {unreachable} from '../engine/unreachable.ts';
import type {
  ExitCodeRule,
  GonePod,
  JobSpec,
  PodFailureRule,
  SuccessRule,
} from '../objects/job-object.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';

export type FailureAction = PodFailureRule['action'];

/** The first rule that matches decides; a failure that none matches counts. */
export function actionOn(pod: GonePod, {podFailurePolicy, template}: JobSpec): FailureAction {
  const rule = podFailurePolicy?.find(each => matches(each, pod, template));
  return rule?.action ?? 'Count';
}

function matches(
  {exitCodes, conditions}: PodFailureRule,
  pod: GonePod,
  template: PodTemplate,
): boolean {
  if (exitCodes !== undefined) return exitMatches(exitCodes, pod, template);
  return conditions.some(({type, status}) => conditionOf(pod, type) === status);
}

// As matchOnExitCodes: a container that ended well matches no rule.
function exitMatches(
  {container, operator, values}: ExitCodeRule,
  {end}: GonePod,
  {spec}: PodTemplate,
): boolean {
  const exit = end?.exit;
  if (exit === undefined || exit.code === 0) return false;
  const {name} = [...spec.initContainers, ...spec.containers][exit.container];
  if (container !== undefined && container !== name) return false;
  switch (operator) {
    case 'In':
      return values.includes(exit.code);
    case 'NotIn':
      return !values.includes(exit.code);
    default:
      return unreachable(operator);
  }
}

/** Of the conditions that a rule may name, the one that failed pods have here. */
function conditionOf({disruption}: GonePod, type: string): string | undefined {
  return type === 'DisruptionTarget' && disruption !== undefined ? 'True' : undefined;
}

export function isEnough(rules: readonly SuccessRule[], completed: ReadonlySet<number>): boolean {
  return rules.some(({indexes, count}) => {
    const relevant = indexes === undefined ? completed : intersection(indexes, completed);
    return relevant.size >= (count ?? indexes?.size ?? Infinity);
  });
}

function intersection(one: ReadonlySet<number>, other: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...one].filter(each => other.has(each)));
}
