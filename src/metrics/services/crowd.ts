// Clients of a Service on the cluster's nodes, grouped by what their nodes' proxies would do: nodes
// alike share one `Choices`, so there are few groups, and a change costs one step a group and not
// one a node. While the network is cut, or names are not found, so many are kept for each side.

import type {NameLookup} from '../../machines/name-lookups.ts';
import type {Choices} from '../../machines/service-views.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Audience} from './audience.ts';
import type {Backend, Backends} from './backends.ts';
import type {Callers} from './callers.ts';
import {CrowdPlaces} from './crowd-places.ts';
import {CutTally} from './cut-tally.ts';
import type {Reach} from './reach.ts';
import {type GroupOwner, type Turn, ViewGroup} from './view-group.ts';

/** Is told before anything changes, and after. */
export type CrowdWatcher = {
  advance(): void;
  settle(root: CauseId): void;
  /** Some of its clients may be sent there. */
  holds(backend: Backend): void;
};

export class Crowd implements Audience, GroupOwner {
  readonly weight: number;
  /** The place of the Service's port. */
  readonly port: number;
  readonly from: Callers;
  /** How they find the Service; `undefined`: they know its address. */
  readonly lookup: NameLookup | undefined;
  callers = 0;
  readonly #backends: Backends;
  readonly #watcher: CrowdWatcher;
  /** By slot. */
  #groups: (ViewGroup | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #byChoices = new Map<Choices, ViewGroup>();
  /** Of those that have nothing to choose from, alike but for what that is put down to. */
  readonly #empty: ViewGroup[] = [];
  readonly #places = new CrowdPlaces();
  #successes = 0;
  readonly #losses = new Map<CauseId, number>();
  /** While something lies between. */
  #cut: CutTally | undefined;

  constructor(
    of: Pick<Crowd, 'weight' | 'port' | 'from' | 'lookup'>,
    {backends, watcher}: {backends: Backends; watcher: CrowdWatcher},
  ) {
    this.weight = of.weight;
    this.port = of.port;
    this.from = of.from;
    this.lookup = of.lookup;
    this.#backends = backends;
    this.#watcher = watcher;
  }

  get successes(): number {
    return this.#cut === undefined ? this.#successes : this.#cut.successes;
  }

  /** Clients to whom some of what would answer is beyond a cut. */
  get cutOff(): number {
    return this.#cut?.cutOff ?? 0;
  }

  /** Clients who may not find its name. */
  get unnamed(): number {
    return this.#cut?.unnamed ?? 0;
  }

  get losses(): ReadonlyMap<CauseId, number> {
    return this.#cut === undefined ? this.#losses : this.#cut.losses;
  }

  /** The node's proxy does that now: for this reason, where it has nothing to choose from. */
  move(node: NodeId, choices: Choices, root: CauseId): void {
    const before = this.#groupOf(node);
    if (before?.choices === choices) return;
    const after = this.#find(choices, before?.worstRoot ?? root);
    // From all to all: its clients get through as before.
    if (before?.whole && after.whole && this.#cut === undefined) {
      const alive = this.from.alive(node);
      before.callers -= alive;
      after.callers += alive;
      this.#leave(node, before, after);
      return;
    }
    this.#watcher.advance();
    this.#change(node, before, after);
    this.#watcher.settle(root);
  }

  /** The same, untold. */
  put(node: NodeId, choices: Choices, root: CauseId): void {
    const before = this.#groupOf(node);
    if (before?.choices === choices) return;
    this.#change(node, before, this.#find(choices, before?.worstRoot ?? root));
  }

  /** So many more of its clients live there. */
  shift(node: NodeId, delta: number, root: CauseId): void {
    const group = this.#groupOf(node);
    if (group === undefined) return;
    this.#watcher.advance();
    this.callers += delta;
    this.#count(group, node, delta);
    this.#watcher.settle(root);
  }

  advance(): void {
    this.#watcher.advance();
  }

  turn(group: ViewGroup, turn: Turn): void {
    this.#add(group, -group.callers);
    group.turn(turn);
    this.#add(group, group.callers);
    this.#cut?.renew(group);
    this.#watcher.settle(turn.after);
  }

