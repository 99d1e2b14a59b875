// How long it takes until the last of several nodes has a change in its rules, all of which sync
// all the time. The nodes of one cluster are taken in groups, each of which is a batch.

import {second, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {builtFrom, quiet, serviceOf, type World, written} from './built.ts';
import * as busy from './busy-proxies.ts';
import type {FamilyGroup} from './families.ts';
import {estimated} from './figure.ts';
import {expectedNumbers, type Oracle, parameter} from './oracle-file.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export const lastNode: FamilyGroup = {
  names: ['lastnode'],
  async figures({oracle}, seed) {
    const plan = planOf(oracle);
    const sample = await latest(plan, textOf(plan, seed));
    return expectedNumbers(oracle)
      .filter(([name]) => name === 'meanMax')
      .map(([name, expected]) => estimated(name, expected, {sample, stretches: Infinity}));
  },
  scenarios: ({oracle}, seed) => [textOf(planOf(oracle), seed)],
};

type Plan = busy.BusyWish & {readonly groups: number; readonly group: number};

/** Changes that are looked at. */
const probes = 60;

function planOf(oracle: Oracle): Plan {
  const [group, period] = ['M', 'm'].map(name => parameter(oracle, name));
  const groups = Math.min(1000, Math.max(20, Math.ceil(2000 / group)));
  return {group, groups, nodes: group * groups, period, news: 0};
}

function textOf(plan: Plan, seed: number): string {
  const {period, group} = plan;
  const from = busy.busyFrom(plan);
  const question = `When does the last of ${group} nodes know of a change?`;
  return written([
    {
      ...quiet(seed, question, lasting(from + 3 * period * (probes + 1))),
      cluster: busy.busyCluster(plan),
      timeline: [busy.joining(plan)],
      workload: [
        ...busy.busyWork(plan),
        {
          ...{kind: 'arrivals', name: 'probe', count: probes, start: lasting(from)},
          // Any moment of a period is as likely, and all nodes know before the next.
          gaps: {uniform: {from: lasting(2 * period), to: lasting(3 * period)}},
          template: busy.podsOf('probe'),
        },
      ],
    },
    serviceOf('probe'),
    ...busy.busyServices(plan),
  ]);
}

/** Of each group the mean over the changes. */
async function latest(plan: Plan, text: string): Promise<readonly number[]> {
  const {group, groups} = plan;
  const world = await builtFrom(text);
  const {simulation, store} = world;
  const sums = new Float64Array(groups);
  let waits = new Float64Array(groups);
  let stored: Time = -1;
  let seen = 0;
  const count = () => {
    for (let i = 0; i < groups; i++) sums[i] += waits[i];
    waits = new Float64Array(groups);
  };
  const {log} = store.endpointSlices;
  const rows = log.cursor(() => {
    for (; rows.next < log.end; rows.next++) {
      if (log.value(rows.next)?.service !== 'probe') continue;
      count();
      stored = simulation.now;
      seen++;
    }
  });
  watchMoves(world, node => {
    // The server is node 0.
    const place = Math.floor((node - 1) / group);
    if (place >= 0) waits[place] = Math.max(waits[place], simulation.now - stored);
  });
  world.start();
  simulation.run(seconds(busy.busyFrom(plan)));
  waits.fill(0);
  seen = 0;
  simulation.run(world.duration);
  count();
  return [...sums].map(sum => sum / seen / second);
}

function watchMoves({store, network}: World, moved: (node: NodeId) => void): void {
  network?.views.moved.watch((node, service) => {
    if (store.services.nameOf(service) === 'default/probe') moved(node);
  });
}
