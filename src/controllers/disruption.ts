// Keeps the status of disruption budgets: how many of their pods are healthy, and how many may be
// evicted now (pkg/controller/disruption).
//
//   a pod or a budget changes ──▶ count its pods ──▶ write what has changed
//   an eviction was allowed, the pod does not go ──2 min──▶ count again
//
// Left out: the condition DisruptionTarget is not taken from a pod that did not go.

import type {Simulation} from '../engine/simulation.ts';
import type {BudgetStatus, DisruptionBudget} from '../objects/disruption-budget.ts';
import type {Store} from '../objects/store.ts';
import {valueText} from '../objects/template-text.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import {countBudget} from './budget-count.ts';
import {type BudgetId, BudgetPods} from './budget-pods.ts';
import type {ClusterView} from './cluster-view.ts';
import type {KnownPod} from './known-pod.ts';
import {nothing, type Plan} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

export class DisruptionController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #known: BudgetPods;
  readonly #loop: WorkLoop;

  constructor(
    {simulation, api, view, manager}: ControllerParts,
    {store, watchDelay}: {store: Store; watchDelay: WatchDelay},
  ) {
    this.#simulation = simulation;
    this.#view = view;
    this.#known = new BudgetPods(() => view.pods());
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'disruption-controller',
      workers: 1,
      sync: item => this.#sync(item),
    });
    simulation.part('disruption-controller.budgets', this);
    const {log} = store.budgets;
    new Watch(simulation, log, {
      name: 'controllers.budgets',
      delay: watchDelay,
      changed: row => {
        const gone = log.kind(row) === 'deleted';
        this.#known.put(log.id(row), gone ? undefined : log.value(row));
        this.#loop.queue.add(log.id(row));
      },
    });
    view.listen({
      podAdded: pod => this.#podChanged(pod),
      podUpdated: pod => this.#podChanged(pod),
      podDeleted: pod => this.#enqueue(this.#known.remove(pod)),
    });
    manager.join({stop: () => undefined, start: () => this.#enqueue(this.#known.budgets.keys())});
  }

  #podChanged(pod: KnownPod): void {
    this.#enqueue(this.#known.add(pod));
  }

  #enqueue(budgets: Iterable<BudgetId>): void {
    for (const budget of budgets) this.#loop.queue.add(budget);
  }

  #sync(id: BudgetId): Plan {
    const budget = this.#known.budgets.get(id);
    if (budget === undefined) return nothing;
    const sight = {view: this.#view, now: this.#simulation.now};
    const {status, again} = countBudget(budget, this.#known.podsOf(id), sight);
    if (valueText(status) === valueText(budget.status)) return {batches: [], again};
    return {batches: [[update(budget, status)]], again};
  }

  save(): ReadonlyMap<BudgetId, DisruptionBudget> {
    return this.#known.budgets;
  }

  restore(saved: ReadonlyMap<BudgetId, DisruptionBudget>): void {
    this.#known.budgets.clear();
    for (const [id, budget] of saved) this.#known.budgets.set(id, budget);
    this.#known.forgetAll();
  }
}

function update({namespace, name, version}: DisruptionBudget, status: BudgetStatus) {
  const request = {verb: 'update-budget', name: `${namespace}/${name}`, version, status} as const;
  return {verb: 'write-object', request} as const;
}
