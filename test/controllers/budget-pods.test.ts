// Which pods a budget selects, whenever they are counted anew.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {BudgetPods} from '../../src/controllers/budget-pods.ts';
import {uncounted} from '../../src/objects/disruption-budget.ts';
import {knownPod} from './known-pods.ts';

const budget = {
  ...{namespace: 'default', name: 'all', selector: []},
  ...{minAvailable: {count: 1}, maxUnavailable: undefined},
  ...{unhealthyPodEvictionPolicy: 'IfHealthyBudget' as const, generation: 1, version: 1},
  status: uncounted,
};

test('a pod that goes is its budgets’ even if that is the first thing after a restore', () => {
  const [pod, other] = [knownPod({serial: 1}), knownPod({serial: 2})];
  const restored = new BudgetPods(() => [other]);
  restored.budgets.set(3, budget);
  restored.forgetAll();
  assert.equal(restored.remove(pod), [3]);
  assert.equal([...restored.podsOf(3)], [other]);
});

test.run();
