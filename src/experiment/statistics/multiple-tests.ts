// What many p-values are worth together. Holm's keep the chance of any false alarm at all;
// Benjamini and Hochberg's q-values the expected share of false alarms among those raised.

/** S. Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979: adjusted p-values. */
export function holm(ps: readonly (number | undefined)[]): (number | undefined)[] {
  const order = ascending(ps);
  const adjusted: (number | undefined)[] = ps.map(() => undefined);
  let greatest = 0;
  order.forEach(({index, p}, rank) => {
    greatest = Math.max(greatest, Math.min(1, p * (order.length - rank)));
    adjusted[index] = greatest;
  });
  return adjusted;
}

/** Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, 1995: q-values. */
export function falseDiscovery(ps: readonly (number | undefined)[]): (number | undefined)[] {
  const order = ascending(ps);
  const adjusted: (number | undefined)[] = ps.map(() => undefined);
  let least = 1;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const {index, p} = order[rank];
    least = Math.min(least, p * (order.length / (rank + 1)));
    adjusted[index] = least;
  }
  return adjusted;
}

/** Tests without a p-value were not made, so they count for nothing. */
function ascending(ps: readonly (number | undefined)[]): {index: number; p: number}[] {
  const known = ps.flatMap((p, index) => (p === undefined ? [] : [{index, p}]));
  return known.sort((one, other) => one.p - other.p || one.index - other.index);
}
