// Who has which IP address. Every node has a range of its own (as the node IPAM controller gives
// them, the next free one in order), and a pod has an address of its node's range for as long as
// its sandbox is there. Addresses are given in turn (as the CNI plugin host-local does), so that
// one that is free again is not used again soon.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {NodeNetwork} from '../objects/node-spec.ts';
import {type Address, type AddressRange, parseRange, sizeOf} from '../options/address.ts';

export type PodNetwork = {
  readonly pods: AddressRange;
  /** Length of the prefix of each node's range. */
  readonly nodeMask: number;
};

const defaultPodNetwork: PodNetwork = {
  pods: parseRange('10.128.0.0/9') as AddressRange,
  nodeMask: 24,
};

/** Nodes that say nothing of their own address have one of 172.16.0.0/12, in order. */
const firstNode: Address = 172 * 2 ** 24 + 16 * 2 ** 16 + 2;

/** The network, its gateway, and the broadcast address. */
const firstOffset = 2;

const none = 0;

export class PodAddresses {
  readonly #network: PodNetwork;
  #nodes: NodeAddresses[] = [];
  /** Of the cluster's ranges: those that nodes have, and the next to try. */
  #taken = new Set<number>();
  #next = 0;
  /** By pod, and whether it is one of its node's own range. */
  #of = new Uint32Array(16);

  constructor(simulation: Simulation, network = defaultPodNetwork) {
    this.#network = network;
    simulation.part('machines.addresses', this);
  }

  /** In the order of their numbers. */
  addNode(node: NodeId, written: NodeNetwork | undefined): void {
    const range = written?.podRange ?? this.#nextRange();
    if (written?.podRange !== undefined) this.#occupy(written.podRange, true);
    const address = written?.address ?? firstNode + node;
    this.#nodes[node] = {address, range, last: firstOffset - 1, used: undefined};
  }

  /** Its range may be another's, once all others have had their turn. */
  removeNode(node: NodeId): void {
    const {range} = this.#nodes[node];
    if (range !== undefined) this.#occupy(range, false);
  }

  nodeAddress(node: NodeId): Address {
    return this.#nodes[node].address;
  }

  rangeOf(node: NodeId): AddressRange | undefined {
    return this.#nodes[node].range;
  }

  /** A pod's sandbox is made. */
  give(pod: PodId, node: NodeId, hostNetwork: boolean): void {
    if (pod >= this.#of.length) this.#of = widened(this.#of, Math.max(pod + 1, 2 * pod));
    const own = this.#nodes[node];
    this.#of[pod] = hostNetwork ? own.address : (next(own) ?? none);
  }

  /** It is gone. */
  release(pod: PodId, node: NodeId): void {
    const address = this.of(pod);
    if (address === undefined) return;
    this.#of[pod] = none;
    const {range, used} = this.#nodes[node];
    if (range === undefined || used === undefined) return;
    const offset = address - range.first;
    if (offset >= 0 && offset < sizeOf(range)) used[offset >>> 5] &= ~(1 << (offset & 31));
  }

  /** While it has a sandbox, and there was an address left for it. */
  of(pod: PodId): Address | undefined {
    return this.#of[pod] || undefined;
  }

  #nextRange(): AddressRange | undefined {
    const {pods, nodeMask} = this.#network;
    const count = rangesIn(this.#network);
    if (this.#taken.size >= count) return undefined;
    while (this.#taken.has(this.#next)) this.#next = (this.#next + 1) % count;
    const index = this.#next;
    this.#taken.add(index);
    this.#next = (index + 1) % count;
    return {first: pods.first + index * 2 ** (32 - nodeMask), prefix: nodeMask};
  }

  #occupy(range: AddressRange, taken: boolean): void {
    const {pods, nodeMask} = this.#network;
    const size = 2 ** (32 - nodeMask);
    const first = Math.floor((range.first - pods.first) / size);
    const last = Math.floor((range.first + sizeOf(range) - 1 - pods.first) / size);
    for (let i = Math.max(0, first); i <= Math.min(last, rangesIn(this.#network) - 1); i++) {
      if (taken) this.#taken.add(i);
      else this.#taken.delete(i);
    }
  }

  save(): SavedAddresses {
    return {
      nodes: this.#nodes.map(each => ({...each, used: each.used?.slice()})),
      taken: [...this.#taken],
      next: this.#next,
      of: this.#of.slice(),
    };
  }

  restore({nodes, taken, next, of}: SavedAddresses): void {
    this.#nodes = nodes.map(each => ({...each, used: each.used?.slice()}));
    this.#taken = new Set(taken);
    this.#next = next;
    this.#of = of.slice();
  }
}

function rangesIn({pods, nodeMask}: PodNetwork): number {
  return nodeMask < pods.prefix ? 0 : 2 ** (nodeMask - pods.prefix);
}

/** The next one after the last that was given, round and round. */
function next(own: NodeAddresses): Address | undefined {
  if (own.range === undefined) return undefined;
  const size = sizeOf(own.range);
  own.used ??= new Uint32Array(Math.ceil(size / 32));
  const {used} = own;
  for (let tries = size - firstOffset - 1; tries > 0; tries--) {
    own.last = own.last + 1 > size - 2 ? firstOffset : own.last + 1;
    const bit = 1 << (own.last & 31);
    if ((used[own.last >>> 5] & bit) !== 0) continue;
    used[own.last >>> 5] |= bit;
    return own.range.first + own.last;
  }
  return undefined;
}

function widened(old: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(size);
  wider.set(old);
  return wider;
}

type NodeAddresses = {
  readonly address: Address;
  /** `undefined`: there was none left for it. */
  readonly range: AddressRange | undefined;
  /** Offset in the range of the address that was given last. */
  last: number;
  /** A bit an address; made with the node's first pod. */
  used: Uint32Array | undefined;
};

export type SavedAddresses = {
  readonly nodes: readonly NodeAddresses[];
  readonly taken: readonly number[];
  readonly next: number;
  readonly of: Uint32Array<ArrayBuffer>;
};
