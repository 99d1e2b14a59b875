import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {makeFolder} from '../../src/report/make-folder.ts';
import {inTemporaryFolder} from '../scenario/temporary-folder.ts';

test('it makes what is missing and names the outermost', () =>
  inTemporaryFolder({}, folder => {
    assert.is(makeFolder(join(folder, 'a', 'b')), join(folder, 'a'));
    assert.is(makeFolder(join(folder, 'a', 'c')), join(folder, 'a', 'c'));
    assert.is(makeFolder(join(folder, 'a')), undefined);
  }));

test('it refuses, and ends, where there is a file or no folder can be', () =>
  inTemporaryFolder({}, folder => {
    writeFileSync(join(folder, 'file'), '');
    assert.throws(() => makeFolder(join(folder, 'file', 'a')));
    if (existsSync('/proc/self')) assert.throws(() => makeFolder('/proc/missing/results'));
  }));

test.run();
