// `kubectl rollout restart`, `pause`, `resume` and `undo`.

import * as z from 'zod';
import {formatSeconds, type Time} from '../engine/time.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Store} from '../objects/store.ts';
import {templateHashLabel} from '../objects/template-text.ts';
import type {WorkloadChange} from '../objects/workload-request.ts';
import {choiceOf} from '../options/choice.ts';
import {type Found, type OperationWorld, onWorkload} from './define-operation.ts';

const restartedAt = 'kubectl.kubernetes.io/restartedAt';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

const actions = ['restart', 'pause', 'resume', 'undo'] as const;

const toRevision = z.int().min(1).optional().describe('for undo; the one before unless written');

export const rollout = onWorkload({
  do: 'rollout',
  kinds: ['Deployment', 'DaemonSet'],
  options: {action: choiceOf([...actions]).describe('what to do'), toRevision},
  perform: (found, {action, toRevision: wanted}, world) => perform(found, {action, wanted}, world),
});

/** The same under a name for each: `rollout-restart` … */
export const rolloutActions = actions.map(action =>
  onWorkload({
    do: `rollout-${action}`,
    kinds: ['Deployment', 'DaemonSet'],
    options: action === 'undo' ? {toRevision} : {},
    perform: (found, options, world) => {
      const {toRevision: wanted} = options as {toRevision?: number};
      perform(found, {action, wanted}, world);
    },
  }),
);

function perform(
  found: Found,
  {action, wanted}: {action: Wish['action']; wanted: number | undefined},
  {api, store, now}: OperationWorld,
): void {
  const spec = changeOf(found, {action, toRevision: wanted, store, now});
  if (spec === undefined) return;
  api.writeWorkload({verb: 'update', workload: found.id, version: undefined, spec});
}

type Wish = {
  readonly action: (typeof actions)[number];
  readonly toRevision: number | undefined;
  readonly store: Store;
  readonly now: Time;
};

function changeOf({id, object}: Found, wish: Wish): WorkloadChange['spec'] {
  const {action, store, now} = wish;
  if (object.kind !== 'Deployment' && object.kind !== 'DaemonSet') return undefined;
  if (action === 'restart') return {template: restarted(object.spec.template, now)};
  // Pausing and the history of revisions are a Deployment's.
  if (object.kind === 'DaemonSet') return undefined;
  switch (action) {
    case 'pause':
      return {paused: true};
    case 'resume':
      return {paused: false};
    case 'undo':
      return undone(id, {store, wanted: wish.toRevision});
    default:
      return unreachable(action);
  }
}

/** Only the annotation differs, which is enough for another template. */
function restarted(template: PodTemplate, now: Time): PodTemplate {
  const annotations = new Map([...template.annotations, [restartedAt, formatSeconds(now)]]);
  return {...template, annotations};
}

// As the deployment rollbacker: the template of the ReplicaSet of that revision, without its hash.
// It refuses to while the Deployment is paused.
function undone(
  id: WorkloadId,
  {store, wanted}: {store: Store; wanted: number | undefined},
): WorkloadChange['spec'] {
  const revisions = [...store.workloads.all()]
    .flatMap(([, set]) => (set.kind === 'ReplicaSet' && set.owner?.id === id ? [set] : []))
    .map(set => ({template: set.spec.template, revision: revisionOf(set.annotations)}))
    .sort((a, b) => b.revision - a.revision);
  const chosen =
    wanted === undefined ? revisions[1] : revisions.find(({revision}) => revision === wanted);
  const before = store.workloads.get(id);
  if (chosen === undefined || before?.kind !== 'Deployment') return undefined;
  if (before.spec.paused) return undefined;
  const labels = [...chosen.template.labels].filter(([key]) => key !== templateHashLabel);
  const {owner} = before.spec.template;
  return {template: {...chosen.template, labels: new Map(labels), owner}};
}

function revisionOf(annotations: ReadonlyMap<string, string>): number {
  return Number(annotations.get(revisionAnnotation) ?? 0);
}
