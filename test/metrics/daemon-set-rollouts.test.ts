// Rollouts of DaemonSets among the real parts.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const scenario = (strategy: string) => `
apiVersion: orrery/v1
kind: Scenario
question: How long does the rollout of a DaemonSet take?
duration: 30m
cluster:
  nodes: [{name: n, count: 3, allocatable: {cpu: 4, memory: 16Gi}}]
timeline:
  - {at: 10m, do: set-image, target: daemonset/logs, image: "logs:2"}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  updateStrategy: ${strategy}
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec: {containers: [{name: main, image: "logs:1"}]}
`;

test('a DaemonSet has its first rollout, and one for each new template', async () => {
  const [first, second, ...others] = await rollouts('{type: RollingUpdate}');
  assert.equal(others, []);
  assert.equal([first.kind, first.started, first.outcome], ['DaemonSet', '0.000000', 'completed']);
  assert.equal([second.started, second.outcome], ['600.005000', 'completed']);
  // One node after the other, each of which waits for its old pod to stop.
  assert.ok(Number(second.duration) > 3 && Number(second.duration) < 300, second.duration);
  assert.equal([first.max_surge_used, second.min_available], ['0', '2']);
  assert.is(second.cause, 'set-image daemonset/logs in default');
});

test('with OnDelete a DaemonSet rolls nothing out', async () => {
  assert.equal(await rollouts('{type: OnDelete}'), []);
});

async function rollouts(strategy: string) {
  const {tables} = await simulate(await scenarioOf(scenario(strategy)));
  const table = tables.find(({file}) => file === 'rollouts.csv');
  if (table === undefined) return [];
  return [...table.rows()].map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
  );
}

test.run();
