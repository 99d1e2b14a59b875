// Columns that grow by doubling while a trace is read.

type Column = Float64Array | Uint32Array | Uint8Array;

/** The column, or a wider one with the same values. */
export function roomFor<Kind extends Column>(column: Kind, length: number): Kind {
  if (length <= column.length) return column;
  return wider(column, Math.max(length, 2 * column.length));
}

/** No longer than it must be. */
export function trimmed<Kind extends Column>(column: Kind, length: number): Kind {
  return column.length === length ? column : (column.slice(0, length) as Kind);
}

function wider<Kind extends Column>(column: Kind, length: number): Kind {
  const make = column.constructor as new (length: number) => Kind;
  const next = new make(length);
  next.set(column);
  return next;
}
