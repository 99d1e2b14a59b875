// Rows of the log of changes: kinds in sets.

import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {ChangeLog} from '../../src/objects/change-log.ts';

test('a row is of the kinds that a set names, and of any where none are named', () => {
  const log = new ChangeLog(['created', 'bound', 'deleted'] as const);
  for (const kind of ['created', 'bound', 'deleted'] as const) log.append(0, kind, 7);
  const ends = log.kindSet(['created', 'deleted']);
  const rows = [0, 1, 2];
  assert.deepEqual(
    rows.map(row => log.isOfKind(row, ends)),
    [true, false, true],
  );
  assert.ok(rows.every(row => log.isOfKind(row, log.kindSet())));
});

test('the last of 32 kinds is told from the first, and more are refused', () => {
  const kinds = Array.from({length: 32}, (_, i) => `kind-${i}`);
  const log = new ChangeLog(kinds);
  log.append(0, 'kind-31', 7);
  assert.equal(log.isOfKind(0, log.kindSet(['kind-31'])), true);
  assert.equal(log.isOfKind(0, log.kindSet(['kind-0'])), false);
  assert.throws(() => new ChangeLog([...kinds, 'kind-32']), /at most 32 kinds, not 33/);
});

test.run();
