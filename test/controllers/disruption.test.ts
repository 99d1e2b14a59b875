// Disruption budgets against pkg/controller/disruption/disruption.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds} from '../../src/engine/time.ts';
import type {NewBudget} from '../../src/objects/disruption-budget.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {templateWith} from '../support/pods-and-nodes.ts';
import {ControlledWorld, deployment, type WorldOptions} from './world.ts';

type Amounts = Partial<Pick<NewBudget, 'minAvailable' | 'maxUnavailable'>>;

const budgetOf = (amounts: Amounts): NewBudget => ({
  namespace: 'default',
  name: 'web',
  selector: [{key: 'app', operator: 'In', values: ['web']}],
  minAvailable: undefined,
  maxUnavailable: undefined,
  unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  ...amounts,
});

/** `ready` of ten pods of a Deployment become so. */
function budgetWorld(amounts: Amounts, {ready = 10, ...options}: WorldOptions & {ready?: number}) {
  const startup = (_: string, serial: number) => (serial < ready ? seconds(5) : undefined);
  const world = new ControlledWorld({startup, ...options}).start();
  world.api.applyWorkload(deployment());
  world.api.applyObject({kind: 'budget', value: budgetOf(amounts)});
  world.simulation.run(minutes(1));
  return world;
}

const statusOf = ({store}: ControlledWorld) => {
  const status = store.budgets.get(0)?.status;
  if (status === undefined) throw new Error('no budget');
  return status;
};

// amounts, ready of 10 → expected, desired, healthy, allowed
const table: [Amounts, number, [number, number, number, number]][] = [
  [{minAvailable: {count: 7}}, 10, [10, 7, 10, 3]],
  [{minAvailable: {count: 7}}, 6, [10, 7, 6, 0]],
  [{minAvailable: {count: 12}}, 10, [10, 12, 10, 0]],
  [{minAvailable: {percent: 75}}, 10, [10, 8, 10, 2]],
  [{maxUnavailable: {percent: 25}}, 10, [10, 7, 10, 3]],
  [{maxUnavailable: {percent: 25}}, 8, [10, 7, 8, 1]],
  [{maxUnavailable: {count: 1}}, 10, [10, 9, 10, 1]],
  [{maxUnavailable: {count: 20}}, 10, [10, 0, 10, 10]],
  [{maxUnavailable: {count: 0}}, 10, [10, 10, 10, 0]],
];

for (const [amounts, ready, wanted] of table) {
  test(`${JSON.stringify(amounts)} of ${ready} ready pods in 10 allows ${wanted[3]}`, () => {
    const status = statusOf(budgetWorld(amounts, {ready}));
    const {expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed} = status;
    assert.equal([expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed], wanted);
    assert.is(status.observedGeneration, 1);
  });
}

test('a budget that selects nothing allows nothing', () => {
  const world = new ControlledWorld().start();
  world.api.applyObject({kind: 'budget', value: budgetOf({maxUnavailable: {count: 1}})});
  world.settle();
  assert.equal([statusOf(world).observedGeneration, statusOf(world).disruptionsAllowed], [1, 0]);
});

test('pods that nobody controls are no share of anything, and a number counts them', () => {
  const allowed = (amounts: Amounts): number => {
    const world = new ControlledWorld().start();
    const template = templateWith({labels: {app: 'web'}});
    for (const name of ['web-0', 'web-1']) {
      world.api.applyPod({name, template, lifetime: undefined, ordinal: 0});
    }
    world.api.applyObject({kind: 'budget', value: budgetOf(amounts)});
    world.settle();
    return statusOf(world).disruptionsAllowed;
  };
  assert.is(allowed({maxUnavailable: {count: 1}}), 0);
  assert.is(allowed({minAvailable: {count: 1}}), 1);
});

test('a percentage of pods whose owner has no scale is nothing; a number counts them', () => {
  const allowed = (amounts: Amounts): number => {
    const world = new ControlledWorld().start();
    const owner = {kind: 'DaemonSet', name: 'web'};
    const selector = [{key: 'app', operator: 'In' as const, values: ['web']}];
    const template = templateWith({labels: {app: 'web'}, owner});
    world.api.applyWorkload({
      ...deployment(),
      kind: 'DaemonSet',
      spec: {selector, template, minReady: 0, strategy: {type: 'OnDelete'}},
    });
    world.api.applyObject({kind: 'budget', value: budgetOf(amounts)});
    world.settle();
    return statusOf(world).disruptionsAllowed;
  };
  assert.is(allowed({maxUnavailable: {count: 2}}), 0);
  assert.is(allowed({minAvailable: {percent: 10}}), 0);
  assert.is(allowed({minAvailable: {count: 1}}), 2);
});

test('an evicted pod is missing until its successor is ready', () => {
  const world = budgetWorld({maxUnavailable: {count: 1}}, {ready: 99});
  const [first, second] = world.pods();
  world.operator.evictPod(first);
  world.operator.evictPod(second);
  world.simulation.run(minutes(1) + seconds(3));
  assert.is(statusOf(world).currentHealthy, 9);
  assert.is(statusOf(world).disruptionsAllowed, 0);
  assert.is.not(world.store.pods.terminating(second), true);
  world.settle();
  assert.equal([statusOf(world).disruptionsAllowed, statusOf(world).disruptedPods.size], [1, 0]);
});

test('a pod whose eviction was noted and that does not go counts again after two minutes', () => {
  const world = budgetWorld({maxUnavailable: {count: 1}}, {ready: 99});
  const {store, operator, simulation} = world;
  const at = simulation.now;
  const name = 'default/web';
  const disruptedPods = new Map([[store.pods.name(world.pods()[0]), at]]);
  const status = {...statusOf(world), disruptionsAllowed: 0, disruptedPods};
  const version = store.budgets.get(0)?.version ?? 0;
  operator.writeObject({verb: 'update-budget', name, version, status});
  simulation.run(at + minutes(2));
  assert.is(statusOf(world).currentHealthy, 9);
  simulation.run(at + minutes(2) + milliseconds(20));
  assert.equal([statusOf(world).currentHealthy, statusOf(world).disruptionsAllowed], [10, 1]);
});

test('evictions alone never leave fewer pods ready than a budget wants', () => {
  forEachSeed(20, seed => {
    const world = budgetWorld({minAvailable: {count: 8}}, {seed, ready: 1e6});
    const {simulation, store, operator} = world;
    const dice = simulation.random('test/evictions');
    const going = simulation.event('test.evicted', () => {
      const pods = world.pods();
      operator.evictPod(pods[dice.integer(0, pods.length - 1)] as PodId);
      if (simulation.now < minutes(5)) going.after(milliseconds(dice.integer(0, 2000)));
    });
    store.signals.terminating.watch(() => {
      const ready = world
        .pods()
        .filter(pod => store.pods.ready(pod) && !store.pods.terminating(pod));
      assert.ok(ready.length >= 8, `${ready.length} ready at ${simulation.now}`);
    });
    going.after(0);
    world.settle();
    assert.is(statusOf(world).disruptionsAllowed, 2);
  });
});

test('a cluster without events of its pods is counted once', () => {
  const world = budgetWorld({minAvailable: {count: 8}}, {});
  const {eventsHandled} = world.simulation;
  world.settle();
  assert.is(world.simulation.eventsHandled, eventsHandled);
});

test.run();
