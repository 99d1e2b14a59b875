// What the scheduler knows of disruption budgets: as much as preemption asks of them, in the order
// in which they were created.

import type {Simulation} from '../../engine/simulation.ts';
import type {Store} from '../../objects/store.ts';
import {Watch, type WatchOptions} from '../../objects/watch.ts';
import type {SchedulerCache} from './cache.ts';
import type {DisruptionBudget} from './cluster-view.ts';

export function watchBudgets(
  {simulation, store, cache}: {simulation: Simulation; store: Store; cache: SchedulerCache},
  {delay}: Pick<WatchOptions<string>, 'delay'>,
): void {
  const {log} = store.budgets;
  new Watch(simulation, log, {
    name: 'scheduler.budgets',
    delay,
    changed: row => {
      const budget = log.value(row);
      if (budget === undefined) return;
      const {namespace, name, selector, status} = budget;
      const {disruptionsAllowed} = status;
      const disruptedPods = new Set(status.disruptedPods.keys());
      const seen = {namespace, name, selector, disruptionsAllowed, disruptedPods};
      cache.disruptionBudgets = changed(cache.disruptionBudgets, seen, log.kind(row) === 'deleted');
    },
  });
}

function changed(
  before: readonly DisruptionBudget[],
  budget: DisruptionBudget,
  gone: boolean,
): readonly DisruptionBudget[] {
  const {namespace, name} = budget;
  const at = before.findIndex(each => each.namespace === namespace && each.name === name);
  if (gone) return before.filter((_, i) => i !== at);
  return at < 0 ? [...before, budget] : before.with(at, budget);
}
