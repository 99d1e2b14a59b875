// The cells of one line of CSV, as RFC 4180 has it, but a cell never goes beyond its line.

export function cellsOf(line: string): string[] {
  if (!beyondPlain.test(line)) return line.split(',');
  if (!line.includes('"')) return line.split(',').map(cell => cell.trim());
  const cells: string[] = [];
  for (const {0: whole, 1: quoted, 2: plain = '', index} of line.matchAll(cell)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    // What ends in a comma has an empty cell behind it.
    if (index + whole.length === line.length && !whole.endsWith(',')) break;
  }
  return cells;
}

/** Nothing to trim and nothing quoted, as in nearly all files that programs write. */
const beyondPlain = /[\s"]/;
const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g;
