// Evictions and budgets against pkg/registry/core/pod/storage/eviction.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds} from '../../src/engine/time.ts';
import type {ApiOutcome} from '../../src/objects/api-client.ts';
import type {BudgetStatus, NewBudget} from '../../src/objects/disruption-budget.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {apiWorld, node0, podTemplate, wish, write} from './world.ts';

const counted: BudgetStatus = {
  observedGeneration: 1,
  expectedPods: 3,
  desiredHealthy: 2,
  currentHealthy: 3,
  disruptionsAllowed: 1,
  disruptedPods: new Map(),
};

const budget: NewBudget = {
  namespace: 'default',
  name: 'web',
  selector: [{key: 'app', operator: 'In', values: ['web']}],
  minAvailable: {count: 2},
  maxUnavailable: undefined,
  unhealthyPodEvictionPolicy: 'IfHealthyBudget',
};

type Case = {
  readonly phase?: 'Pending' | 'Running' | 'Failed';
  readonly ready?: boolean;
  readonly terminating?: boolean;
  readonly status?: Partial<BudgetStatus>;
  readonly policy?: NewBudget['unhealthyPodEvictionPolicy'];
  readonly second?: boolean;
};

/** A pod `web-0` bound to a node, under a budget. */
function budgetWorld({phase = 'Running', ready = true, ...rest}: Case) {
  const {terminating = false, status = {}, policy = 'IfHealthyBudget', second = false} = rest;
  const world = apiWorld();
  const {simulation, api, store} = world;
  const answers: ApiOutcome[] = [];
  const client = world.connect({answered: (_ticket, outcome) => answers.push(outcome)});
  const created = api.applyPod(
    wish('web-0', {...podTemplate(), labels: new Map([['app', 'web']])}),
  );
  if (!('pod' in created)) throw new Error(created.refused);
  const {pod} = created;
  client.bindPod(pod, node0);
  if (phase !== 'Pending') client.reportStarted(pod, {ready});
  if (phase === 'Failed') client.reportEnded(pod, 'Failed');
  if (terminating) client.deletePod(pod);
  for (const name of second ? ['web', 'other'] : ['web']) {
    const value = {...budget, name, unhealthyPodEvictionPolicy: policy};
    api.applyObject({kind: 'budget', value});
    const counts = {...counted, ...status};
    const full = `default/${name}`;
    client.writeObject({verb: 'update-budget', name: full, version: 1, status: counts});
  }
  simulation.run(milliseconds(20));
  const evict = (which: PodId): ApiOutcome | undefined => {
    client.evictPod(which, 0);
    simulation.run(simulation.now + write);
    return answers.pop();
  };
  return {...world, pod, client, evict, found: () => store.budgets.get(0)};
}

// pod, budget → what the eviction is answered, and what is allowed afterwards
const none = {disruptionsAllowed: 0, currentHealthy: 2};
const cases: [string, Case, ApiOutcome, number][] = [
  ['a ready pod, one allowed', {}, 'ok', 0],
  ['a ready pod, none allowed', {status: none}, 'too-many-requests', 0],
  ['an ended pod, none allowed', {status: none, phase: 'Failed'}, 'ok', 0],
  ['a pending pod, none allowed', {status: none, phase: 'Pending'}, 'ok', 0],
  ['a pod that goes already, none allowed', {status: none, terminating: true}, 'ok', 0],
  ['an unready pod of a healthy budget', {status: none, ready: false}, 'ok', 0],
  [
    'an unready pod of a budget that lacks pods',
    {status: {disruptionsAllowed: 0, currentHealthy: 1}, ready: false},
    'too-many-requests',
    0,
  ],
  [
    'the same where unready pods may always go',
    {status: {disruptionsAllowed: 0, currentHealthy: 1}, ready: false, policy: 'AlwaysAllow'},
    'ok',
    0,
  ],
  [
    'an unready pod of a budget that wants none',
    {status: {disruptionsAllowed: 0, desiredHealthy: 0, currentHealthy: 0}, ready: false},
    'too-many-requests',
    0,
  ],
  ['a pod under a status that is old', {status: {observedGeneration: 0}}, 'too-many-requests', 1],
  ['a pod under two budgets', {second: true}, 'server-error', 1],
];

for (const [name, options, outcome, allowed] of cases) {
  test(`eviction of ${name}: ${outcome}`, () => {
    const {evict, pod, found} = budgetWorld(options);
    assert.is(evict(pod), outcome);
    assert.is(found()?.status.disruptionsAllowed, allowed);
  });
}

test('an eviction is noted in its budget, with its time, and spends what is allowed', () => {
  const {evict, pod, found, simulation} = budgetWorld({});
  evict(pod);
  assert.equal([...(found()?.status.disruptedPods ?? [])], [['web-0', simulation.now]]);
  assert.is(evict(pod), 'ok');
});

test('a status that was counted before the eviction does not undo it', () => {
  const {client, evict, pod, found, simulation} = budgetWorld({});
  evict(pod);
  client.writeObject({verb: 'update-budget', name: 'default/web', version: 2, status: counted});
  simulation.run(simulation.now + write);
  assert.is(found()?.status.disruptionsAllowed, 0);
});

test('a budget applied again is another generation only where it differs', () => {
  const {api, evict, pod, found} = budgetWorld({});
  api.applyObject({kind: 'budget', value: budget});
  assert.is(found()?.generation, 1);
  api.applyObject({kind: 'budget', value: {...budget, minAvailable: {count: 1}}});
  assert.is(found()?.generation, 2);
  assert.is(evict(pod), 'too-many-requests');
});

test.run();
