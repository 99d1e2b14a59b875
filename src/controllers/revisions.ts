// A Deployment's ReplicaSets: which one has its template, what they are called, and the annotations
// by which it recognises revisions and scalings (deployment/util/deployment_util.go).

import type {WorkloadId} from '../objects/ids.ts';
import type {LabelSelector, Labels} from '../objects/labels.ts';
import {templateHashLabel} from '../objects/template-text.ts';
import type {DeploymentObject, ReplicaSetObject} from '../objects/workload-object.ts';
import type {NewWorkload, WorkloadRequest} from '../objects/workload-request.ts';
import {limitsOf} from './rolling-update.ts';
import {templateHash} from './template-hash.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

export type OwnedSet = {readonly id: WorkloadId; readonly object: ReplicaSetObject};

export function revisionOf({annotations}: {annotations: Labels}): number {
  return numberIn(annotations, revisionAnnotation) ?? 0;
}

export function maxReplicasOf({annotations}: ReplicaSetObject): number | undefined {
  return numberIn(annotations, maxAnnotation);
}

export function desiredReplicasOf({annotations}: ReplicaSetObject): number | undefined {
  return numberIn(annotations, desiredAnnotation);
}

/** The revision that the newest template has or is to get. */
export function nextRevision(newest: OwnedSet | undefined, old: readonly OwnedSet[]): number {
  const highest = Math.max(0, ...old.map(({object}) => revisionOf(object)));
  return Math.max(highest + 1, newest === undefined ? 0 : revisionOf(newest.object));
}

export function newReplicaSet(
  deployment: DeploymentObject,
  owner: WorkloadId,
  {size, revision}: {size: number; revision: number},
): Extract<NewWorkload, {kind: 'ReplicaSet' | 'ReplicationController'}> {
  const {kind, namespace, name, spec} = deployment;
  const hash = templateHash(spec.template);
  const ownName = `${name}-${hash}`;
  const labels = new Map([...spec.template.labels, [templateHashLabel, hash]]);
  const own = {kind: 'ReplicaSet', name: ownName};
  return {
    kind: 'ReplicaSet',
    namespace,
    name: ownName,
    labels,
    annotations: annotated(deployment, deployment.annotations, revision),
    owner: {id: owner, kind, name},
    spec: {
      replicas: size,
      selector: [...spec.selector, ...hashSelector(hash)],
      template: {...spec.template, labels, owner: own},
      minReady: spec.minReady,
    },
  };
}

/** `undefined` when the set is as it should be. */
export function setUpdate(
  deployment: DeploymentObject,
  {id, object}: OwnedSet,
  {size, revision}: {size: number; revision?: number},
): WorkloadRequest | undefined {
  const {minReady} = revision === undefined ? object.spec : deployment.spec;
  const annotations = annotated(
    deployment,
    object.annotations,
    Math.max(revision ?? 0, revisionOf(object)),
  );
  const {version, spec} = object;
  const sameSpec = size === spec.replicas && minReady === spec.minReady;
  if (sameSpec && sameLabels(annotations, object.annotations)) return undefined;
  if (sameSpec) return {verb: 'update', workload: id, version, annotations};
  const next = {...spec, replicas: size, minReady};
  return {verb: 'update', workload: id, version, spec: next, annotations};
}

/** Surplus old sets without pods, those of the oldest revisions (cleanupDeployment). */
export function surplusSets({spec}: DeploymentObject, old: readonly OwnedSet[]): OwnedSet[] {
  const alive = old.filter(({object}) => object.deletedAt === undefined);
  const surplus = Math.max(0, alive.length - spec.revisionHistoryLimit);
  return alive
    .sort((a, b) => revisionOf(a.object) - revisionOf(b.object))
    .slice(0, surplus)
    .filter(({object: {spec: wanted, status, generation}}) => {
      const empty = wanted.replicas === 0 && status.replicas === 0;
      return empty && generation <= status.observedGeneration;
    });
}

function annotated({spec}: DeploymentObject, before: Labels, revision: number): Labels {
  const {replicas} = spec;
  return new Map([
    ...before,
    [revisionAnnotation, `${revision}`],
    [desiredAnnotation, `${replicas}`],
    [maxAnnotation, `${replicas + limitsOf(spec).surge}`],
  ]);
}

function hashSelector(hash: string): LabelSelector {
  return [{key: templateHashLabel, operator: 'In', values: [hash]}];
}

function numberIn(annotations: Labels, key: string): number | undefined {
  const text = annotations.get(key);
  return text === undefined || !/^\d{1,15}$/.test(text) ? undefined : Number(text);
}

function sameLabels(a: Labels, b: Labels): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
