// The state of one node's kube-proxy, and what all of them stand on.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {NodeLines} from '../../objects/node-lines.ts';
import type {Store} from '../../objects/store.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import type {Distribution} from '../../options/distribution.ts';
import {SyncBucket, SyncGate} from '../rules/sync-gate.ts';
import type {ProxyPlace} from './endpoints-version.ts';
import {minSyncOf, type ProxyOptions} from './proxy-options.ts';

export type ProxyParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly lines: NodeLines;
  /** From a change's being stored to the proxies' learning of it. */
  readonly watchDelay: Time | Distribution;
  readonly options: ProxyOptions;
  readonly kubernetes: KubernetesMinor;
};

export type NodeProxy = {
  readonly place: ProxyPlace;
  readonly gate: SyncGate | SyncBucket;
  /** In the history: programmed, or in the sync that runs, and told. */
  taken: number;
  told: number;
  /** It hears of changes at once with all others, in all besides what it was told itself. */
  follows: boolean;
  /** Its process runs. */
  runs: boolean;
  /** A sync is to begin, or runs. */
  due: boolean;
  syncing: boolean;
  /** Nothing is known of what it has programmed before: it writes all. */
  full: boolean;
  /** It has been told all there is since it started. */
  listed: boolean;
  /** Another number whenever its process starts or ends. */
  life: number;
};

/** `position`: how much of the history there is by now. */
export function newNodeProxy(node: NodeId, parts: ProxyParts, position: number): NodeProxy {
  const {machines, store, options, kubernetes, simulation} = parts;
  const minSyncPeriod = minSyncOf(options);
  const place = {node, name: store.nodes.nameOf(node), zone: machines.zone(node)};
  const gate = kubernetes <= 33 ? new SyncBucket({minSyncPeriod}) : new SyncGate({minSyncPeriod});
  // At the beginning all is as it has long been; who comes later has to list first.
  const fresh = simulation.now > 0;
  return {
    ...{place, gate, taken: position, told: position, runs: true, life: 0},
    ...{follows: !fresh, due: false, syncing: false, full: fresh, listed: false},
  };
}
