// Large files come in pieces; whatever is wrong with one is a sentence, and never a crash.

import {mkdirSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {readScenario} from '../../src/scenario/load.ts';
import {scenarioWith} from './good-scenario.ts';
import {inTemporaryFolder} from './temporary-folder.ts';

const rows = Array.from({length: 30_000}, (_, i) => `p-${i},${i},1,1Gi\n`);
const whole = `name,at,cpu,memory\n${rows.join('')}`;
const scenario = scenarioWith({workload: '[{kind: trace, format: csv, pods: pods.csv}]'});

async function read(pods: string | Uint8Array, change?: (file: string) => void) {
  const found = {said: '', used: 0, hash: ''};
  await inTemporaryFolder({'a.yaml': scenario, 'pods.csv': pods}, async folder => {
    change?.(join(folder, 'pods.csv'));
    const {scenario: loaded, problems} = await readScenario(join(folder, 'a.yaml'));
    found.said = problems.map(formatProblem).join('\n').replaceAll(`${folder}/`, '');
    found.used = loaded?.traces[0].used ?? 0;
    found.hash = loaded?.hash ?? '';
  });
  return found;
}

test('a gzipped trace is the same as it is plain', async () => {
  const [plain, packed] = [await read(whole), await read(gzipSync(whole))];
  assert.equal([plain.said, plain.used], ['', 30_000]);
  assert.equal(packed, plain);
});

test('a gzipped trace that is cut off is damaged, wherever it is cut', async () => {
  const packed = gzipSync(whole);
  for (const length of [3, 12, packed.length >> 1, packed.length - 1]) {
    const {said} = await read(packed, file => truncateSync(file, length));
    assert.match(said, /workload\[0\]\.pods: pods\.csv: a damaged gzip file/, `${length}`);
  }
});

test('bytes that are no text cost their row alone', async () => {
  const bytes = Buffer.concat([Buffer.from(whole), Buffer.from([0x70, 0xff, 0x2c])]);
  const {said, used} = await read(Buffer.concat([bytes, Buffer.from('1,1,1Gi\n')]));
  assert.is(used, 30_000);
  assert.match(said, /pods\.csv:30002:1: warning: row skipped: expected a name that a pod may/);
});

test('a line without an end is one row that is too long', async () => {
  const {said, used} = await read(`${whole}${'x'.repeat(3e6)}`);
  assert.is(used, 30_000);
  assert.match(said, /:30002:1: warning: row skipped: expected a line of at most 65536/);
});

test('binary files and folders are told', async () => {
  assert.match((await read(new Uint8Array(5000))).said, /pods\.csv: a binary file, not text/);
  await inTemporaryFolder({'a.yaml': scenario}, async folder => {
    mkdirSync(join(folder, 'pods.csv'));
    const {problems} = await readScenario(join(folder, 'a.yaml'));
    assert.match(problems.map(formatProblem).join(), /pods\.csv: a directory, not a file/);
  });
});

test.run();
