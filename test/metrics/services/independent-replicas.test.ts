// Exact answers for n replicas on nodes that fail independently, each up for a share a of the time:
// where nobody ever learns who is lost, a connection succeeds with probability a; where everybody
// does at once, unless none is up: 1 - (1 - a)^n.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {log} from '../../../src/engine/math.ts';
import {hours, seconds, type Time} from '../../../src/engine/time.ts';
import type {StatedClient} from '../../../src/machines/stated-clients.ts';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import {rowsOf} from '../over-seeds.ts';
import {FakeNetwork} from './fake-network.ts';

const test = suite('independent replicas');

const web = 0 as ServiceId;
const end = hours(50);

const caller: StatedClient = {
  ...{service: 'default/web', port: undefined, weight: 1},
  from: {namespace: 'default', target: {type: 'one', name: 'caller'}},
};

/** On nodes of their own; who calls them is on another, which never fails. */
function availability(replicas: number, share: number, learns: boolean): number {
  const network = new FakeNetwork({seed: 5, nodes: replicas + 1, clients: [caller]});
  const {simulation, machines} = network;
  network.service('web');
  network.pod('caller', replicas);
  const pods = Array.from({length: replicas}, (_, i) => network.pod(`p${i}`, i));
  const dice = pods.map((_, i) => simulation.random(`life/${i}`));
  const lasts = (node: number, mean: number): Time =>
    Math.max(1, Math.round(-log(dice[node].uniform()) * mean * seconds(40)));
  const show = () => {
    const up = pods.filter((_, i) => !learns || machines.powered(i as NodeId));
    network.show(web, up, replicas);
  };
  const flipped = simulation.event('flipped', (node: number) => {
    const comes = !machines.powered(node as NodeId);
    network.power(node, comes);
    if (learns) show();
    flipped.after(lasts(node, comes ? share : 1 - share), node);
  });
  show();
  for (let node = 0; node < replicas; node++) flipped.after(lasts(node, share), node);
  simulation.run(end);
  network.measures.finish(end);
  return Number(rowsOf(network.measures, 'services.csv')[0].availability);
}

for (const [replicas, share] of [
  [1, 0.9],
  [2, 0.9],
  [3, 0.8],
  [5, 0.5],
] as const) {
  test(`${replicas} replicas up for ${share} of the time, as nobody and as all learn of it`, () => {
    near(availability(replicas, share, false), share);
    near(availability(replicas, share, true), 1 - (1 - share) ** replicas);
  });
}

function near(found: number, expected: number): void {
  assert.ok(Math.abs(found - expected) < 0.01, `${found} for ${expected}`);
}

test.run();
