// A way into the cluster by its nodes: those it may use, which of them it believes to be well, and
// which one a new connection enters by.

import type {EventHandle} from '../../engine/event-table.ts';
import type {RandomStream} from '../../engine/random.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import type {DoorPlan, DoorWish} from './door-wish.ts';
import type {CheckedTarget} from './target-health.ts';

export type DoorTarget = CheckedTarget & {
  /** The check that will change what is believed of it. */
  turning: EventHandle | undefined;
};

/** What it is while there is a way. */
export type OpenDoor = DoorPlan & {
  readonly service: ServiceId;
  readonly object: ServiceObject;
};

export class NodeDoor {
  readonly index: number;
  readonly wish: DoorWish;
  /** Whose it is, while that is there. */
  object: ServiceObject | undefined;
  /** `undefined`: there is no way in now. */
  open: OpenDoor | undefined;
  /** By node. */
  targets: (DoorTarget | undefined)[] = [];
  /** In the order of their numbers. */
  believed: NodeId[] = [];
  #turn = 0;

  constructor(index: number, wish: DoorWish) {
    this.index = index;
    this.wish = wish;
  }

  believe(node: NodeId): void {
    const {believed} = this;
    let place = believed.length;
    while (place > 0 && believed[place - 1] > node) place--;
    if (believed[place - 1] !== node) believed.splice(place, 0, node);
  }

  doubt(node: NodeId): void {
    const place = this.believed.indexOf(node);
    if (place >= 0) this.believed.splice(place, 1);
  }

  believes(node: NodeId): boolean {
    return this.targets[node]?.healthy === true;
  }

  /** Evenly by connection, whatever is behind each. There is at least one. */
  choose(stream: RandomStream): NodeId {
    const {believed} = this;
    switch (this.open?.balance) {
      case 'one':
        return this.carrier();
      case 'round-robin':
        this.#turn = (this.#turn + 1) % believed.length;
        return believed[this.#turn];
      default:
        return believed.length === 1 ? believed[0] : stream.choice(believed);
    }
  }

  /** As MetalLB's speakers agree (layer2): the first in the order of hashes of node and address. */
  carrier(): NodeId {
    const address = this.open?.object.loadBalancer[0] ?? 0;
    let [first, least] = [this.believed[0], Infinity];
    for (const node of this.believed) {
      const hash = mixed(address, node);
      if (hash < least) [first, least] = [node, hash];
    }
    return first;
  }

  clear(): void {
    this.open = undefined;
    this.targets = [];
    this.believed = [];
  }

  save() {
    return {
      object: this.object,
      open: this.open,
      targets: this.targets.map(target => target && {...target}),
      believed: [...this.believed],
      turn: this.#turn,
    };
  }

  restore({object, open, targets, believed, turn}: ReturnType<NodeDoor['save']>): void {
    this.object = object;
    this.open = open;
    this.targets = targets.map(target => target && {...target});
    this.believed = [...believed];
    this.#turn = turn;
  }
}

/** Any order will do that is another one for each address. */
function mixed(address: number, node: NodeId): number {
  let hash = Math.imul(address ^ (node + 1), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
