// Preemption prefers victims that no disruption budget protects, as far as the scheduler's watch
// has told it (pkg/scheduler/framework/preemption; filterPodsWithPDBViolation).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {DisruptionBudget} from '../../src/objects/disruption-budget.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {SchedulerWorld} from '../support/scheduler-world.ts';

const whole = {cpuMillicores: 4000};

const protects = (app: string, disruptionsAllowed: number): DisruptionBudget => ({
  namespace: 'default',
  name: app,
  selector: [{key: 'app', operator: 'In', values: [app]}],
  minAvailable: {count: 1},
  maxUnavailable: undefined,
  unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  generation: 1,
  version: 1,
  status: {
    observedGeneration: 1,
    expectedPods: 1,
    desiredHealthy: 1,
    currentHealthy: 1,
    disruptionsAllowed,
    disruptedPods: new Map(),
  },
});

/** Two full nodes, one pod each, of which one has to go; says which went. */
function victim(change: (world: SchedulerWorld) => void): string | undefined {
  const world = new SchedulerWorld({kubelet: true, nodes: [nodeWith('a'), nodeWith('b')]});
  world.pod('web', {...whole, labels: {app: 'web'}});
  world.at(seconds(1)).pod('db', {...whole, labels: {app: 'db'}});
  change(world.at(seconds(10)));
  world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(100));
  return world.said
    .find(line => line.includes('preempted'))
    ?.split(' ')
    .pop();
}

test('the pod that a budget protects stays, whichever it is', () => {
  assert.is(
    victim(({store}) => store.budgets.add(protects('web', 0), seconds(10))),
    'db',
  );
  assert.is(
    victim(({store}) => store.budgets.add(protects('db', 0), seconds(10))),
    'web',
  );
});

test('a budget that is deleted, or allows it now, protects nothing any more', () => {
  const unprotected = victim(() => undefined);
  const other = unprotected === 'web' ? 'web' : 'db';
  const passing = (change: (world: SchedulerWorld) => void): string | undefined =>
    victim(world => {
      world.store.budgets.add(protects(other, 0), seconds(10));
      change(world.at(seconds(11)));
    });
  assert.is.not(
    passing(() => undefined),
    unprotected,
  );
  assert.is(
    passing(({store}) => store.budgets.delete(0, seconds(11))),
    unprotected,
  );
  const allowed = protects(other, 1);
  assert.is(
    passing(({store}) => store.budgets.replace(0, allowed, seconds(11))),
    unprotected,
  );
});

test.run();
