// Objects that a quota counts by number, whatever is in them (pkg/quota/v1/evaluator/core,
// registry.go and the generic `count/RESOURCE.GROUP`).

import type {AnyObject} from './object-request.ts';
import type {Store} from './store.ts';
import {kindOf} from './workload-object.ts';

const workloads: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ['count/deployments.apps']],
  ['ReplicaSet', ['count/replicasets.apps']],
  ['StatefulSet', ['count/statefulsets.apps']],
  ['DaemonSet', ['count/daemonsets.apps']],
  ['Job', ['count/jobs.batch']],
  ['CronJob', ['count/cronjobs.batch']],
  ['ReplicationController', ['count/replicationcontrollers', 'replicationcontrollers']],
]);

const objects: ReadonlyMap<string, readonly string[]> = new Map([
  ['service', ['count/services', 'services']],
  ['endpoints', ['count/endpoints']],
  ['endpoint-slice', ['count/endpointslices.discovery.k8s.io']],
  ['ingress', ['count/ingresses.networking.k8s.io']],
  ['ConfigMap', ['count/configmaps', 'configmaps']],
  ['Secret', ['count/secrets', 'secrets']],
  ['budget', ['count/poddisruptionbudgets.policy']],
  ['quota', ['count/resourcequotas', 'resourcequotas']],
  ['limit-range', ['count/limitranges']],
]);

export const countedObjects: ReadonlySet<string> = new Set(
  [...workloads.values(), ...objects.values()].flat(),
);

/** Names under which a quota may count it. */
export function countsAs(kind: string): readonly string[] {
  return workloads.get(kind) ?? objects.get(kind) ?? [];
}

export function kindForCount({kind, value}: AnyObject): string {
  return kind === 'config' ? value.kind : kind;
}

/** Of every object of the namespace, the names that count it. */
export function* countedIn(store: Store, namespace: string): Generator<readonly string[]> {
  for (const [, object] of store.workloads.all()) {
    if (object.namespace === namespace) yield countsAs(kindOf(object));
  }
  for (const [, {namespace: of, kind}] of store.configs.all()) {
    if (of === namespace) yield countsAs(kind);
  }
  const tables = [
    ['service', store.services.all()],
    ['endpoints', store.endpoints.all()],
    ['endpoint-slice', store.endpointSlices.all()],
    ['ingress', store.ingresses.all()],
    ['budget', store.budgets.all()],
    ['quota', store.quotas.all()],
    ['limit-range', store.limitRanges.all()],
  ] as const;
  for (const [kind, all] of tables) {
    for (const [, object] of all) if (object.namespace === namespace) yield countsAs(kind);
  }
}
