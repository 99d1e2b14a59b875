// Rows of cells as lines of text, each column as wide as its widest cell, numbers to the right.

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map(row => row[i].length)));
  const isNumeric = (cell: string) => /^[\d.]+$/.test(cell);
  const lines = rows.map(row =>
    row
      .map((cell, i) => (isNumeric(cell) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