  /** What lies between is another thing; without `reach` nothing does. */
  recount(reach: Reach | undefined): void {
    this.#cut = reach && new CutTally(reach, this.lookup);
    for (let node = 0 as NodeId; this.#cut && node < this.#places.count; node++) {
      const group = this.#groupOf(node);
      const alive = this.from.alive(node);
      if (group !== undefined && alive > 0) this.#cut.count(group, node, alive);
    }
  }

  /** The node's questions for names go elsewhere: before that, and after. */
  leaveSide(node: NodeId): void {
    this.#countSide(node, -1);
  }

  enterSide(node: NodeId): void {
    this.#countSide(node, 1);
  }

  /** Questions for names fare otherwise. */
  renewSides(): void {
    this.#cut?.renewAll();
  }

  /** Nodes that have nothing to choose from, by what that is put down to. */
  save(): (readonly [node: NodeId, root: CauseId])[] {
    const roots: (readonly [NodeId, CauseId])[] = [];
    for (let node = 0 as NodeId; node < this.#places.count; node++) {
      const group = this.#groupOf(node);
      if (group !== undefined && group.backends.length === 0) roots.push([node, group.root]);
    }
    return roots;
  }

  /** Those in which some of its clients live. */
  *groups(): Generator<ViewGroup> {
    for (const group of this.#groups) if (group !== undefined && group.callers > 0) yield group;
  }

  /** It looks no longer. */
  dispose(): void {
    for (const group of this.#groups) group?.dispose(this.#backends);
    this.#groups = [];
  }

  #change(node: NodeId, before: ViewGroup | undefined, after: ViewGroup): void {
    const alive = this.from.alive(node);
    if (before === undefined) this.callers += alive;
    else this.#count(before, node, -alive);
    this.#count(after, node, alive);
    this.#leave(node, before, after);
  }

  #leave(node: NodeId, before: ViewGroup | undefined, after: ViewGroup): void {
    after.nodes++;
    this.#places.set(node, after.slot);
    if (before !== undefined && --before.nodes === 0) this.#drop(before);
    if (after.nodes === this.#places.count) this.#places.unite(after.slot);
  }

  #groupOf(node: NodeId): ViewGroup | undefined {
    const slot = this.#places.slot(node);
    return slot === undefined ? undefined : this.#groups[slot];
  }

  #count(group: ViewGroup, node: NodeId, delta: number): void {
    if (delta === 0) return;
    group.callers += delta;
    this.#add(group, delta);
    this.#cut?.count(group, node, delta);
  }

  #countSide(node: NodeId, times: 1 | -1): void {
    const group = this.#groupOf(node);
    const alive = this.from.alive(node);
    if (group !== undefined && alive > 0) this.#cut?.count(group, node, times * alive);
  }

  #add(group: ViewGroup, callers: number): void {
    if (callers === 0) return;
    this.#successes += callers * group.success;
    group.addLosses(callers, this.#losses);
  }

  #find(choices: Choices, root: CauseId): ViewGroup {
    if (choices.targets.length > 0) {
      return this.#byChoices.get(choices) ?? this.#make(choices, 0 as CauseId);
    }
    for (const group of this.#empty) {
      if (group.choices === choices && group.root === root) return group;
    }
    return this.#make(choices, root);
  }

  #make(choices: Choices, root: CauseId): ViewGroup {
    const slot = this.#freeSlots.pop() ?? this.#groups.length;
    const group = new ViewGroup({choices, root, owner: this, slot}, this.#backends);
    this.#groups[slot] = group;
    for (const backend of group.backends) {
      if (backend !== undefined) this.#watcher.holds(backend);
    }
    if (choices.targets.length > 0) this.#byChoices.set(choices, group);
    else this.#empty.push(group);
    return group;
  }

  #drop(group: ViewGroup): void {
    group.dispose(this.#backends);
    this.#cut?.drop(group);
    this.#groups[group.slot] = undefined;
    this.#freeSlots.push(group.slot);
    if (group.choices.targets.length > 0) this.#byChoices.delete(group.choices);
    else this.#empty.splice(this.#empty.indexOf(group), 1);
  }
}
