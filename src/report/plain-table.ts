// Tables of the report on a terminal.

import Table from 'cli-table3';

/** Without frame and colours, columns two spaces apart, numbers to the right of others. */
export function plainTable(head: string[], texts: readonly string[] = [head[0]]): Table.Table {
  return new Table({
    head,
    colAligns: head.map(column => (texts.includes(column) ? 'left' : 'right')),
    chars: frameless,
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': 2, compact: true},
  });
}

export function tableText(table: Table.Table): string {
  return table.toString().replace(/ +$/gm, '');
}

const frameless = {
  ...{top: '', 'top-mid': '', 'top-left': '', 'top-right': ''},
  ...{bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': ''},
  ...{left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ''},
};
