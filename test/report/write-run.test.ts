import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {CannotWrite} from '../../src/report/cannot-write.ts';
import {ResultFolder} from '../../src/report/result-folder.ts';
import {writeFiles, writeRun} from '../../src/report/write-run.ts';
import {finishedRun, inFolder, table} from './fake-run.ts';

const files = ['environment.json', 'nodes.csv', 'run.json', 'summary.csv'];

test('a run becomes a folder with its files and nothing else beside it', () => {
  inFolder(folder => {
    writeRun(join(folder, 'deep/er/run'), finishedRun());
    assert.equal(readdirSync(join(folder, 'deep/er/run')).sort(), files);
    assert.equal(readdirSync(join(folder, 'deep/er')), ['run']);
  });
});

test('run.json says what the run was', () => {
  inFolder(folder => {
    writeRun(join(folder, 'run'), finishedRun());
    const {files: listed, ...run} = JSON.parse(read(folder, 'run/run.json'));
    assert.equal(listed.sort(), files);
    assert.equal(run, {
      ...{scenario: 'node-failure', variant: '', seed: 1, replication: 0, duration: 7200},
      ...{events: 12_345, fingerprint: '0123456789abcdef', complete: true, orrery: '0.1.0'},
      question: 'How long is the shop unreachable?',
    });
  });
});

test('summary.csv says of every figure which run it is of', () => {
  inFolder(folder => {
    writeRun(join(folder, 'run'), finishedRun());
    const [head, first, ...more] = read(folder, 'run/summary.csv').split('\n');
    assert.is(head, 'scenario,variant,replication,metric,object,value,unit,samples');
    assert.is(first, 'node-failure,,0,pods_created,,1200,pods,');
    assert.ok(more.includes('node-failure,,0,scheduling_latency_p99,,,s,1000'));
  });
});

test('older results are replaced, also those of several replications', () => {
  inFolder(folder => {
    const results = new ResultFolder(join(folder, 'run'));
    for (const name of ['0', '1']) results.fill(name, inside => writeFiles(inside, finishedRun()));
    results.publish();
    assert.equal(readdirSync(join(folder, 'run')).sort(), ['0', '1']);
    writeRun(join(folder, 'run'), finishedRun());
    assert.equal(readdirSync(join(folder, 'run')).sort(), files);
    assert.equal(readdirSync(folder), ['run']);
  });
});

test('an empty folder is filled, and the permissions are those of any new folder', () => {
  inFolder(folder => {
    mkdirSync(join(folder, 'run'));
    const {mode} = statSync(join(folder, 'run'));
    writeRun(join(folder, 'run'), finishedRun());
    assert.is(statSync(join(folder, 'run')).mode, mode);
  });
});

test('a link to a folder stays a link', () => {
  inFolder(folder => {
    mkdirSync(join(folder, 'there'));
    symlinkSync(join(folder, 'there'), join(folder, 'run'));
    writeRun(join(folder, 'run'), finishedRun());
    assert.equal(readdirSync(join(folder, 'there')).sort(), files);
    assert.equal(readdirSync(folder).sort(), ['run', 'there']);
  });
});

for (const [what, put, names] of [
  ['a stranger’s file', (run: string) => writeFileSync(join(run, 'thesis.tex'), ''), 'thesis.tex'],
  ['a folder that is not ours', (run: string) => mkdirSync(join(run, 'src')), 'src'],
  ['a file in a replication', fillReplication, '0/notes.txt'],
  [
    'a run.json that is not ours',
    (run: string) => writeFileSync(join(run, 'run.json'), '{"files": ["run.json"]}'),
    'run.json',
  ],
] as const) {
  test(`a folder with ${what} is not replaced, and says so before the run`, () => {
    inFolder(folder => {
      const run = join(folder, 'run');
      mkdirSync(run);
      put(run);
      const before = readdirSync(run);
      assert.throws(() => new ResultFolder(run), isSentence(`${names} is not a result of a run`));
      assert.equal(readdirSync(run), before);
      assert.equal(readdirSync(folder), ['run']);
    });
  });
}

test('what somebody puts there while the run goes on is not lost', () => {
  inFolder(folder => {
    const results = new ResultFolder(join(folder, 'run'));
    results.fill(undefined, inside => writeFiles(inside, finishedRun()));
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run/notes.txt'), 'mine');
    assert.throws(() => results.publish(), isSentence('notes.txt is not a result'));
    assert.equal(readdirSync(folder), ['run']);
    assert.is(read(folder, 'run/notes.txt'), 'mine');
  });
});

test('a target that is a file, or lies below one, is refused with a sentence', () => {
  inFolder(folder => {
    writeFileSync(join(folder, 'file'), '');
    assert.throws(() => writeRun(join(folder, 'file'), finishedRun()), isSentence('it is a file'));
    const below = join(folder, 'file/run');
    assert.throws(() => writeRun(below, finishedRun()), isSentence('a part of the path is a file'));
    assert.equal(readdirSync(folder), ['file']);
  });
});

test('when writing fails in the middle, nothing is left and older results stay', () => {
  inFolder(folder => {
    writeRun(join(folder, 'run'), finishedRun());
    const before = read(folder, 'run/run.json');
    const broken = finishedRun([table('nodes.csv', failingRows())]);
    assert.throws(() => writeRun(join(folder, 'run'), broken), isSentence('the disk is full'));
    assert.equal(readdirSync(folder), ['run']);
    assert.is(read(folder, 'run/run.json'), before);
    assert.throws(() => writeRun(join(folder, 'new/er/run'), broken), isSentence('disk'));
    assert.equal(readdirSync(folder), ['run']);
  });
});

test('a disk that is really full gives a sentence', () => {
  if (!existsSync('/dev/full')) return;
  inFolder(folder => {
    const results = new ResultFolder(join(folder, 'run'));
    const fill = (inside: string) => {
      symlinkSync('/dev/full', join(inside, 'x'));
      writeFileSync(join(inside, 'x'), 'text');
    };
    assert.throws(() => results.fill(undefined, fill), isSentence('the disk is full'));
    assert.equal(readdirSync(folder), []);
  });
});

test('a folder that must not be written to gives a sentence', () => {
  if (process.getuid?.() === 0) return;
  inFolder(folder => {
    chmodSync(folder, 0o500);
    assert.throws(
      () => writeRun(join(folder, 'run'), finishedRun()),
      isSentence('permission denied'),
    );
    chmodSync(folder, 0o700);
  });
});

test('a mistake of our own while writing is not dressed up as the user’s', () => {
  inFolder(folder => {
    const results = new ResultFolder(join(folder, 'run'));
    const fail = () => {
      throw new TypeError('ours');
    };
    assert.throws(
      () => results.fill(undefined, fail),
      (thrown: unknown) => thrown instanceof TypeError,
    );
    assert.equal(readdirSync(folder), []);
  });
});

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function fillReplication(run: string): void {
  mkdirSync(join(run, '0'));
  writeFiles(join(run, '0'), finishedRun());
  writeFileSync(join(run, '0', 'notes.txt'), '');
}

function failingRows(): never[][] {
  const rows: never[][] = [];
  Object.defineProperty(rows, Symbol.iterator, {
    value: () => {
      throw Object.assign(new Error('full'), {code: 'ENOSPC', syscall: 'write'});
    },
  });
  return rows;
}

function isSentence(part: string) {
  return (thrown: unknown) =>
    thrown instanceof CannotWrite && thrown.message.includes(part) && !thrown.message.endsWith('.');
}

test.run();
