// Puts a scenario's Kubernetes objects into the cluster at time zero, in file order, as if somebody
// had applied them just before.

import type {Api} from '../control-plane/api.ts';
import type {ManifestObject} from '../manifests/manifest.ts';
import {readManifests} from '../manifests/read.ts';
import type {AppliedObject} from '../objects/applied-object.ts';
import type {Labels} from '../objects/labels.ts';
import {noLabels} from '../objects/labels.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {NewService} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import {appliedObject, namespaceObject} from './applied-objects.ts';
import type {LoadedScenario} from './loaded.ts';

type Parts = {readonly store: Store; readonly api: Api};

/** The namespaces of a new cluster. */
const initialNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export function applyManifests({manifests}: LoadedScenario, parts: Parts): void {
  addNamespaces(manifests, parts.store);
  for (const generation of [0, 1, 2, 3]) {
    for (const object of manifests) if (generationOf(object) === generation) apply(object, parts);
  }
}

/**
 * Owners before what they own, in whatever order a dump of a cluster lists them; and Services that
 * ask for certain numbers before those that are given any.
 */
export function generationOf({value}: ManifestObject): number {
  if (value.type === 'pod') return 3;
  if (value.type === 'service') return asksForNumbers(value.service) ? 0 : 1;
  return value.type === 'workload' && value.workload.owner !== undefined ? 2 : 0;
}

function asksForNumbers({clusterIP, ports}: NewService): boolean {
  return clusterIP !== undefined || ports.some(({nodePort}) => nodePort !== undefined);
}

/** A namespace that an object names is there, whether or not the scenario has an object for it. */
function addNamespaces(manifests: readonly ManifestObject[], store: Store): void {
  const namespaces = new Map<string, Labels>(initialNamespaces.map(name => [name, noLabels]));
  for (const {namespace} of manifests) {
    if (namespace !== undefined && !namespaces.has(namespace)) namespaces.set(namespace, noLabels);
  }
  for (const {name, value} of manifests) {
    if (value.type === 'namespace') namespaces.set(name, value.labels);
  }
  for (const [name, labels] of namespaces) {
    store.namespaces.add(namespaceObject(name, labels), 0);
  }
}

function apply(object: ManifestObject, {store, api}: Parts): void {
  const applied = object.value.type === 'namespace' ? undefined : appliedObject(object);
  switch (applied?.type) {
    case 'object':
      api.applyObject(applied.object);
      return;
    case 'workload':
      applyWorkload(applied, {store, api});
      return;
    case 'pod':
      api.applyPod({...applied, lifetime: undefined, ordinal: 0});
      return;
    default:
      return;
  }
}

/** An owner that the scenario does not hold owns nothing. */
function applyWorkload(
  {wish, owner}: Extract<AppliedObject, {type: 'workload'}>,
  {store, api}: Parts,
): void {
  const id = owner && store.workloads.id(`${owner.kind}/${wish.namespace}/${owner.name}`);
  api.applyWorkload({...wish, owner: owner && id !== undefined ? {...owner, id} : undefined});
}

/** For a workload's pods: a whole Pod object, checked before, decoded as a manifest's is. */
export function decodePod(pod: object): PodTemplate {
  const {objects, problems} = readManifests(JSON.stringify(pod), {file: 'workload'});
  const value = objects[0]?.value;
  if (value?.type === 'pod') return value.template;
  throw new Error(`a workload's pod cannot be read: ${problems.map(({message}) => message)}`);
}
