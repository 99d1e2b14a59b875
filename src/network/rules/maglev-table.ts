// IPVS mh (ip_vs_mh.c), after Maglev: every endpoint has an order of its own in which it wants the
// rows of a table, and they take one each in turn until none is free. Of one that comes or goes
// only few others notice.

import {sipHash} from './sip-hash.ts';

const rows = 4093;
const first = [2654435761n, 2654435761n] as const;
const second = [2654446892n, 2654446892n] as const;

export type Place = {readonly address: number; readonly port: number};

/** Which of the endpoints has each row. */
export function maglevTable(endpoints: readonly Place[]): Uint16Array {
  const table = new Uint16Array(rows);
  const taken = new Uint8Array(rows);
  const wants = endpoints.map(({address, port}) => sipHash(address + port, first) % rows);
  const skips = endpoints.map(
    ({address, port}) => (sipHash(address + port, second) % (rows - 1)) + 1,
  );
  for (let row = 0; row < rows; row++) {
    const endpoint = row % endpoints.length;
    while (taken[wants[endpoint]] === 1)
      wants[endpoint] = (wants[endpoint] + skips[endpoint]) % rows;
    taken[wants[endpoint]] = 1;
    table[wants[endpoint]] = endpoint;
  }
  return table;
}

/** The row of a caller. */
export function maglevRow(source: number): number {
  return sipHash(source, first) % rows;
}
