// Holds a run against the specification: the same scenario with every node asked in every
// scheduling cycle must have the same events. The tool for whoever doubts a decision, or has a
// strategy whose answers are kept though they should not be.

import {type Divergence, firstDivergence} from '../engine/divergence.ts';
import type {Simulation} from '../engine/simulation.ts';
import {build} from './build.ts';
import type {LoadedScenario} from './loaded.ts';
import type {RunOptions} from './scenario-run.ts';

/**
 * The first event in which the two differ (left as simulated, right as specified); `undefined` when
 * none does.
 */
export function firstDoubt(
  scenario: LoadedScenario,
  {plugins = [], replication = 0}: RunOptions,
): Divergence | undefined {
  const started = (plainScheduling: boolean) => (): Simulation => {
    const world = build(scenario, {plugins, replication, plainScheduling});
    world.start();
    return world.simulation;
  };
  return firstDivergence({left: started(false), right: started(true), until: scenario.duration});
}
