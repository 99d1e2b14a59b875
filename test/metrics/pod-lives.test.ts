import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {memoryFiles} from '../scenario/memory-files.ts';
import {measuredRun} from './over-seeds.ts';

test('a life is told from creation to end, in order', () => {
  const {world, measures} = measuredRun(1, asked('pod-0', 'default/pod-1'));
  assert.equal(
    measures.lives.map(({pod}) => pod),
    ['default/pod-0', 'default/pod-1'],
  );
  const [{steps}] = measures.lives;
  assert.match(steps[0].sentence, /^is created with priority \d$/);
  assert.is(steps[1].sentence, 'enters the scheduling queue');
  const times = steps.map(({time}) => time);
  assert.equal(
    times,
    [...times].sort((one, other) => one - other),
  );
  const ended = world.diary[0].ended;
  assert.match(steps.at(-1)?.sentence ?? '', new RegExp(`^ends: ${ended?.outcome}`));
  assert.is(steps.at(-1)?.time, ended?.time);
});

test('refusals that say the same in a row are one step with a count', () => {
  const names = Array.from({length: 100}, (_, i) => `pod-${i}`);
  const {world, measures} = measuredRun(1, asked(...names));
  for (const [i, {steps}] of measures.lives.entries()) {
    const refused = steps.filter(({sentence}) => sentence.startsWith('is refused'));
    const count = refused.reduce((total, step) => total + step.count, 0);
    assert.is(count, world.diary[i].messages.length);
    for (const [at, step] of steps.entries()) {
      assert.is.not(step.sentence, steps[at + 1]?.sentence);
    }
  }
});

test('which devices a pod gets is part of its life', async () => {
  const node = '{name: n, count: 1, allocatable: {cpu: 4, memory: 8Gi}, gpus: 4}';
  const workload = `[{kind: batch, name: share, count: 1, gpu: 400m},
    {kind: batch, name: whole, start: 1m, count: 1, gpu: 2},
    {kind: batch, name: none, count: 1}]`;
  const files = memoryFiles({'a.yaml': scenarioWith({cluster: `{nodes: [${node}]}`, workload})});
  const {scenario} = await readScenarioFrom(files, 'a.yaml');
  if (scenario === undefined) throw new Error('there is no scenario');
  const {lives} = await simulate(scenario, {lives: ['share-0', 'whole-0', 'none-0']});
  const bound = lives.map(({steps}) => steps.find(({sentence}) => /bound/.test(sentence)));
  assert.equal(bound.map(step => step?.sentence).sort(), [
    'is bound to n-0',
    'is bound to n-0, GPU 0',
    'is bound to n-0, GPU 1, 2',
  ]);
});

test('a name that no pod has has no life', () => {
  assert.equal(measuredRun(1, asked('nobody')).measures.lives, []);
});

function asked(...lives: string[]) {
  return {pods: false, events: false, timeseries: undefined, lives};
}

test.run();
