// What ends a comparison before its time, and going on with it: killed at any moment, interrupted,
// out of disk. What comes of it in the end is, byte for byte, what an undisturbed one leaves.

import type {ChildProcess} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {bundled} from '../support/bundled.ts';
import {type Ended, program} from './orrery.ts';

const {main} = await bundled();
const workload =
  '[{kind: poisson, name: p, every: 1s, lifetime: {exponential: {mean: 5s}}, requests: {cpu: 100m}}]';
const shop = scenarioWith({name: 'shop', workload, duration: '1h'});
const command = [
  ...['compare', 'a.yaml', '--vary', 'cluster.nodes[0].count=1,2', '--replications', '3'],
  ...['--out', 'r', '--quiet', '--workers', '1'],
];

type Place = {
  readonly folder: string;
  readonly run: (
    given: readonly string[],
    during?: (child: ChildProcess) => void,
  ) => Promise<Ended>;
};

function inPlace(act: (place: Place) => unknown): Promise<void> {
  return inTemporaryFolder({'a.yaml': shop}, folder => {
    const run: Place['run'] = (given, meanwhile) =>
      program([main, ...given], {folder, ...(meanwhile === undefined ? {} : {meanwhile})});
    return act({folder, run});
  });
}

function bytes(folder: string): string {
  const files = readdirSync(folder).sort();
  return files.map(file => `${file}\n${readFileSync(join(folder, file), 'utf8')}`).join('\n');
}

/** Whole lines of the journal but its head; -1 where there is none yet. */
function runsDone(folder: string): number {
  const journal = join(folder, 'r.unfinished', 'observations.journal');
  if (!existsSync(journal)) return -1;
  return readFileSync(journal, 'utf8').split('\n').length - 2;
}

/** As soon as so many runs are done, or the child has ended. */
function onceDone(folder: string, runs: number, act: (child: ChildProcess) => void) {
  return (child: ChildProcess) => {
    const look = setInterval(() => {
      if (child.exitCode !== null) clearInterval(look);
      else if (runsDone(folder) >= runs) {
        clearInterval(look);
        act(child);
      }
    }, 3);
    child.on('close', () => clearInterval(look));
  };
}

let undisturbed = '';

test('an undisturbed comparison, for the others to be held against', () =>
  inPlace(async ({folder, run}) => {
    assert.is((await run([...command.slice(0, -1), '2'])).code, 0);
    undisturbed = bytes(join(folder, 'r'));
  }));

for (const runs of [-1, 2]) {
  test(`killed when ${runs} runs are done, and again at the next: the result is the same`, () =>
    inPlace(async ({folder, run}) => {
      const kill = (child: ChildProcess) => child.kill('SIGKILL');
      const struck = await run(command, onceDone(folder, runs, kill));
      assert.is(struck.code, null);
      await run([...command, '--resume'], onceDone(folder, runs + 1, kill));
      const {code, err} = await run([...command, '--resume']);
      assert.is(code, 0, err);
      assert.is(bytes(join(folder, 'r')), undisturbed);
      assert.equal(readdirSync(folder).sort(), ['a.yaml', 'r']);
    }));
}

test('killed between the two renames of publishing, it is published by the next attempt', () =>
  inPlace(async ({folder, run}) => {
    await run(command);
    renameSync(join(folder, 'r'), join(folder, 'r.unfinished'));
    writeFileSync(join(folder, 'r.unfinished', 'runs.csv'), 'half');
    mkdirSync(join(folder, 'r.replaced'));
    assert.is((await run([...command, '--resume'])).code, 0);
    assert.is(bytes(join(folder, 'r')), undisturbed);
    assert.equal(readdirSync(folder).sort(), ['a.yaml', 'r']);
  }));

test('Ctrl-C keeps what is done and says how to go on; without that nothing is lost', () =>
  inPlace(async ({folder, run}) => {
    const {code, err} = await run(
      command,
      onceDone(folder, 2, child => child.kill('SIGINT')),
    );
    assert.is(code, 130);
    assert.match(err, /^interrupted: [2-5] runs are kept; go on with --resume\n$/);
    const again = await run(command);
    assert.is(again.code, 1);
    assert.match(
      again.err,
      /^r.unfinished holds [2-5] runs .* go on with --resume, or remove it\n$/,
    );
    assert.is((await run([...command, '--resume'])).code, 0);
    assert.is(bytes(join(folder, 'r')), undisturbed);
    const {err: finished} = await run([...command, '--resume']);
    assert.is(finished, 'r has these results already\n');
  }));

test('it goes on only with the same comparison, and says what differs', () =>
  inPlace(async ({folder, run}) => {
    await run(
      command,
      onceDone(folder, 1, child => child.kill('SIGKILL')),
    );
    const seed = await run([...command, '--resume', '--seed', '4']);
    assert.is(seed.code, 1);
    assert.match(
      seed.err,
      /^cannot go on with r.unfinished: .* differs is the seed \(1, now 4\)\n$/,
    );
    writeFileSync(join(folder, 'a.yaml'), shop.replace('1s', '2s'));
    const file = await run([...command, '--resume']);
    assert.match(
      file.err,
      /what differs is what the scenario's files, plugins or --set say, of count=1\n$/,
    );
  }));

test('a disk that is full keeps what is done', () =>
  inPlace(async ({folder, run}) => {
    // Writes beyond 6 KiB fail, the one across it after a part: as on a disk that fills up.
    const {code, err} = await program([main, ...command], {folder, first: 'ulimit -f 6'});
    assert.is(code, 1);
    assert.match(
      err,
      /^cannot write results to r: .*; what is done is kept: go on with --resume\n$/,
    );
    assert.is((await run([...command, '--resume'])).code, 0);
    assert.is(bytes(join(folder, 'r')), undisturbed);
  }));

test.run();
