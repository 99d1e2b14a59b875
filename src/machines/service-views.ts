// What each node's kube-proxy knows of Services, and so where a new connection goes. The network
// implements it; traffic and metrics read it.
//
// A proxy's knowledge is a place in the history of the API's EndpointSlices: it holds, of every
// Service, the last version up to there. What it makes of a version is a `Choices`, shared by all
// nodes that would do the same; it never changes, so two that are the same object are equal.

import type {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId, PodId, ServiceId} from '../objects/ids.ts';
import type {Address} from '../options/address.ts';

/** An endpoint as the API told of it. */
export type Target = {
  /** `undefined` for an address that is no pod's. */
  readonly pod: PodId | undefined;
  /** The pod's; 0 for an address that is no pod's. */
  readonly serial: number;
  readonly address: Address;
  readonly port: number;
  readonly node: NodeId | undefined;
  readonly zone: string | undefined;
};

export type Choices = {
  /**
   * `refuse`: the caller is told at once (REJECT). `drop`: what it sends is lost, and it waits
   * until its patience ends.
   */
  readonly verdict: 'choose' | 'refuse' | 'drop';
  /** In the order of the proxy's rules; not empty exactly if the verdict is `choose`. */
  readonly targets: readonly Target[];
  /** A client stays with its target for so long after its last connection (session affinity). */
  readonly sticky: Time | undefined;
};

/** How an address of the Service was reached: its cluster IP, or a node port or load balancer. */
export type Way = 'internal' | 'external';

export interface ServiceViews {
  /**
   * What a node's proxy does with a new connection to one of the Service's ports (its place in
   * `ports`). Lost where the proxy does not know the Service yet: nobody has such an address.
   */
  choices(node: NodeId, service: ServiceId, port: number, way: Way): Choices;
  /** Another number whenever the choices of that node may have changed. */
  position(node: NodeId): number;
  /** A node's proxy has taken up another version of a Service's endpoints. */
  readonly moved: Signal<[node: NodeId, service: ServiceId]>;
}
