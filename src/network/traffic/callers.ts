// The places that an entry of `traffic` calls from, as they come and go: the outside, every node,
// or pods.

import type {RandomStream} from '../../engine/random.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import {isPodMeant} from '../../objects/pod-targets.ts';
import type {Store} from '../../objects/store.ts';
import type {CallingId} from './calling.ts';
import type {ClientPlace} from './client-places.ts';
import type {DataPlane} from './data-plane.ts';
import type {TrafficEntry} from './traffic-options.ts';

export type CallersParts = {
  readonly store: Store;
  readonly machines: Machines;
  readonly plane: DataPlane;
  readonly calling: CallingId;
  readonly from: TrafficEntry['from'];
  readonly stream: RandomStream;
};

export class Callers {
  readonly #all: ClientPlace[] = [];
  readonly #ofPods = new Map<PodId, ClientPlace>();
  readonly #stream: RandomStream;

  constructor({store, machines, plane, calling, from, stream}: CallersParts) {
    this.#stream = stream;
    const add = (node: NodeId | undefined) => {
      const client = plane.addClient(calling, node);
      this.#all.push(client);
      return client;
    };
    if (from === 'outside') add(undefined);
    else if (from === 'nodes') {
      for (let node = 0; node < machines.count; node++) add(node as NodeId);
      machines.added.watch(node => void add(node));
    } else {
      const meant = {target: from, namespace: 'default'};
      store.signals.ready.watch(pod => {
        if (this.#ofPods.has(pod) || !isPodMeant(pod, meant, store)) return;
        this.#ofPods.set(pod, add(store.pods.node(pod)));
      });
      const drop = (pod: PodId) => this.#drop(pod, plane);
      store.signals.unready.watch(drop);
      store.signals.deleted.watch(drop);
    }
  }

  /** One of them by chance; `undefined` where there is none. */
  any(): ClientPlace | undefined {
    const {length} = this.#all;
    return length < 2 ? this.#all[0] : this.#all[this.#stream.integer(0, length - 1)];
  }

  /** One after the other. */
  at(number: number): ClientPlace | undefined {
    return this.#all[number % this.#all.length];
  }

  #drop(pod: PodId, plane: DataPlane): void {
    const client = this.#ofPods.get(pod);
    if (client === undefined) return;
    this.#ofPods.delete(pod);
    this.#all.splice(this.#all.indexOf(client), 1);
    plane.removeClient(client);
  }
}
