// A registry for worlds whose kubelets pull nothing.

import type {Simulation} from '../../src/engine/simulation.ts';
import {Registry} from '../../src/machines/registry.ts';

export function emptyRegistry(simulation: Simulation): Registry {
  const sizes = new Map<string, number>();
  return new Registry(simulation, {bytesPerSecond: 1, sizes, defaultBytes: 1, missing: new Set()});
}
