// What a Job says besides its pods, with the API server's defaults and checks
// (pkg/apis/batch/v1/defaults.go, pkg/apis/batch/validation).

import type {JobSpec} from '../objects/job-object.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {notOneOf} from '../options/choice.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import {readPodFailurePolicy, readSuccessPolicy} from './job-policies.ts';
import {count, optionalCount, optionalSeconds} from './numbers.ts';

/** Where only the failures of each index are limited, all together are not. */
const unlimited = 2 ** 31 - 1;

export function readJobSpec(spec: Field, template: PodTemplate): JobSpec {
  const [completions, parallelism] = [spec.get('completions'), spec.get('parallelism')];
  const indexed = readMode(spec.get('completionMode'));
  if (indexed && !completions.present) completions.error('expected a number with Indexed');
  const bothUnset = !completions.present && !parallelism.present;
  const backoffLimitPerIndex = readPerIndex(spec, indexed);
  const podFailurePolicy = readPodFailurePolicy(spec, template);
  return {
    template,
    parallelism: count(parallelism, 1),
    completions: completions.present || bothUnset ? count(completions, 1) : undefined,
    indexed,
    backoffLimit: count(
      spec.get('backoffLimit'),
      backoffLimitPerIndex === undefined ? 6 : unlimited,
    ),
    backoffLimitPerIndex,
    maxFailedIndexes: optionalCount(spec.get('maxFailedIndexes')),
    podFailurePolicy,
    successPolicy: readSuccessPolicy(spec, indexed),
    podReplacementPolicy: readReplacement(spec, podFailurePolicy !== undefined),
    activeDeadline: optionalSeconds(spec.get('activeDeadlineSeconds')),
    suspend: spec.get('suspend').flag(),
    ttlAfterFinished: optionalSeconds(spec.get('ttlSecondsAfterFinished')),
  };
}

function readMode(mode: Field): boolean {
  const indexed = mode.text() === 'Indexed';
  if (mode.present && !indexed && mode.text() !== 'NonIndexed') {
    mode.error(notOneOf(mode.value, ['NonIndexed', 'Indexed']));
  }
  return indexed;
}

function readPerIndex(spec: Field, indexed: boolean): number | undefined {
  const [limit, most] = [spec.get('backoffLimitPerIndex'), spec.get('maxFailedIndexes')];
  if (limit.present && !indexed) limit.error('expected completionMode Indexed beside it');
  if (most.present && !limit.present) most.error('expected backoffLimitPerIndex beside it');
  return optionalCount(limit);
}

function readReplacement(spec: Field, failuresMatter: boolean): JobSpec['podReplacementPolicy'] {
  const policy = spec.get('podReplacementPolicy');
  const allowed = failuresMatter ? ['Failed'] : ['TerminatingOrFailed', 'Failed'];
  checkOneOf(policy, allowed);
  return failuresMatter || policy.text() === 'Failed' ? 'Failed' : 'TerminatingOrFailed';
}
