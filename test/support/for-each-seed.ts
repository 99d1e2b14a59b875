// Laws are tested over seeds. A failure names its seed and how to run with that seed alone.

export function forEachSeed(count: number, check: (seed: number) => void): void {
  const only = process.env.ORRERY_SEED;
  const seeds = only === undefined ? Array.from({length: count}, (_, i) => i + 1) : [Number(only)];
  for (const seed of seeds) {
    try {
      check(seed);
    } catch (error) {
      if (error instanceof Error) {
        error.message += `\nseed ${seed}; repeat with ORRERY_SEED=${seed} and this test file`;
      }
      throw error;
    }
  }
}
