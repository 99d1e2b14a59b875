// `orrery compare` and `orrery merge` as processes: what they write, refuse, and go on with.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {bundled} from '../support/bundled.ts';
import {type Ended, program} from './orrery.ts';

const {main} = await bundled();
const workload =
  '[{kind: poisson, name: p, every: 60s, lifetime: {exponential: {mean: 5m}}, requests: {cpu: 300m}}]';
const shop = scenarioWith({name: 'shop', workload});
const two = ['compare', 'a.yaml', '--vary', 'cluster.nodes[0].count=1,2', '--replications', '3'];

type Place = {
  readonly run: (...given: string[]) => Promise<Ended>;
  readonly folder: string;
  readonly files: (name?: string) => string[];
  /** All files of a folder of results, as one text. */
  readonly bytes: (name: string) => string;
};

function inPlace(act: (place: Place) => unknown, contents: Record<string, string> = {}) {
  return inTemporaryFolder({'a.yaml': shop, ...contents}, folder => {
    const files = (name = '.') => readdirSync(join(folder, name)).sort();
    const text = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8');
    return act({
      run: (...given) => program([main, ...given], {folder}),
      folder,
      files,
      bytes: name =>
        files(name)
          .map(file => `${file}\n${text(name, file)}`)
          .join('\n'),
    });
  });
}

const written = ['compare.csv', 'compare.json', 'observations.journal', 'runs.csv'];

test('a comparison writes its files, reports and leaves nothing beside them', () =>
  inPlace(async ({run, files, bytes}) => {
    const {code, out, err} = await run(...two);
    assert.is(code, 0, err);
    assert.match(out, /^shop {2}2 variants, 3 runs each/);
    assert.equal(files('results/local'), ['shop-compare']);
    for (const file of written) assert.ok(files('results/local/shop-compare').includes(file));
    assert.match(bytes('results/local/shop-compare'), /\ncount=2,2,pods_created,,\d+,pods,\n/);
  }));

test('the number of workers leaves no trace, and results are replaced', () =>
  inPlace(async ({run, files, bytes}) => {
    for (const workers of ['1', '3']) {
      const {code, err} = await run(
        ...two,
        '--workers',
        workers,
        '--out',
        `w${workers}`,
        '--quiet',
      );
      assert.equal([code, err], [0, '']);
    }
    assert.is(bytes('w3'), bytes('w1'));
    assert.is((await run(...two.slice(0, 4), '--replications', '2', '--out', 'w1')).code, 0);
    assert.equal(files(), ['a.yaml', 'w1', 'w3']);
  }));

test('shards put together are what one job leaves', () =>
  inPlace(async ({run, bytes, files}) => {
    await run(...two, '--out', 'whole');
    for (const shard of ['1/2', '2/2']) {
      const {code, err} = await run(...two, '--shard', shard, '--out', `s${shard[0]}`);
      assert.is(code, 0, err);
    }
    const {code, err} = await run('merge', 's2', 's1', '--out', 'merged');
    assert.is(code, 0, err);
    assert.is(bytes('merged'), bytes('whole'));
    const missing = await run('merge', 's1', '--out', 'm');
    assert.is(missing.code, 1);
    assert.match(missing.err, /^3 runs of 6 missing: /);
    assert.equal(files(), ['a.yaml', 'merged', 's1', 's2', 'whole']);
  }));

test('mistakes of all variants are told at once, and nothing is written', () =>
  inPlace(async ({run, files}) => {
    const vary = ['--vary', 'scheduler.profile=defalt,bin-packing', '--vary', 'duration=1h,2x'];
    const {code, err} = await run('compare', 'a.yaml', ...vary, '--vary', 'clster.x=1');
    assert.is(code, 1);
    assert.match(err, /^--vary scheduler.profile=defalt: .*default/m);
    assert.match(err, /^--vary duration=2x: /m);
    assert.match(err, /^--vary clster.x=1: .*cluster/m);
    assert.equal(files(), ['a.yaml']);
    const numbers = await run('compare', 'a.yaml', '--workers', '0', '--shard', '3/2');
    assert.is(
      numbers.err,
      '--workers: expected a whole number from 1 to 1024, got 0\n' +
        '--shard: expected i/n with i from 1 to n, such as 2/5, got "3/2"\n',
    );
  }));

test('replications are added until the primary figure is known as well as wanted', () =>
  inPlace(async ({run, bytes}) => {
    const primary = ['--primary', 'cpu_requested_share_mean', '--quiet'];
    const enough = await run(...two, ...primary, '--precision', '6%', '--out', 'r');
    assert.equal([enough.code, enough.err], [0, '']);
    assert.match(bytes('r'), /"replications": (1[1-9]|[2-9][0-9]),/);
    const shard = await run(...two, ...primary, '--precision', '6%', '--shard', '1/2');
    assert.match(shard.err, /leave out --shard, or give --replications and no precision/);
  }));

test('a JSON report is JSON and nothing else, and what is not known is null', () =>
  inPlace(async ({run}) => {
    const {out, err} = await run(...two, '--format', 'json', '--workers', '1');
    assert.is(err, '');
    const {folder, baseline, rows} = JSON.parse(out);
    assert.equal([folder, baseline], ['results/local/shop-compare', 0]);
    const [created] = rows;
    assert.equal([created.metric, created.n, created.difference], ['pods_created', 3, null]);
  }));

test('another baseline may be named, and must be there', () =>
  inPlace(async ({run, bytes}) => {
    const {code} = await run(...two, '--baseline', 'count=2', '--out', 'r', '--quiet');
    assert.is(code, 0);
    assert.match(bytes('r'), /"baseline": "count=2"/);
    const {err} = await run(...two, '--baseline', 'count=3');
    assert.is(err, '--baseline: no variant "count=3"; the variants are: count=1; count=2\n');
  }));

test('what others have put into the folder is not replaced', () =>
  inPlace(
    async ({run, bytes}) => {
      const {code, err} = await run(...two, '--out', 'mine');
      assert.is(code, 1);
      assert.match(err, /will not replace mine: diary.txt is not a result/);
      assert.is(bytes('mine'), 'diary.txt\ndear diary');
    },
    {'mine/diary.txt': 'dear diary'},
  ));

test('what others have put where unfinished comparisons lie is neither moved nor removed', () =>
  inPlace(
    async ({run, bytes}) => {
      const {code, err} = await run(...two, '--out', 'r');
      assert.is(code, 1);
      assert.is(err, 'will not use r.unfinished: diary.txt is not of a comparison; move it away\n');
      assert.is(bytes('r.unfinished'), 'diary.txt\ndear diary');
    },
    {'r.unfinished/diary.txt': 'dear diary'},
  ));

test.run();
