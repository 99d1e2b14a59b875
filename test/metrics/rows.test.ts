import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Chunks, place, roomFor} from '../../src/metrics/rows.ts';

test('a column has room for the index asked for, and keeps what it had', () => {
  let column = new Float64Array(1);
  for (let i = 0; i < 1000; i++) {
    column = roomFor(column, i);
    column[i] = i;
  }
  for (let i = 0; i < 1000; i++) assert.is(column[i], i);
});

test('a column that is long enough is not copied', () => {
  const column = new Int32Array(8);
  assert.is(roomFor(column, 7), column);
  assert.ok(roomFor(column, 8).length >= 16);
});

test('each row of chunks has a place of its own, also when rows come out of order', () => {
  const chunks = new Chunks(length => ({value: new Float64Array(length)}));
  const rows = [20_000, 0, 4095, 4096, 12_345, 8191, 8192];
  for (const row of rows) chunks.of(row).value[place(row)] = row + 1;
  for (const row of rows) assert.is(chunks.of(row).value[place(row)], row + 1);
});

test.run();
