// Answers of theory against runs of whole scenarios: that right ones pass, and wrong ones do not.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Levels} from './levels.ts';
import {type Answer, looksLikeChance, runOracles, together} from './run-oracles.ts';

const file = (...oracles: object[]) => JSON.stringify({oracles});

async function verdicts(text: string): Promise<Record<string, boolean>> {
  const {answers} = await runOracles(text, () => undefined);
  const figures = answers.flatMap(answer => answer.figures);
  return Object.fromEntries(figures.map(({name, right}) => [name, right]));
}

const machine = {id: 'machine-repair-own', params: {N: 2, c: 1, lam: 0.5, mu: 1}};
const rollout = {id: 'rollout-own', params: {n: 4, maxSurge: 1, maxUnavailable: 1}};

// Birth and death with two machines and one crew: weights 1, 2·0.5 = 1, and 0.5·1 = 0.5.
test('two machines and one crew: the machine-repair model', async () => {
  const expected = {PallUp: 0.4, meanUpFraction: 0.6, throughput: 0.6};
  assert.equal(await verdicts(file({...machine, expected})), {
    PallUp: true,
    meanUpFraction: true,
    throughput: true,
  });
});

test('an answer that is 3 % off is told from the right one', async () => {
  const expected = {PallUp: 0.4 * 1.03, throughput: 0.6 * 1.03};
  assert.equal(await verdicts(file({...machine, expected})), {PallUp: false, throughput: false});
});

// Of three replicas that are up nine tenths of the time: 1 − 0.1³, and so on.
test('pinned replicas on failing nodes: at least so many of three', async () => {
  const expected = {k1: 0.999, k2: 0.972};
  const own = {id: 'kofn-own', params: {n: 3, A: 0.9}, expected};
  assert.equal(await verdicts(file(own)), {k1: true, k2: true});
});

test('a rolling update goes in waves of surge and unavailable together', async () => {
  const expected = {waves: 2, durationInR: 2, availableDuringWave: [3, 3], lostPodTimeInR: 2};
  const found = await verdicts(file({...rollout, expected}));
  assert.ok(Object.values(found).every(Boolean));
  const wrong = await verdicts(file({...rollout, expected: {waves: 3, lostPodTimeInR: 1}}));
  assert.equal(wrong, {waves: false, lostPodTimeInR: false});
});

test('oracles of other families are counted, not judged', async () => {
  const {answers, others} = await runOracles(
    file({id: 'mm1-prio-x', params: 'any'}),
    () => undefined,
  );
  assert.equal([answers.length, others], [0, ['mm1-prio-x']]);
});

// P. A. Erlang's and the shortest queue's answers for one worker, and for two.
test('customers at one station, and at two that share them', async () => {
  const one = {id: 'mm1-own', params: {lam: 0.5, mu: 1}, expected: {W: 2, Wq: 1, PWqZero: 0.5}};
  assert.equal(await verdicts(file(one)), {W: true, Wq: true, PWqZero: true});
  const two = {id: 'jsq-own', params: {N: 2, rho: 0.5}, expected: {T: 1.426320751}};
  assert.equal(await verdicts(file(two)), {T: true});
  assert.equal(await verdicts(file({...one, expected: {W: 2.06}})), {W: false});
});

test('an oracle that lacks a parameter, or has no known figure, says so, and others go on', async () => {
  const band = {id: 'nodeport-band-x', params: {rangeSize: 16}, expected: {staticBand: 0}};
  const {answers} = await runOracles(
    file({id: 'mm1-x', params: {lam: 0.5}, expected: {W: 2}}, {...band, expected: {}}, band),
    () => undefined,
  );
  assert.equal(
    answers.map(({trouble}) => trouble),
    ['mm1-x has no number mu', 'none of its expected figures is known here', undefined],
  );
});

test('a rule is held to all its digits', async () => {
  const own = {id: 'nodeport-band-own', params: {rangeSize: 2768}};
  assert.equal(await verdicts(file({...own, expected: {staticBand: 86}})), {staticBand: true});
  assert.equal(await verdicts(file({...own, expected: {staticBand: 86.01}})), {staticBand: false});
});

test('deviations that all lean to one side do not look like chance', () => {
  const figure = {name: 'x', expected: 1, measured: 1, halfWidth: 0.1, right: true};
  const leaning = (z: number): Answer => ({id: 'x', figures: [{...figure, z}]});
  const fine = [-1.4, -0.9, -0.5, -0.1, 0.1, 0.4, 0.8, 1.6].map(leaning);
  assert.ok(looksLikeChance(together(fine)));
  assert.not.ok(looksLikeChance(together(fine.map(() => leaning(1.5)))));
});

test('levels are counted by batches, and a batch cut in two by a change counts both parts', () => {
  const levels = new Levels({things: 2, level: 2, batch: 10});
  levels.change(-1, 4);
  levels.change(1, 25);
  assert.equal(
    levels.shares(30).map(batch => [...batch]),
    [
      [0, 0.6, 0.4],
      [0, 1, 0],
      [0, 0.5, 0.5],
    ],
  );
});

test.run();
