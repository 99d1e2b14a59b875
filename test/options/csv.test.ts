import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {cellsOf} from '../../src/options/csv.ts';

// As RFC 4180, section 2.
const lines: readonly [line: string, cells: string[]][] = [
  ['a,b', ['a', 'b']],
  ['', ['']],
  [',', ['', '']],
  [' a , b\r', ['a', 'b']],
  ['"a","b"', ['a', 'b']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a ""b""",', ['a "b"', '']],
  ['"a,"', ['a,']],
  [',"a"', ['', 'a']],
  ['"a', ['"a']],
  ['"a"b,c', ['"a"b', 'c']],
];

for (const [line, cells] of lines) {
  test(`${JSON.stringify(line)} has ${cells.length} cells`, () => {
    assert.equal(cellsOf(line), cells);
  });
}

test.run();
