// Playing a plan on worker threads: what comes of it whatever their number, and when they die.

import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Observation} from '../../src/experiment/observation.ts';
import type {Plan} from '../../src/experiment/plan.ts';
import type {PlayOptions} from '../../src/experiment/play-plan.ts';
import {readPlan} from '../../src/experiment/read-plan.ts';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {bundled} from '../support/bundled.ts';

const {playPlan} = await bundled();

const workload =
  '[{kind: poisson, name: p, every: 60s, lifetime: {exponential: {mean: 5m}}, requests: {cpu: 300m}}]';
const small = scenarioWith({workload});
const vary = ['cluster.nodes[0].count=1,2'];

async function planOf(file: string, more: object = {}): Promise<Plan> {
  const {plan, problems} = await readPlan({file, vary, replications: 3, ...more});
  if (plan === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return plan;
}

/** A strategy that runs `does` whenever it is asked. */
function strategy(does: string): string {
  return `import {existsSync, writeFileSync} from 'node:fs';
export const mine = {name: 'Mine', create: () => ({score: () => { ${does}; return 1; }})};`;
}

async function playing(
  contents: Readonly<Record<string, string>>,
  options: Partial<PlayOptions>,
  more: (folder: string) => object = () => ({}),
) {
  const played: Awaited<ReturnType<typeof playPlan>>[] = [];
  await inTemporaryFolder({'a.yaml': small, ...contents}, async folder => {
    const plan = await planOf(join(folder, 'a.yaml'), more(folder));
    played.push(await playPlan(plan, {workers: 1, ...options}));
  });
  return played[0];
}

test('one worker and several leave the same', async () => {
  const texts = [];
  for (const workers of [1, 3]) {
    const {observations, complete} = await playing({}, {workers});
    assert.ok(complete);
    texts.push(JSON.stringify(observations));
  }
  assert.is(new Set(texts).size, 1);
  const replications = JSON.parse(texts[0]) as Observation[];
  assert.is(new Set(replications.map(({fingerprint}) => fingerprint)).size, 6);
});

test('runs that are known are not played again', async () => {
  const {observations} = await playing({}, {});
  const played: string[] = [];
  const again = await playing({}, {known: observations.slice(1), onRun: run => played.push(run)});
  assert.equal(
    played.map(run => JSON.parse(run)),
    JSON.parse(JSON.stringify(observations.slice(0, 1))),
  );
  assert.equal(again.observations, observations);
});

const mine = (folder: string) => ({read: {plugins: [join(folder, 'mine.mjs')]}});

test('a run whose worker ends is played again, and the result is the same', async () => {
  const once = strategy(`
    const mark = new URL('mark', import.meta.url);
    if (!existsSync(mark)) { writeFileSync(mark, ''); process.exit(3); }`);
  const whole = await playing({'mine.mjs': strategy('')}, {}, mine);
  const struck = await playing({'mine.mjs': once}, {}, mine);
  const prints = ({observations}: typeof whole) => observations.map(run => run.fingerprint);
  assert.is(struck.failure, undefined);
  assert.equal(prints(struck), prints(whole));
});

test('a worker that has too little memory ends its run, not the program', async () => {
  const greedy = strategy('const all = []; for (;;) all.push(new Array(100_000).fill(all))');
  const {failure} = await playing({'mine.mjs': greedy}, {memoryMegabytes: 40}, mine);
  assert.match(failure?.wrong ?? '', /^count=1, replication 0: its worker ended twice: .*memory/);
  assert.match(failure?.wrong ?? '', /repeat with: orrery run .*a.yaml --seed 1 --set .*count=1/);
});

test('a strategy that throws is told as its own mistake', async () => {
  const {failure} = await playing({'mine.mjs': strategy("throw new Error('no')")}, {}, mine);
  assert.is(failure?.whose, 'strategy');
  assert.match(failure?.wrong ?? '', /Mine/);
});

test('what is done when the user has had enough is kept', async () => {
  const controller = new AbortController();
  const seen: string[] = [];
  const onRun = (run: string) => {
    if (seen.push(run) === 2) controller.abort();
  };
  const {observations, complete} = await playing({}, {onRun, signal: controller.signal});
  assert.is(complete, false);
  assert.equal(
    JSON.parse(JSON.stringify(observations)),
    seen.map(run => JSON.parse(run)),
  );
});

test.run();
