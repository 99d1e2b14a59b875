// When a sample is large enough for a wanted precision. Who looks again and again, and stops at the
// first narrow interval, stops by preference at samples that show too little of their own spread,
// so that their intervals hold less than they promise. Few looks, none of them early, keep that
// below 2 of 100 (Y. S. Chow and H. Robbins, 1965, is the theory for precisions that go to 0).

/** Fewer values say too little of their own spread. */
const firstLook = 10;

export type Look = {
  /** Half the interval, its wider side, against the estimate. */
  readonly relative: number | undefined;
  readonly wanted: number;
  readonly replications: number;
};

export function preciseEnough({relative, wanted, replications}: Look): boolean {
  return relative !== undefined && relative <= wanted && replications >= firstLook;
}

/** Half as many again each time: 10, 15, 23, 35 … */
export function nextLook(replications: number): number {
  return Math.max(firstLook, Math.ceil(replications * 1.5));
}
