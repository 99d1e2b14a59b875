// What a sample says of a quantity: an estimate, the bounds that hold the truth in a given share of
// experiments, and by which method. A bound is absent where no honest one is known.

export type Interval = {
  readonly estimate: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly method: string;
};

/** Of a difference: `p` is the chance of one at least so far from 0 if there were none. */
export type Difference = Interval & {readonly p: number | undefined};

export function unknown(estimate: number | undefined, method: string): Interval {
  return {estimate, low: undefined, high: undefined, method};
}
