import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Cell} from '../../src/metrics/table.ts';
import {csv, csvOfLongTable, csvOfShortTable} from '../../src/report/csv.ts';
import {fc, runs} from '../support/fast-check.ts';
import {table} from './fake-run.ts';

const nasty = fc.string({
  unit: fc.constantFrom('"', ',', '\n', '\r', ' ', ';', '=', 'é', '😀', 'a'),
});
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string(),
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(undefined),
);

test('the fast writer writes what csv-stringify writes, byte for byte', () => {
  const rows = fc.array(fc.array(cell, {minLength: 3, maxLength: 3}));
  const columns = fc.array(fc.oneof(fc.string(), nasty), {minLength: 3, maxLength: 3});
  fc.assert(
    fc.property(rows, columns, (cells, names) => {
      const long = table('x.csv', cells, {columns: names});
      assert.is([...csvOfLongTable(long)].join(''), csvOfShortTable(long));
    }),
    {numRuns: runs(500)},
  );
});

test('a table with one column is written the same by both', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell)), cells => {
      const long = table('x.csv', cells, {columns: ['only']});
      assert.is([...csvOfLongTable(long)].join(''), csvOfShortTable(long));
    }),
  );
});

test('cells that would be read wrongly are quoted, others are not', () => {
  const text = csvOfShortTable(
    table('x.csv', [
      ['1,5', 'say "hi"', 'two\nlines'],
      [1.5, true, undefined],
    ]),
  );
  assert.is(text, 'a,b,c\n"1,5","say ""hi""","two\nlines"\n1.5,true,\n');
});

test('an empty table has its header', () => {
  assert.is(csvOfShortTable(table('x.csv', [])), 'a,b,c\n');
  assert.is([...csvOfLongTable(table('x.csv', []))].join(''), 'a,b,c\n');
});

test('a long table is written in pieces of bounded size', () => {
  const rows = Array.from({length: 20_000}, (_, i) => [i, 'some text', 'some more']);
  const pieces = [...csv(table('x.csv', rows, {long: true}))];
  assert.ok(pieces.length > 5);
  assert.ok(pieces.every(piece => piece.length < 70_000));
});

test.run();
