// Each cell is a test: its interval holds the truth as often as it promises.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {coverage} from './coverage.ts';
import type {Cell} from './coverage-cells.ts';

export function holdCells(cells: readonly Cell[]): void {
  for (const cell of cells) {
    test(`${cell.name}: held from ${cell.atLeast} to ${cell.atMost} %`, () => {
      const {held} = coverage(cell, cell.experiments);
      assert.ok(held >= cell.atLeast && held <= cell.atMost, `${held} %`);
    });
  }
}
