// Where the images of a scenario's containers come from.

import type {Simulation} from '../engine/simulation.ts';
import {Registry} from '../machines/registry.ts';
import type {LoadedScenario} from './loaded.ts';

export function imageRegistry({images}: LoadedScenario, simulation: Simulation): Registry {
  return new Registry(simulation, {
    bytesPerSecond: images.registry.bandwidth,
    sizes: new Map(images.sizes.map(({name, size}) => [name, size])),
    defaultBytes: images.defaultSize,
    missing: new Set(images.missing),
  });
}
