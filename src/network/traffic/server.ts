// A pod, or an address that is no pod's, as requests meet it: a station for each port that was
// asked for, and what becomes of those who are there when it ends.

import type {ListenerState} from '../../machines/listeners.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {PodOwner} from '../../options/pod-target.ts';
import type {Application} from './application.ts';
import type {ClientPlace} from './client-places.ts';
import type {HoldingWorkers} from './holding-workers.ts';
import type {Station} from './station.ts';
import type {StationId} from './stations.ts';

export type Endpoint = {
  readonly port: number;
  readonly application: Application;
  readonly id: StationId;
  readonly station: Station;
  /** The same, where its workers stay with a request until its calls are answered. */
  readonly holding: HoldingWorkers | undefined;
};

/**
 * `reset`: their connections are closed; `silent`: nobody tells them, and they wait for ever.
 */
export type Fate = 'reset' | 'silent';

export type Server = {
  /** Its place among all, used again once it is gone. */
  readonly slot: number;
  /** The pod's; for an address that is no pod's a number below 0. */
  readonly serial: number;
  readonly pod: PodId | undefined;
  readonly template: number;
  /** As they were when it was first asked. */
  readonly owners: readonly PodOwner[];
  readonly name: string;
  readonly node: NodeId | undefined;
  readonly nodeName: string | undefined;
  readonly zone: string | undefined;
  state: ListenerState;
  fate: Fate;
  /** Requests that wait for an answer that nobody will give. */
  stuck: number;
  readonly endpoints: Endpoint[];
  /** As who it calls others, by calling. */
  readonly callers: (ClientPlace | undefined)[];
};
