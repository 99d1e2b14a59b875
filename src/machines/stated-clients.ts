// Who is said to call which Service, and the ways in from outside: what those need who measure how
// many of a Service's clients could reach it.

import type {Signal} from '../engine/signal.ts';
import type {ServiceId} from '../objects/ids.ts';
import type {PodsWanted} from '../objects/pod-targets.ts';

export type StatedClient = {
  /** `namespace/name`. */
  readonly service: string;
  /** By name or number; the Service's first unless written. */
  readonly port: string | number | undefined;
  /** The name by which it is called; the shortest unless said. */
  readonly host?: string | undefined;
  /** Each pod that runs, each node, or somebody outside. */
  readonly from: PodsWanted | 'nodes' | 'outside';
  /** Against other entries that call the same Service: their rates. */
  readonly weight: number;
};

/** Load balancers, node ports and ingresses, as seen from outside the cluster. */
export interface OutsideDoors {
  /**
   * The probability that a fresh connection from outside to what the Service stands behind would
   * succeed now; `undefined` where there is no way in.
   */
  success(service: ServiceId): number | undefined;
  readonly changed: Signal<[service: ServiceId]>;
}
