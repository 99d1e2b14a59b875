// Rolls a Deployment's template out over its ReplicaSets (pkg/controller/deployment).
//
//   deleted ──────────▶ status alone
//   paused or scaled ─▶ sizes in proportion
//   else ─────────────▶ one step of its strategy
//
// A sync scales in one direction at most; the ReplicaSets' own changes bring the next. Simplified:
// the two status writes of a sync that makes a ReplicaSet are one, and so are the two updates of an
// old ReplicaSet that loses unavailable and available pods.

import type {Simulation} from '../engine/simulation.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {
  DeploymentObject,
  DeploymentStatus,
  ProgressCondition,
} from '../objects/workload-object.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';
import type {ClusterView} from './cluster-view.ts';
import {scaledSizes, wasScaled} from './deployment-scaling.ts';
import {
  countedStatus,
  deadlineCheck,
  isComplete,
  progressed,
  type SetsSeen,
  sameStatus,
} from './deployment-status.ts';
import type {KnownPod} from './known-pod.ts';
import {nothing, type Plan} from './plan.ts';
import {recreateStep} from './recreate.ts';
import type {ControllerParts} from './replica-set.ts';
import {newReplicaSet, nextRevision, type OwnedSet, setUpdate, surplusSets} from './revisions.ts';
import {limitsOf, nextNewSize, nextOldSizes} from './rolling-update.ts';
import {TemplateTexts} from './template-texts.ts';
import {WorkLoop} from './work-loop.ts';

type Step = {
  readonly writes: readonly (WorkloadRequest | undefined)[];
  /** The set of the newest template was or will be made in this sync. */
  readonly made?: boolean;
};

export class DeploymentController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #loop: WorkLoop;
  readonly #texts = new TemplateTexts();

  constructor({simulation, api, view, manager}: ControllerParts) {
    this.#simulation = simulation;
    this.#view = view;
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'deployment-controller',
      workers: 5,
      maxRetries: 15,
      sync: item => this.#sync(item as WorkloadId),
    });
    view.listen({
      podDeleted: pod => this.#podDeleted(pod),
      workloadChanged: (id, after, before) => {
        const object = after ?? before;
        if (object?.kind === 'Deployment') this.#loop.queue.add(id);
        const owner = object?.owner;
        if (owner?.kind === 'Deployment') this.#loop.queue.add(owner.id);
      },
    });
  }

  /** The last old pod's end lets a Deployment with strategy Recreate go on. */
  #podDeleted({owner}: KnownPod): void {
    const set = owner === undefined ? undefined : this.#view.workload(owner);
    const deployment = set?.owner && this.#view.workload(set.owner.id);
    if (set?.owner === undefined || deployment?.kind !== 'Deployment') return;
    if (deployment.spec.strategy.type !== 'Recreate') return;
    const left = this.#view.workloadsOf(set.owner.id).some(id => this.#view.podsOf(id).length > 0);
    if (!left) this.#loop.queue.add(set.owner.id);
  }

  #sync(id: WorkloadId): Plan {
    const deployment = this.#view.workload(id);
    if (deployment?.kind !== 'Deployment') {
      this.#loop.queue.dropDelayed(id);
      return nothing;
    }
    const sets = this.#setsOf(id, deployment);
    if (deployment.deletedAt !== undefined) {
      return this.#planned(id, deployment, {sets, step: {writes: []}, rolls: false});
    }
    const rolls = !deployment.spec.paused && !wasScaled(deployment, sets);
    const step = rolls ? this.#roll(id, deployment, sets) : scale(deployment, sets);
    return this.#planned(id, deployment, {sets, step, rolls});
  }

  #setsOf(id: WorkloadId, {spec}: DeploymentObject): SetsSeen {
    const all: OwnedSet[] = [];
    for (const set of this.#view.workloadsOf(id)) {
      const object = this.#view.workload(set);
      if (object?.kind === 'ReplicaSet') all.push({id: set, object});
    }
    const newest = all.find(({object}) => this.#texts.same(object.spec.template, spec.template));
    return {newest, old: all.filter(set => set !== newest)};
  }

  #roll(id: WorkloadId, deployment: DeploymentObject, sets: SetsSeen): Step {
    const {type} = deployment.spec.strategy;
    const step =
      type === 'Recreate' ? this.#recreate(id, deployment, sets) : rollOn(id, deployment, sets);
    const changes = step.writes.some(write => write !== undefined);
    if (changes || !isComplete(deployment, deployment.status)) return step;
    return {
      writes: surplusSets(deployment, sets.old).map(set => ({
        verb: 'delete',
        workload: set.id,
        propagation: 'background',
      })),
    };
  }

  #recreate(id: WorkloadId, deployment: DeploymentObject, {newest, old}: SetsSeen): Step {
    const step = recreateStep(old, set => this.#view.podsOf(set.id));
    if (step.next === 'wait') return {writes: []};
    if (step.next === 'scale-down') {
      return {writes: step.sets.map(set => setUpdate(deployment, set, {size: 0}))};
    }
    const size = deployment.spec.replicas;
    const revision = nextRevision(newest, old);
    if (newest !== undefined) return {writes: [setUpdate(deployment, newest, {size, revision})]};
    const object = newReplicaSet(deployment, id, {size, revision});
    return {writes: [{verb: 'create', object}], made: true};
  }

  #planned(
    id: WorkloadId,
    deployment: DeploymentObject,
    {sets, step, rolls}: {sets: SetsSeen; step: Step; rolls: boolean},
  ): Plan {
    const {now} = this.#simulation;
    const status = nextStatus(deployment, {sets, made: step.made === true, rolls, now});
    const same = sameStatus(status, deployment.status);
    if (isComplete(deployment, status)) this.#loop.queue.dropDelayed(id);
    return {
      batches: step.writes.filter(write => write !== undefined).map(write => [write]),
      last: same
        ? undefined
        : {verb: 'update-status', workload: id, version: deployment.version, status},
      again: same ? deadlineCheck(deployment, status, now) : undefined,
    };
  }
}

