// A trace larger than the heap it is read in: rows are columns, and the text is never held whole.

import {execFileSync} from 'node:child_process';
import {createWriteStream} from 'node:fs';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {scenarioWith} from '../../scenario/good-scenario.ts';
import {inTemporaryFolder} from '../../scenario/temporary-folder.ts';

const rows = 300_000;
/** In MiB; the program alone needs 30. An object a row would need several times as many. */
const heap = 64;

/** 22 MB of text, where one in a thousand rows is broken. */
function* largeText() {
  yield 'name,at,lifetime,cpu,memory,labels\n';
  for (let from = 0; from < rows; from += 1000) {
    let text = '';
    for (let i = from; i < from + 999; i++) {
      text += `a-longer-name-${i},${i}.25,60s,${1 + (i % 4)},${1 + (i % 8)}Gi,app=web;tier=front\n`;
    }
    yield `${text}broken,,,,,\n`;
  }
}

test('hundreds of thousands of rows are read and checked in a small heap', async () => {
  const workload = '[{kind: trace, format: csv, pods: pods.csv.gz}]';
  await inTemporaryFolder({'a.yaml': scenarioWith({workload})}, async folder => {
    const file = join(folder, 'pods.csv.gz');
    await pipeline(largeText(), createGzip({level: 1}), createWriteStream(file));
    const command = ['--import', 'tsx', `--max-old-space-size=${heap}`, 'src/cli/main.ts'];
    const scenario = join(folder, 'a.yaml');
    const told = execFileSync(process.execPath, [...command, 'validate', scenario], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.match(told, /with 299700 of 300000 rows of pods\.csv\.gz, 4 warnings/);
  });
});

test.run();
