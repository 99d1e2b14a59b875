// What is special to each kind of workload, with the API server's defaults
// (pkg/apis/apps/v1/defaults.go, pkg/apis/batch/v1/defaults.go).

import {second, type Time} from '../engine/time.ts';
import {podTemplateOf} from '../objects/job-object.ts';
import type {LabelSelector, Labels} from '../objects/labels.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {
  CountOrPercent,
  DaemonSetSpec,
  DeploymentSpec,
  ReplicaSetSpec,
} from '../objects/workload-object.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import {notOneOf} from '../options/choice.ts';
import {readCountOrPercent} from './count-or-percent.ts';
import {readCronJobSpec} from './cron-job-spec.ts';
import type {Field} from './field.ts';
import {readJobSpec} from './job-spec.ts';
import type {WorkloadKind} from './manifest.ts';
import {count} from './numbers.ts';

export type SharedParts = {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly selector: LabelSelector | undefined;
  readonly template: PodTemplate;
};

/** The object as it is created; its owner is found when it is. */
export function readNewWorkload(spec: Field, parts: SharedParts): NewWorkload {
  const {kind, namespace, name, labels, annotations, selector} = parts;
  const metadata = {namespace, name, labels, annotations, owner: undefined};
  switch (kind) {
    case 'Deployment':
      return {kind, ...metadata, spec: readDeployment(spec, parts)};
    case 'ReplicaSet':
    case 'ReplicationController':
      return {kind, ...metadata, spec: readReplicaSet(spec, parts)};
    case 'DaemonSet':
      return {kind, ...metadata, spec: readDaemonSet(spec, parts)};
    case 'Job':
      return {kind, ...metadata, spec: readJobSpec(spec, podTemplateOf(name, parts.template))};
    case 'CronJob':
      return {kind, ...metadata, spec: readCronJobSpec(spec, parts.template)};
    default:
      return {kind: 'uncontrolled', as: kind, ...metadata, spec: {selector}};
  }
}

function readReplicaSet(spec: Field, {selector = [], template}: SharedParts): ReplicaSetSpec {
  const replicas = count(spec.get('replicas'), 1);
  return {replicas, selector, template, minReady: readMinReady(spec)};
}

function readDeployment(spec: Field, parts: SharedParts): DeploymentSpec {
  const deadline = count(spec.get('progressDeadlineSeconds'), 600) * second;
  const minReady = readMinReady(spec);
  if (deadline <= minReady && spec.get('progressDeadlineSeconds').present) {
    spec.get('progressDeadlineSeconds').error('expected more than minReadySeconds');
  }
  return {
    ...readReplicaSet(spec, parts),
    strategy: readDeploymentStrategy(spec.get('strategy')),
    // As HasProgressDeadline: the greatest value of all means none.
    progressDeadline: deadline === 2147483647 * second ? undefined : deadline,
    revisionHistoryLimit: count(spec.get('revisionHistoryLimit'), 10),
    paused: spec.get('paused').flag(),
  };
}

function readDeploymentStrategy(strategy: Field): DeploymentSpec['strategy'] {
  const type = readType(strategy, ['RollingUpdate', 'Recreate']);
  const rolling = strategy.get('rollingUpdate');
  if (type === 'Recreate') {
    if (rolling.present) rolling.error('expected nothing with strategy Recreate');
    return {type};
  }
  return {type: 'RollingUpdate', ...readLimits(rolling, {percent: 25}, {percent: 25})};
}

function readDaemonSet(spec: Field, {selector = [], template}: SharedParts): DaemonSetSpec {
  const strategy = spec.get('updateStrategy');
  const type = readType(strategy, ['RollingUpdate', 'OnDelete']);
  const limits = readLimits(strategy.get('rollingUpdate'), {count: 0}, {count: 1});
  return {
    selector,
    template,
    minReady: readMinReady(spec),
    strategy: type === 'OnDelete' ? {type} : {type: 'RollingUpdate', ...limits},
  };
}

// Both 0 would never update anything; as validation of apps/v1, which looks before rounding.
function readLimits(rolling: Field, surge: CountOrPercent, unavailable: CountOrPercent) {
  const maxSurge = readCountOrPercent(rolling.get('maxSurge')) ?? surge;
  const maxUnavailable = readCountOrPercent(rolling.get('maxUnavailable')) ?? unavailable;
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    rolling.get('maxUnavailable').error('expected more than 0 where maxSurge is 0');
  }
  return {maxSurge, maxUnavailable};
}

function isZero(amount: CountOrPercent): boolean {
  return ('count' in amount ? amount.count : amount.percent) === 0;
}

function readType(strategy: Field, allowed: readonly string[]): string {
  const type = strategy.get('type');
  const text = type.text() || 'RollingUpdate';
  if (!allowed.includes(text)) type.error(notOneOf(type.value, allowed));
  return text;
}

function readMinReady(spec: Field): Time {
  return count(spec.get('minReadySeconds'), 0) * second;
}
