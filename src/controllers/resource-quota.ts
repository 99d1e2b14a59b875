// Gives back what a namespace no longer has (pkg/controller/resourcequota): counts a quota anew
// when a pod of its namespace goes or ends. Admission charges; this corrects.

import type {Simulation} from '../engine/simulation.ts';
import {countQuota} from '../objects/quota-usage.ts';
import type {Store} from '../objects/store.ts';
import {valueText} from '../objects/template-text.ts';
import {atItsEnd} from './known-pod.ts';
import {nothing, type Plan} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

export class ResourceQuotaController {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #loop: WorkLoop;

  constructor({simulation, api, view, manager}: ControllerParts, {store}: {store: Store}) {
    this.#simulation = simulation;
    this.#store = store;
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'resourcequota-controller',
      workers: 5,
      sync: item => this.#sync(item),
    });
    view.listen({
      podUpdated: pod => {
        if (atItsEnd(pod) || pod.terminating) this.#lookAgain(pod.template.namespace);
      },
      podDeleted: ({template}) => this.#lookAgain(template.namespace),
      workloadChanged: (_, after, before) => {
        if (after === undefined && before !== undefined) this.#lookAgain(before.namespace);
      },
    });
    manager.join({stop: () => undefined, start: () => this.#takeOver()});
  }

  #takeOver(): void {
    for (const [id] of this.#store.quotas.all()) this.#loop.queue.add(id);
  }

  #lookAgain(namespace: string): void {
    for (const [id, quota] of this.#store.quotas.all()) {
      if (quota.namespace === namespace) this.#loop.queue.add(id);
    }
  }

  /** It lists what is there now, as the real one does. */
  #sync(id: number): Plan {
    const quota = this.#store.quotas.get(id);
    if (quota === undefined) return nothing;
    const {now} = this.#simulation;
    const {used, until} = countQuota(quota, this.#store, now);
    const again = until === Infinity ? undefined : until - now;
    if (valueText(used) === valueText(quota.used)) return {batches: [], again};
    const {namespace, version} = quota;
    const name = `${namespace}/${quota.name}`;
    const request = {verb: 'update-quota', name, version, used} as const;
    return {batches: [[{verb: 'write-object', request}]], again};
  }
}