/** One step of a rolling update: the new set grows, or else the old ones shrink. */
function rollOn(id: WorkloadId, deployment: DeploymentObject, {newest, old}: SetsSeen): Step {
  const {replicas} = deployment.spec;
  const limits = limitsOf(deployment.spec);
  const revision = nextRevision(newest, old);
  const now = newest === undefined ? {size: 0, available: 0} : sizeOf(newest);
  const sizes = {...limits, replicas, newest: now, old: old.map(sizeOf)};
  const size = nextNewSize(sizes);
  if (newest !== undefined && size !== now.size) {
    return {writes: [setUpdate(deployment, newest, {size, revision})]};
  }
  const made = newest === undefined;
  const first: WorkloadRequest | undefined = made
    ? {verb: 'create', object: newReplicaSet(deployment, id, {size, revision})}
    : setUpdate(deployment, newest, {size, revision});
  const next = nextOldSizes({...sizes, newest: {...now, size}});
  return {writes: [first, ...shrunk(deployment, old, next)], made};
}

function shrunk(deployment: DeploymentObject, old: readonly OwnedSet[], next: readonly number[]) {
  return old.map((set, i) =>
    next[i] === set.object.spec.replicas ? undefined : setUpdate(deployment, set, {size: next[i]}),
  );
}

function sizeOf({object}: OwnedSet) {
  return {size: object.spec.replicas, available: object.status.availableReplicas};
}

function scale(deployment: DeploymentObject, sets: SetsSeen): Step {
  const sized = scaledSizes(deployment, sets);
  return {writes: sized.map(({set, size}) => setUpdate(deployment, set, {size}))};
}

function nextStatus(
  deployment: DeploymentObject,
  {sets, made, rolls, now}: {sets: SetsSeen; made: boolean; rolls: boolean; now: number},
): DeploymentStatus {
  const {newest, old} = sets;
  const exists = made || newest !== undefined;
  const counted: DeploymentStatus = {
    ...countedStatus(deployment, sets),
    revision: exists ? nextRevision(newest, old) : deployment.status.revision,
    progressing: announced(deployment, {made, found: newest !== undefined, now}),
  };
  return rolls ? {...counted, progressing: progressed(deployment, counted, now)} : counted;
}

/** The condition before it is asked whether anything moved. */
function announced(
  {spec, status: {progressing}}: DeploymentObject,
  {made, found, now}: {made: boolean; found: boolean; now: number},
): ProgressCondition | undefined {
  if (spec.progressDeadline === undefined) return undefined;
  if (made) return {reason: 'NewReplicaSetCreated', updatedAt: now};
  // As checkPausedConditions: while it is paused no deadline runs, and afterwards a new one.
  const wasPaused = progressing?.reason === 'DeploymentPaused';
  if (spec.paused) {
    const keeps = wasPaused || progressing?.reason === 'ProgressDeadlineExceeded';
    return keeps ? progressing : {reason: 'DeploymentPaused', updatedAt: now};
  }
  if (wasPaused) return {reason: 'DeploymentResumed', updatedAt: now};
  if (progressing === undefined && found) return {reason: 'FoundNewReplicaSet', updatedAt: now};
  return progressing;
}
