// Whether names are found: which name servers each node's proxy would lead a question to, and what
// those would do with it. Nodes whose proxies do the same share a group; all names are found as
// long as each group is whole and no trouble befalls the servers.

import type {NameLookups, QuestionFate} from '../../machines/name-lookups.ts';
import type {NameServers} from '../../machines/name-servers.ts';
import type {Choices, ServiceViews} from '../../machines/service-views.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';
import type {Roots} from '../roots.ts';
import type {Backend, Backends} from './backends.ts';
import {type GroupOwner, ViewGroup} from './view-group.ts';

/** What metrics see of names. */
export type NamesSeen = {
  readonly nameServers: Pick<NameServers, 'odds' | 'well' | 'changed'>;
  readonly lookups: NameLookups;
  /** The name servers are pods behind this Service, `namespace/name`. */
  readonly service: string | undefined;
};

export type NameViewsWorld = NamesSeen & {
  readonly store: Store;
  readonly views: ServiceViews;
  readonly backends: Backends;
  readonly roots: Roots;
};

/** What becomes of a question from a node, and to whom it is put down that it fails. */
export type Prospect = {readonly fate: QuestionFate; readonly blame: ReadonlyMap<CauseId, number>};

/** Is told before anything changes, and after. */
export type NamesWatcher = {
  /** While something lies between, each node is counted by where its questions go. */
  readonly reach: object | undefined;
  advance(): void;
  /** What becomes of questions is another thing, for any node. */
  changed(): void;
  /** Its questions go elsewhere. */
  leaving(node: NodeId): void;
  come(node: NodeId): void;
};

const unknown: Choices = {verdict: 'drop', targets: [], sticky: undefined};

export class NameViews implements GroupOwner {
  readonly #world: NameViewsWorld;
  readonly #watcher: NamesWatcher;
  #groups: (ViewGroup | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  /** By node. */
  #slots: number[] = [];
  /** Of those groups that are not whole. */
  #broken = 0;

  constructor(world: NameViewsWorld, watcher: NamesWatcher) {
    this.#world = world;
    this.#watcher = watcher;
    world.nameServers.changed.watch(() => {
      watcher.advance();
      watcher.changed();
    });
  }

  /** Every name that is there is found at once, by everybody. */
  get whole(): boolean {
    return this.#broken === 0 && this.#world.nameServers.well;
  }

  /** Nodes of one slot fare alike, as far as there is no cut. */
  slot(node: NodeId): number {
    return this.#slots[node] ?? 0;
  }

  isAbout(service: ServiceId): boolean {
    const {store, service: name} = this.#world;
    return name !== undefined && store.services.nameOf(service) === name;
  }

  /** Its proxy may do something else with questions. */
  look(node: NodeId): void {
    if (this.#world.service === undefined) return;
    const choices = this.#choices(node);
    const before = this.#groups[this.#slots[node] ?? -1];
    if (before?.choices === choices) return;
    const after = this.#find(choices, this.#world.roots.now());
    const unseen = before?.whole && after.whole && this.#watcher.reach === undefined;
    const tells = before !== undefined && !unseen;
    if (tells) this.#watcher.advance();
    if (tells) this.#watcher.leaving(node);
    after.nodes++;
    this.#slots[node] = after.slot;
    if (before !== undefined && --before.nodes === 0) this.#drop(before);
    if (tells) this.#watcher.come(node);
  }

  /** `uncut`: whether the network between the node and that one is whole. */
  prospect(slot: number, uncut: (backend: Backend | undefined) => boolean, cut: CauseId): Prospect {
    const {silent, servfail, causes} = this.#world.nameServers.odds();
    const blame = new Map<CauseId, number>();
    const blames = (root: CauseId, part: number) => blame.set(root, (blame.get(root) ?? 0) + part);
    const group = this.#groups[slot];
    const [taken, refused] = group === undefined ? [1, 0] : shares(group, {uncut, cut, blames});
    for (const [cause, odds] of causes) blames(this.#world.roots.of(cause), taken * odds);
    return {fate: {taken, refused, silent, servfail}, blame};
  }

  advance(): void {
    this.#watcher.advance();
  }

  turn(group: ViewGroup, turn: Parameters<GroupOwner['turn']>[1]): void {
    if (!group.whole) this.#broken--;
    group.turn(turn);
    if (!group.whole) this.#broken++;
    this.#watcher.changed();
  }

  waver(): void {
    this.#watcher.changed();
  }

  /** Nodes whose proxies know no server, by what that is put down to. */
  save(): (readonly [node: NodeId, root: CauseId])[] {
    return this.#slots.flatMap((slot, node) => {
      const group = this.#groups[slot];
      return group === undefined || group.backends.length > 0
        ? []
        : [[node as NodeId, group.root] as const];
    });
  }

  restore(saved: ReturnType<NameViews['save']>, nodes: number): void {
    for (const group of this.#groups) group?.dispose(this.#world.backends);
    this.#groups = [];
    this.#freeSlots.length = 0;
    this.#slots = [];
    this.#broken = 0;
    if (this.#world.service === undefined) return;
    const reasons = new Map(saved);
    for (let node = 0 as NodeId; node < nodes; node++) {
      const group = this.#find(this.#choices(node), reasons.get(node) ?? (0 as CauseId));
      group.nodes++;
      this.#slots[node] = group.slot;
    }
  }

  #choices(node: NodeId): Choices {
    const {store, views, service: name = ''} = this.#world;
    const service = store.services.id(name);
    const object = service === undefined ? undefined : store.services.get(service);
    if (service === undefined || object === undefined) return unknown;
    const port = object.ports.findIndex(({protocol}) => protocol === 'UDP');
    return views.choices(node, service, Math.max(0, port), 'internal');
  }

  #find(choices: Choices, root: CauseId): ViewGroup {
    const empty = choices.targets.length === 0;
    for (const group of this.#groups) {
      if (group?.choices === choices && (!empty || group.root === root)) return group;
    }
    const slot = this.#freeSlots.pop() ?? this.#groups.length;
    const why = empty ? root : (0 as CauseId);
    const group = new ViewGroup({choices, root: why, owner: this, slot}, this.#world.backends);
    this.#groups[slot] = group;
    if (!group.whole) this.#broken++;
    return group;
  }

  #drop(group: ViewGroup): void {
    if (!group.whole) this.#broken--;
    group.dispose(this.#world.backends);
    this.#groups[group.slot] = undefined;
    this.#freeSlots.push(group.slot);
  }
}

type Counting = {
  readonly uncut: (backend: Backend | undefined) => boolean;
  readonly cut: CauseId;
  readonly blames: (root: CauseId, part: number) => void;
};

/** Of its servers: those that take a question, and those at which nobody listens. */
function shares({backends, choices, root}: ViewGroup, {uncut, cut, blames}: Counting) {
  const {length} = backends;
  if (length === 0) {
    blames(root, 1);
    return [0, choices.verdict === 'refuse' ? 1 : 0];
  }
  let [taken, refused] = [0, 0];
  for (const backend of backends) {
    const reached = uncut(backend);
    const dead = backend?.good === false;
    if (reached && !dead) taken++;
    else blames(dead ? backend.root : cut, 1 / length);
    if (reached && backend?.wrong === 'closed') refused++;
  }
  return [taken / length, refused / length];
}
