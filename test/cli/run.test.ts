// `orrery run` as a process: reports, result files, exit codes, interruption.

import type {ChildProcess} from 'node:child_process';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {type Contents, inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {type Ended, orrery} from './orrery.ts';

const workload =
  '[{kind: batch, name: b, count: 3, requests: {cpu: 400m}, lifetime: {exponential: {mean: 5m}}}]';
const small = scenarioWith({name: 'small', workload});
const five = '{nodes: [{name: n, count: 5, allocatable: {cpu: 4, memory: 4Gi}}]}';
const arriving = '[{kind: poisson, name: p, every: 30s, lifetime: 2m, requests: {cpu: 100m}}]';
const endless = scenarioWith({
  name: 'endless',
  duration: '900000h',
  workload: '[{kind: poisson, name: p, every: 1s, lifetime: 1s}]',
  results: '{pods: false, events: false}',
});

type Run = Ended & {readonly file: (...path: string[]) => string; readonly files: string[]};

/** Runs in a folder with these files; what it wrote can be read in `check`. */
async function running(
  contents: Contents,
  given: readonly string[],
  check: (run: Run) => unknown,
  meanwhile?: (child: ChildProcess, folder: string) => void,
): Promise<void> {
  await inTemporaryFolder(contents, async folder => {
    const ended = await orrery(given, {folder, meanwhile: child => meanwhile?.(child, folder)});
    const file = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
    await check({...ended, file, files: readdirSync(folder)});
  });
}

test('a run reports, writes its files and exits with 0', () =>
  running({'a.yaml': small}, ['run', 'a.yaml'], ({code, out, err, file}) => {
    assert.is(code, 0, err);
    assert.match(out, /why\?[\s\S]*3 pods created/);
    assert.is(err, '');
    assert.is(JSON.parse(file('results/local/small/run.json')).complete, true);
    assert.match(file('results/local/small/pods.csv'), /\ndefault,b-2,/);
  }));

test('piped output has no colour and no progress bar', () =>
  running({'a.yaml': small}, ['run', 'a.yaml'], ({out, err}) => {
    assert.not.match(out + err, new RegExp(String.fromCharCode(27)));
  }));

test('a quiet run says nothing', () =>
  running({'a.yaml': small}, ['run', 'a.yaml', '--quiet'], ({code, out, err}) => {
    assert.equal([code, out, err], [0, '', '']);
  }));

test('a JSON report is JSON and nothing else, one entry a run', () =>
  running(
    {'a.yaml': small, 'b.yaml': small.replace('small', 'other')},
    ['run', 'a.yaml', 'b.yaml', '--format', 'json', '--replications', '2'],
    ({out}) => {
      const runs = JSON.parse(out).map(({run}: {run: {scenario: string; replication: number}}) => [
        run.scenario,
        run.replication,
      ]);
      assert.equal(runs, [
        ['small', 0],
        ['small', 1],
        ['other', 0],
        ['other', 1],
      ]);
    },
  ));

test('several replications lie in a folder each, and differ', () =>
  running({'a.yaml': small}, ['run', 'a.yaml', '--out', 'r', '--replications', '2'], ({file}) => {
    assert.is.not(file('r/replication-0/pods.csv'), file('r/replication-1/pods.csv'));
  }));

test('one replication alone is the same as among the others', () =>
  running({'a.yaml': small}, ['run', 'a.yaml', '--out', 'r', '--replications', '2'], many =>
    running({'a.yaml': small}, ['run', 'a.yaml', '--out', 'r', '--replication', '1'], one =>
      assert.is(one.file('r/pods.csv'), many.file('r/replication-1/pods.csv')),
    ),
  ));

test('settings, seed and trace are as asked for', () =>
  running(
    {'a.yaml': small},
    [
      'run',
      'a.yaml',
      '--set',
      'workload[0].count=2',
      '--set',
      'duration=2m',
      '--seed',
      '9',
      '--out',
      'r',
      '--trace',
      't',
    ],
    ({file}) => {
      const {seed, duration} = JSON.parse(file('r/run.json'));
      assert.equal([seed, duration], [9, 120]);
      assert.match(file('t'), /^time\tsequence\tevent\ta\tb\n0\.\d{6}\t/);
      assert.not.match(file('r/pods.csv'), /b-2/);
    },
  ));

test('all mistakes of all scenarios are listed, and nothing is written', () =>
  running(
    {'a.yaml': small, 'b.yaml': small.replace('3,', 'three,'), 'c.yaml': small.replace('1h', '1')},
    ['run', 'a.yaml', 'b.yaml', 'c.yaml'],
    ({code, err, files}) => {
      assert.is(code, 1);
      assert.match(err, /^b\.yaml:7:\d+: workload\[0\]\.count: .*\nc\.yaml:4:11: duration: /);
      assert.equal(files, ['a.yaml', 'b.yaml', 'c.yaml']);
    },
  ));

test('a warning is told once and does no harm, unless the run is strict', () =>
  running({'a.yaml': scenarioWith({cluster: '{}'})}, ['run', 'a.yaml'], ({code, err}) => {
    assert.equal(
      [code, err],
      [0, 'a.yaml:5:10: warning: cluster: no nodes: every pod will stay pending\n'],
    );
  }));

test('a strict run refuses a warning', () =>
  running(
    {'a.yaml': scenarioWith({cluster: '{}'})},
    ['run', 'a.yaml', '--strict'],
    ({code, files}) => {
      assert.equal([code, files], [1, ['a.yaml']]);
    },
  ));

test('scenarios of one name are refused', () =>
  running({'a.yaml': small, 'b.yaml': small}, ['run', 'a.yaml', 'b.yaml'], ({code, err}) => {
    assert.is(code, 1);
    assert.match(err, /^b\.yaml: its name is small, as that of a\.yaml/);
  }));

test('results that cannot be written are a mistake of the user', () =>
  running({'a.yaml': small, r: 'mine'}, ['run', 'a.yaml', '--out', 'r'], ({code, err, file}) => {
    assert.equal([code, err], [1, 'cannot write results to r: it is a file, not a folder\n']);
    assert.is(file('r'), 'mine');
  }));

test('a strategy that throws exits with 1, and says which, when, where and how to see it again', () => {
  const strategy =
    'export const bad = {name: "bad", create: () => ({filter() { throw new Error("oh"); }})};';
  return running(
    {'a.yaml': small, 'bad.mjs': strategy},
    ['run', 'a.yaml', '--plugin', 'bad.mjs', '--seed', '4'],
    ({code, err, files}) => {
      assert.is(code, 1);
      assert.match(
        err,
        /^a strategy went wrong: plugin bad failed in filter: oh\n {2}in .* at \d+\.\d{6}s\n {2}seed 4, replication 0\n/,
      );
      assert.match(err, /orrery run a\.yaml --seed 4 --plugin bad\.mjs/);
      assert.not(files.includes('results'));
    },
  );
});

test('a verified run is held against one that keeps no answers', () =>
  running({'a.yaml': small}, ['run', 'a.yaml', '--quiet', '--verify'], ({code, err}) => {
    assert.is(code, 0);
    assert.match(err, /^verified: /);
  }));

test('a broken promise exits with 2: answers were kept that a strategy should not have had kept', () => {
  const strategy = `export const liar = {name: 'liar', create: ({clock}) => ({
    reads: {score: 'node'}, score: (_, {position}) => Math.floor(clock.now / 1e6 + position * 17) % 100,
  })};`;
  return running(
    {
      'a.yaml': scenarioWith({name: 'lying', workload: arriving, cluster: five}),
      'liar.mjs': strategy,
    },
    ['run', 'a.yaml', '--plugin', 'liar.mjs', '--verify', '--quiet'],
    ({code, err, files}) => {
      assert.is(code, 2);
      assert.match(err, /kept answers changed a decision; the runs agree in \d+ events/);
      assert.not(files.includes('results'));
    },
  );
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} keeps what was measured, marks it incomplete and exits with 130`, () =>
    running(
      {'a.yaml': endless},
      ['run', 'a.yaml', '--out', 'r', '--trace', 'trace'],
      ({code, err, out, file}) => {
        assert.is(code, 130);
        assert.match(err, /^interrupted: /);
        assert.match(out, /pods created/);
        const {complete, events} = JSON.parse(file('r/run.json'));
        assert.equal([complete, events > 0], [false, true]);
      },
      (child, folder) => onceFilled(join(folder, 'trace'), child, () => child.kill(signal)),
    ));
}

/** However long it takes to start on this machine: its first events stand in the trace. */
function onceFilled(file: string, child: ChildProcess, act: () => void): void {
  const timer = setInterval(() => {
    if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) === 0) return;
    clearInterval(timer);
    act();
  }, 20);
  child.on('close', () => clearInterval(timer));
}

test('a reader that goes away early is no error', () =>
  running(
    {'a.yaml': small},
    ['run', 'a.yaml'],
    ({code, err}) => assert.equal([code, err], [0, '']),
    child => child.stdout?.destroy(),
  ));

test.run();
