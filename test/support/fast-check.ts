// fast-check with the same cases at every run, so that a test that passed yesterday fails today only
// because of the code. `FUZZ_SEED=7` draws others, `FUZZ_SEED=random` new ones each time, and
// `FUZZ_RUNS=5000` more of them. A file that imports fast-check itself would not be bound to this,
// so only this one does.

import fc from 'fast-check';

const {FUZZ_SEED = '1', FUZZ_RUNS} = process.env;

/** How many cases a law is held against: as many as usual, unless somebody asks for more. */
export function runs(usual: number): number {
  return FUZZ_RUNS === undefined ? usual : wholeNumber('FUZZ_RUNS', FUZZ_RUNS);
}

function wholeNumber(name: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new Error(`${name}: expected a whole number, got ${text}`);
  return Number(text);
}

fc.configureGlobal({
  numRuns: runs(100),
  ...(FUZZ_SEED === 'random' ? {} : {seed: wholeNumber('FUZZ_SEED', FUZZ_SEED)}),
});

export {fc};
