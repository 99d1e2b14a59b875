// Requests that come whatever became of those before: at random moments, or after given gaps.

import type {Simulation} from '../../engine/simulation.ts';
import {type Time, toTime} from '../../engine/time.ts';
import {drawer} from '../../options/drawer.ts';
import type {Callers} from './callers.ts';
import type {DataPlane} from './data-plane.ts';
import type {TrafficEntry} from './traffic-options.ts';

export function startOpenLoop(
  simulation: Simulation,
  entry: TrafficEntry,
  {plane, callers}: {readonly plane: DataPlane; readonly callers: Callers},
): void {
  const {name, starts, ends = Infinity} = entry;
  const gap = gapOf(simulation, entry);
  const due = simulation.event(`traffic.${name}-due`, () => {
    if (simulation.now >= ends) return;
    due.after(gap());
    const client = callers.any();
    if (client !== undefined) plane.begin(client);
  });
  due.at(starts + gap());
}

function gapOf(simulation: Simulation, {name, rate, every, gaps}: TrafficEntry): () => Time {
  if (every !== undefined) return () => every;
  const stream = simulation.random(`traffic.${name}/gaps`);
  if (gaps !== undefined) return drawer(gaps, stream);
  const mean = rate ?? 0;
  return () => toTime(stream.exponential(mean));
}
