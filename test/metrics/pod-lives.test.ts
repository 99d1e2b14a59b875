import {test} from 'uvu';
import * as assert from 'uvu/assert';
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

test('a name that no pod has has no life', () => {
  assert.equal(measuredRun(1, asked('nobody')).measures.lives, []);
});

function asked(...lives: string[]) {
  return {pods: false, events: false, timeseries: undefined, lives};
}

test.run();
