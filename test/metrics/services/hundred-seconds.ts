// A hundred seconds in the life of a Service, as a test plays them.

import {seconds} from '../../../src/engine/time.ts';
import type {ServiceId} from '../../../src/objects/ids.ts';
import {rowsOf} from '../over-seeds.ts';
import {FakeNetwork, type FakeNetworkWishes} from './fake-network.ts';

export const web = 0 as ServiceId;

export type Play = Record<number, (network: FakeNetwork) => void>;

/** What happens by second, for a hundred of them. */
export function played(play: Play, wishes: FakeNetworkWishes = {}): FakeNetwork {
  const network = new FakeNetwork(wishes);
  const act = network.simulation.event('act', (second: number) => play[second](network));
  for (const second of Object.keys(play)) act.at(seconds(Number(second)), Number(second));
  network.simulation.run(seconds(100));
  network.measures.finish(seconds(100));
  return network;
}

export function row({measures}: FakeNetwork, name = 'web') {
  return rowsOf(measures, 'services.csv').find(one => one.name === name) ?? {};
}

/** Two pods on the first two of three nodes, known to all. */
export function shop(network: FakeNetwork): void {
  network.service('web');
  network.show(web, [network.pod('a', 0), network.pod('b', 1)]);
}
