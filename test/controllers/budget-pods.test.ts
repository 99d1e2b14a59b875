// Which pods a budget selects, whenever they are counted anew.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {BudgetPods} from '../../src/controllers/budget-pods.ts';
import type {KnownPod} from '../../src/controllers/known-pod.ts';
import {uncounted} from '../../src/objects/disruption-budget.ts';
import {knownPod} from './known-pods.ts';

const budget = {
  ...{namespace: 'default', name: 'all', selector: []},
  ...{minAvailable: {count: 1}, maxUnavailable: undefined},
  ...{unhealthyPodEvictionPolicy: 'IfHealthyBudget' as const, generation: 1, version: 1},
  status: uncounted,
};

test('a pod that goes is its budgets’ even where all have to be counted anew', () => {
  const pods = new Set<KnownPod>();
  const known = new BudgetPods(() => pods);
  known.put(3, budget);
  const [pod, other] = [knownPod({serial: 1}), knownPod({serial: 2})];
  for (const one of [pod, other]) {
    pods.add(one);
    assert.equal(known.add(one), [3]);
  }
  known.forgetAll();
  pods.delete(pod);
  assert.equal(known.remove(pod), [3]);
  assert.equal([...known.podsOf(3)], [other]);
});

test.run();
