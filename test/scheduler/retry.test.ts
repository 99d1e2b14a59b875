// One attempt a pod: what a scheduler does that never tries again.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const text = (retry: string) => `
apiVersion: orrery/v1
kind: Scenario
question: Who gets the room that is free after ten seconds?
duration: 5m
cluster: {nodes: [{name: n, count: 1, allocatable: {cpu: 4, memory: 8Gi}}]}
scheduler: {retry: ${retry}}
workload:
  - {kind: batch, name: first, count: 1, requests: {cpu: 4}, lifetime: 10s}
  - {kind: batch, name: second, count: 1, requests: {cpu: 4}, start: 1s}
`;

async function scheduled(retry: string): Promise<string | number | undefined> {
  const {figures} = await simulate(await scenarioOf(text(retry)));
  return figures.find(({metric}) => metric === 'pods_scheduled')?.value;
}

test('a pod that fitted nowhere is tried again when there is room, or never', async () => {
  assert.is(Number(await scheduled('always')), 2);
  assert.is(Number(await scheduled('never')), 1);
});

test.run();
