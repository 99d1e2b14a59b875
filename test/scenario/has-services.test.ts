import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hasServices} from '../../src/scenario/has-services.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from './memory-files.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n';
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n';

async function found(sections: string, objects: string): Promise<boolean> {
  const text = `apiVersion: orrery/v1
kind: Scenario
name: s
question: Does anybody call a pod?
duration: 1h
cluster: {nodes: [{name: n, count: 1, allocatable: {cpu: 1, memory: 1Gi}}]}
${sections}
---
${objects}`;
  const files = memoryFiles({'s.yaml': text, 'later.yaml': service, 'pod.yaml': pod});
  const {scenario, problems} = await readScenarioFrom(files, 's.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return hasServices(scenario);
}

test('a Service counts at time zero, and one that the timeline brings', async () => {
  assert.is(await found('', service), true);
  assert.is(await found('timeline: [{at: 1m, do: apply, file: later.yaml}]', pod), true);
  assert.is(await found('timeline: [{at: 1m, do: apply, file: pod.yaml}]', pod), false);
  assert.is(await found('timeline: [{at: 1m, do: cordon, node: n-0}]', pod), false);
});

test.run();
