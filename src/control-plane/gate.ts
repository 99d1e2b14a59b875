// What stands between a client's requests and their being stored: the line to an API server, and an
// etcd that commits behind it. While all is well nobody asks more than whether `allOpen`.

import {Signal} from '../engine/signal.ts';
import {second, type Time} from '../engine/time.ts';

/**
 * A key is whose requests wait for one another: the node for kubelets, `onlyKey` for a component
 * with one line.
 */
export type Gate = {
  /** A request of a kubelet waits for that of its own node alone. */
  readonly byNode: boolean;
  /** No request has to wait. */
  readonly allOpen: boolean;
  open(key: number): boolean;
  /** At least for what only deletes. */
  openToDeletions(key: number): boolean;
  /** How long a request waits here before it fails. */
  limit(key: number): Time;
  /** Opened, closed, or closed for another reason; `undefined`: for every key. */
  readonly changed: Signal<[key: number | undefined]>;
  /** Who asked is gone, and so is what it asked for. */
  readonly gone: Signal<[key: number]>;
};

export const onlyKey = 0;
/** Of a kubelet's request that is about no node and no pod of a node. */
export const noNodeKey = -1;

/** As the API server: a request ends after a minute (apiserver/pkg/server/config.go). */
export const requestTimeout: Time = 60 * second;
/** As etcd: 5 s and two election timeouts (ReqTimeout in server/config/config.go). */
export const etcdTimeout: Time = 7 * second;

/** Of a control plane that never fails. */
export function openGate(): Gate {
  return {
    byNode: false,
    allOpen: true,
    open: () => true,
    openToDeletions: () => true,
    limit: () => requestTimeout,
    changed: new Signal<[key: number | undefined]>(),
    gone: new Signal<[key: number]>(),
  };
}
