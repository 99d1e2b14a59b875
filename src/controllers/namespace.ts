// Empties a namespace that is being deleted, and lets it go (pkg/controller/namespace).
//
//   deleted ──5 s──▶ its pods are deleted ──when the last has gone──▶ all else ──▶ the namespace
//
// It asks the API what is there now, as the real one does, and not its view: what nobody watches
// is deleted too. Before 1.33 pods and all else go at the same time.

import {second, type Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {NamespaceObject, Store} from '../objects/store.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import {nothing, type Plan, type PlannedRequest} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

/** For other API servers to hear of the deletion (namespaceDeletionGracePeriod). */
const settling: Time = 5 * second;

/** It is very chatty, and may be (startNamespaceController). */
const limits = {qps: 400, burst: 3000};

export class NamespaceController {
  readonly #store: Store;
  readonly #podsFirst: boolean;
  readonly #loop: WorkLoop;

  constructor(
    {simulation, api, manager}: Pick<ControllerParts, 'simulation' | 'api' | 'manager'>,
    options: {store: Store; watchDelay: WatchDelay; kubernetes: KubernetesMinor},
  ) {
    const {store, watchDelay, kubernetes} = options;
    this.#store = store;
    this.#podsFirst = kubernetes >= 33;
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'namespace-controller',
      limits,
      workers: 10,
      sync: item => this.#sync(item),
    });
    const {log} = store.namespaces;
    new Watch(simulation, log, {
      name: 'controllers.namespaces',
      delay: watchDelay,
      kinds: ['updated'],
      changed: row => this.#expect(log.id(row), log.value(row)),
    });
    manager.join({stop: () => undefined, start: () => this.#takeOver()});
  }

  #takeOver(): void {
    for (const [id, namespace] of this.#store.namespaces.all()) this.#expect(id, namespace);
  }

  #expect(id: number, namespace: NamespaceObject | undefined): void {
    if (namespace?.terminating === true) this.#loop.queue.addAfter(id, settling);
  }

  #sync(id: number): Plan {
    const namespace = this.#store.namespaces.get(id);
    if (namespace?.terminating !== true) return nothing;
    const {name} = namespace;
    const pods = this.#podsIn(name);
    const {requests, left} = this.#objectsIn(name);
    if (pods.length + left === 0) {
      return {batches: [[{verb: 'write-object', request: {verb: 'finalize-namespace', name}}]]};
    }
    const staying = pods.filter(pod => !this.#store.pods.terminating(pod));
    const deletions = staying.map(pod => ({verb: 'delete-pod', pod}) as const);
    const others = this.#podsFirst && pods.length > 0 ? [] : requests;
    return {batches: [[...deletions, ...others]], again: this.#patience(pods)};
  }

  // As deleteAllContent's estimate: half of the longest grace period, and a second.
  #patience(pods: readonly PodId[]): Time {
    let longest: Time = 0;
    for (const pod of pods) {
      const phase = this.#store.pods.phase(pod);
      if (phase === 'Succeeded' || phase === 'Failed') continue;
      longest = Math.max(longest, this.#store.pods.template(pod).spec.terminationGracePeriod);
    }
    return Math.floor(longest / 2) + second;
  }

  /** In the order of their creation. */
  #podsIn(namespace: string): PodId[] {
    const {pods} = this.#store;
    const found = [...pods.all()].filter(pod => pods.namespace(pod) === namespace);
    return found.sort((a, b) => pods.serial(a) - pods.serial(b));
  }

  /** Requests that delete them; those that wait for a finalizer are left too. */
  #objectsIn(namespace: string): {requests: PlannedRequest[]; left: number} {
    const store = this.#store;
    const requests: PlannedRequest[] = [];
    let left = 0;
    for (const [workload, object] of store.workloads.all()) {
      if (object.namespace !== namespace) continue;
      left++;
      if (object.deletedAt !== undefined) continue;
      requests.push({verb: 'delete', workload, propagation: 'background'});
    }
    const lists = [
      ['service', store.services],
      ['endpoints', store.endpoints],
      ['endpoint-slice', store.endpointSlices],
      ['ingress', store.ingresses],
      ['config', store.configs],
      ['budget', store.budgets],
      ['quota', store.quotas],
      ['limit-range', store.limitRanges],
    ] as const;
    for (const [kind, table] of lists) {
      for (const [name, object] of table.byName()) {
        if (object.namespace !== namespace) continue;
        left++;
        const request = {verb: 'delete', kind, name} as const;
        requests.push({verb: 'write-object', request});
      }
    }
    return {requests, left};
  }
}
