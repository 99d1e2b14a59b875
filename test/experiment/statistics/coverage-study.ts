// `npm run coverage-study [EXPERIMENTS]`: how often every kind of interval holds the truth, as a
// table. The tests hold the same experiments to bounds.

import {coverage} from './coverage.ts';
import {
  type Cell,
  differenceCells,
  levelCells,
  otherLevelCells,
  rareCells,
} from './coverage-cells.ts';

const [experiments] = process.argv.slice(2).map(Number);
const cells = [...levelCells, ...otherLevelCells, ...rareCells, ...differenceCells];

console.log('what,experiments,held,too high,too low,median width,methods');
for (const cell of cells) console.log(rowOf(cell, experiments ?? cell.experiments));

function rowOf(cell: Cell, count: number): string {
  const {held, above, below, width, methods} = coverage(cell, count);
  const shares = [held, above, below].map(share => share.toFixed(1));
  const name = cell.name.replaceAll(', ', ' / ');
  return [name, count, ...shares, width.toPrecision(3), methods.join(' + ')].join(',');
}
