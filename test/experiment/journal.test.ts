// The journal survives whatever ends its writer: a law over every byte at which it may be cut off.

import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Journal, readJournal, writeJournal} from '../../src/experiment/journal.ts';
import {inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {madeUpObservation, madeUpPlan} from './made-up-plan.ts';

const head = {plan: madeUpPlan()};
const all = [0, 1].flatMap(variant => [0, 1, 2].map(run => madeUpObservation(variant, run)));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test('what was appended is read again', () =>
  inTemporaryFolder({}, folder => {
    const path = join(folder, 'journal');
    const journal = new Journal(path, {head, observations: all.slice(0, 2)});
    for (const observation of all.slice(2)) journal.append(JSON.stringify(observation));
    journal.close();
    assert.equal(plain(readJournal(path)), plain({head, observations: all}));
  }));

test('cut off anywhere, the whole lines before are kept and nothing else is made of it', () =>
  inTemporaryFolder({}, folder => {
    const path = join(folder, 'journal');
    writeJournal(path, {head, observations: all});
    const whole = readFileSync(path);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([i]) => i);
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      // The line's end itself says nothing.
      const lines = ends.filter(end => end <= length).length;
      const read = readJournal(path);
      assert.equal(read?.observations.length, lines === 0 ? undefined : lines - 1, `${length}`);
    }
  }));

test('a line that was damaged is as if it had not been written; the others count', () =>
  inTemporaryFolder({}, folder => {
    const path = join(folder, 'journal');
    writeJournal(path, {head, observations: all});
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"fingerprint":"01"', '"fingerprint":"11"'),
    );
    const read = readJournal(path);
    assert.equal(
      read?.observations.map(({fingerprint}) => fingerprint),
      ['00', '02', '10', '11', '12'],
    );
  }));

test('after a torn line the journal goes on, and a run that is there twice counts once', () =>
  inTemporaryFolder({}, folder => {
    const path = join(folder, 'journal');
    writeJournal(path, {head, observations: all.slice(0, 3)});
    appendFileSync(path, '0123456789abcdef {"variant":1,');
    const read = readJournal(path);
    if (read === undefined) throw new Error('no head');
    const journal = new Journal(path, read);
    for (const observation of [all[0], ...all.slice(3)]) {
      journal.append(JSON.stringify(observation));
    }
    journal.close();
    assert.equal(plain(readJournal(path)?.observations), plain(all));
  }));

test('the order in which runs were done leaves no trace in a whole journal', () =>
  inTemporaryFolder({}, folder => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    writeJournal(a, {head, observations: all});
    writeJournal(b, {head, observations: [...all].reverse()});
    assert.equal(readFileSync(a), readFileSync(b));
  }));

test.run();
