import {appendFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {firstDifference} from '../../src/report/compare-folders.ts';
import {writeRun} from '../../src/report/write-run.ts';
import {finishedRun, inFolder} from './fake-run.ts';

test('two folders of the same run do not differ, wherever they were made', () => {
  compared(() => undefined, undefined);
  compared(other => writeFileSync(join(other, 'environment.json'), 'else'), undefined);
});

test('a changed line is shown with its number, as it was and as it is', () => {
  compared(other => {
    const summary = join(other, 'summary.csv');
    writeFileSync(
      summary,
      readFileSync(summary, 'utf8').replace('pods_scheduled,,1000', 'pods_scheduled,,999'),
    );
  }, [
    'summary.csv, line 3:',
    '  expected node-failure,,0,pods_scheduled,,1000,pods,',
    '  actual   node-failure,,0,pods_scheduled,,999,pods,',
  ].join('\n'));
});

test('a file that is missing, new or longer is named', () => {
  compared(other => writeFileSync(join(other, 'extra.csv'), ''), 'extra.csv is new in OTHER');
  const longer = [
    'nodes.csv, line 2:',
    '  expected (an empty line, or the end)',
    '  actual   x',
  ].join('\n');
  compared(other => appendFileSync(join(other, 'nodes.csv'), 'x'), longer);
});

test('a file that goes on where the other ends without a newline differs from there', () => {
  inFolder(folder => {
    for (const name of ['one', 'other']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'one/a.csv'), 'a');
    writeFileSync(join(folder, 'other/a.csv'), 'a\nb');
    assert.is(
      firstDifference(join(folder, 'one'), join(folder, 'other')),
      'a.csv, line 2:\n  expected (nothing: the file ends before)\n  actual   b',
    );
  });
});

test('folders in folders are compared, too', () => {
  inFolder(folder => {
    for (const name of ['one', 'other']) {
      mkdirSync(join(folder, name));
      writeRun(join(folder, name, '0'), finishedRun());
    }
    appendFileSync(join(folder, 'other/0/run.json'), 'x');
    assert.match(
      firstDifference(join(folder, 'one'), join(folder, 'other')) ?? '',
      /^0: run.json, line/,
    );
    writeRun(join(folder, 'other/1'), finishedRun());
    assert.match(
      firstDifference(join(folder, 'other'), join(folder, 'one')) ?? '',
      /^1 is missing in/,
    );
  });
});

function compared(change: (other: string) => void, expected: string | undefined): void {
  inFolder(folder => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    writeRun(one, finishedRun());
    writeRun(other, finishedRun());
    change(other);
    assert.is(firstDifference(one, other)?.replace(other, 'OTHER'), expected);
  });
}

test.run();
