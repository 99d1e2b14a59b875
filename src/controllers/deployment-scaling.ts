// How a Deployment that was scaled, and not changed, sizes its ReplicaSets
// (pkg/controller/deployment/sync.go).

import type {DeploymentObject} from '../objects/workload-object.ts';
import type {SetsSeen} from './deployment-status.ts';
import {proportionalSizes} from './proportional-scaling.ts';
import {desiredReplicasOf, maxReplicasOf, type OwnedSet} from './revisions.ts';
import {limitsOf} from './rolling-update.ts';

export type Resized = {readonly set: OwnedSet; readonly size: number};

/** As isScalingEvent: some set was made for another number of replicas. */
export function wasScaled({spec}: DeploymentObject, sets: SetsSeen): boolean {
  return active(sets).some(({object}) => {
    const desired = desiredReplicasOf(object);
    return desired !== undefined && desired !== spec.replicas;
  });
}

export function scaledSizes(deployment: DeploymentObject, sets: SetsSeen): Resized[] {
  const {replicas, strategy} = deployment.spec;
  const only = activeOrLatest(sets);
  if (only !== undefined) return [{set: only, size: replicas}];
  const {newest, old} = sets;
  if (newest !== undefined && isSaturated(deployment, newest)) {
    return active({newest: undefined, old}).map(set => ({set, size: 0}));
  }
  if (strategy.type !== 'RollingUpdate') return [];
  const all = active(sets);
  const scaled = all.map(({object}) => ({
    size: object.spec.replicas,
    maxReplicas: maxReplicasOf(object),
    serial: object.serial,
  }));
  const {surge} = limitsOf(deployment.spec);
  const replicasBefore = deployment.status.replicas;
  const sizes = proportionalSizes(scaled, {replicas, surge, replicasBefore});
  return all.map((set, i) => ({set, size: sizes[i]}));
}

function active({newest, old}: SetsSeen): OwnedSet[] {
  const all = newest === undefined ? old : [...old, newest];
  return all.filter(({object}) => object.spec.replicas > 0);
}

// As FindActiveOrLatest: the one set that has pods, or the newest of those that have none.
function activeOrLatest(sets: SetsSeen): OwnedSet | undefined {
  const some = active(sets);
  if (some.length > 1) return undefined;
  return some[0] ?? sets.newest ?? sets.old.at(-1);
}

function isSaturated({spec}: DeploymentObject, {object}: OwnedSet): boolean {
  return (
    object.spec.replicas === spec.replicas &&
    desiredReplicasOf(object) === spec.replicas &&
    object.status.availableReplicas === spec.replicas
  );
}
