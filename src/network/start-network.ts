// What there is of a network between the nodes of a cluster: the only file that makes its parts.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {Distribution} from '../options/distribution.ts';
import {Proxies} from './proxy/proxies.ts';
import type {ProxyOptions} from './proxy/proxy-options.ts';

export type NetworkParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** Whether the nodes reach an API server. */
  readonly lines: NodeLines;
  readonly watchDelay: Time | Distribution;
  readonly kubernetes: KubernetesMinor;
  readonly options: {readonly proxy: ProxyOptions};
};

export type Network = {readonly views: Proxies};

export function startNetwork({options, ...parts}: NetworkParts): Network {
  return {views: new Proxies({...parts, options: options.proxy})};
}
