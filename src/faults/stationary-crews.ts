// How many of some machines are down long after the start, where few crews repair them: the
// machine-repair model, a birth and death process whose stationary state is known while times are
// exponential (W. Feller, An Introduction to Probability Theory, volume 1, XVII.7).

import {exp, log} from '../engine/math.ts';
import type {RandomStream} from '../engine/random.ts';
import type {Distribution} from '../options/distribution.ts';

/** The mean, where a law is an exponential in whatever notation. */
export function exponentialMean(distribution: Distribution): number | undefined {
  switch (distribution.law) {
    case 'exponential':
      return distribution.mean;
    case 'erlang':
      return distribution.shape === 1 ? distribution.mean : undefined;
    case 'weibull':
    case 'gamma':
      return distribution.shape === 1 ? distribution.scale : undefined;
    default:
      return undefined;
  }
}

export type MachineRepair = {
  readonly machines: number;
  readonly crews: number;
  readonly meanUp: number;
  readonly meanDown: number;
};

export function drawDown(repair: MachineRepair, stream: RandomStream): number {
  const chances = stationaryDown(repair);
  return stream.weightedChoice(
    chances.map((_, down) => down),
    chances,
  );
}

/** The chance of each number of machines down, from none to all. */
export function stationaryDown({machines, crews, meanUp, meanDown}: MachineRepair): number[] {
  // p(n) / p(n - 1) = (machines - n + 1) / meanUp * meanDown / min(n, crews); in logarithms, which
  // neither vanish nor overflow.
  const logs = [0];
  for (let n = 1; n <= machines; n++) {
    const ratio = ((machines - n + 1) * meanDown) / (Math.min(n, crews) * meanUp);
    logs.push(logs[n - 1] + log(ratio));
  }
  let most = 0;
  for (const one of logs) most = Math.max(most, one);
  const weights = logs.map(one => exp(one - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}
