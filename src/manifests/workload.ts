// The kinds that make pods: what they share is a number of replicas, a selector and a pod template.

import {type LabelSelector, labelsMatch} from '../objects/labels.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import type {RawObject, Workload, WorkloadKind} from './manifest.ts';
import {type Metadata, readAnnotations, readOwner} from './metadata.ts';
import {readPodTemplate} from './pod.ts';
import {readLabelSelector, readPairs} from './selectors.ts';
import {readNewWorkload} from './workload-spec.ts';

export function readWorkload(object: Field, metadata: Metadata, kind: WorkloadKind): Workload {
  const {name, namespace = 'default'} = metadata;
  const spec = object.get('spec');
  // A CronJob holds a Job, which holds the pod.
  const owning = kind === 'CronJob' ? spec.get('jobTemplate').get('spec') : spec;
  const template = owning.get('template');
  if (!template.present) template.error('expected a pod template, got nothing');
  const pods = readPodTemplate(template, {namespace, owner: {kind, name}});
  checkRestartPolicy(template.get('spec').get('restartPolicy'), kind);
  const selector = readSelector(owning.get('selector'), kind);
  if (template.present && selector !== undefined && !labelsMatch(selector, pods.labels)) {
    template
      .get('metadata')
      .get('labels')
      .error(`expected labels that ${kind.toLowerCase()}.spec.selector selects`);
  }
  const selects =
    kind === 'ReplicationController' && selector === undefined ? equal(pods.labels) : selector;
  const annotations = readAnnotations(object.get('metadata').get('annotations'));
  const parts = {kind, namespace, name, labels: metadata.labels, annotations};
  return {
    kind,
    name,
    namespace,
    replicas: readReplicas(owning, kind),
    selector: selects,
    template: pods,
    wish: readNewWorkload(spec, {...parts, selector: selects, template: pods}),
    owner: readOwner(object.get('metadata')),
    object: object.value as RawObject,
  };
}

const equal = (labels: ReadonlyMap<string, string>): LabelSelector =>
  [...labels].map(([key, value]) => ({key, operator: 'In', values: [value]}));

function readSelector(selector: Field, kind: WorkloadKind): LabelSelector | undefined {
  if (kind === 'Job' || kind === 'CronJob') return undefined;
  if (kind === 'ReplicationController') return readPairs(selector);
  const requirements = readLabelSelector(selector);
  if (requirements === undefined) selector.error('expected a selector, got nothing');
  else if (requirements.length === 0) selector.error('expected a selector that is not empty');
  return requirements;
}

function readReplicas(spec: Field, kind: WorkloadKind): number | undefined {
  if (kind === 'DaemonSet') return undefined;
  const field = spec.get(kind === 'Job' || kind === 'CronJob' ? 'parallelism' : 'replicas');
  const count = field.integer() ?? 1;
  if (count < 0) field.error(`expected a whole number from 0, got ${show(count)}`);
  return count;
}

// As ValidatePodTemplateSpec's callers: controllers that keep pods running need Always, Jobs the
// others.
function checkRestartPolicy(policy: Field, kind: WorkloadKind): void {
  const job = kind === 'Job' || kind === 'CronJob';
  const allowed = job ? ['OnFailure', 'Never'] : ['Always'];
  const text = policy.text() || 'Always';
  if (!allowed.includes(text)) policy.error(`${kind}: ${notOneOf(policy.value, allowed)}`);
}
