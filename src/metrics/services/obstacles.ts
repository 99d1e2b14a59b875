// What may come between clients and what is behind Services, whichever those are: cuts of the
// network, and names that are not found. While there is any, each crowd is kept by sides.

import type {Links} from '../../machines/links.ts';
import type {NamedCall, NameLookup} from '../../machines/name-lookups.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {Roots} from '../roots.ts';
import {type NamesSeen, type NamesWatcher, NameViews, type NameViewsWorld} from './name-views.ts';
import {Reach} from './reach.ts';
import type {WatchedService} from './watched-service.ts';

export type ObstaclesWorld = Omit<NameViewsWorld, keyof NamesSeen> & {
  readonly links: Links;
  readonly names: NamesSeen | undefined;
  readonly roots: Roots;
  /** Of those, some have heard of endpoints. */
  watched(): readonly (WatchedService | undefined)[];
};

export class Obstacles implements NamesWatcher {
  /** While there is any. */
  reach: Reach | undefined;
  readonly #world: ObstaclesWorld;
  readonly #names: NameViews | undefined;
  readonly #reach: Reach;

  constructor(world: ObstaclesWorld) {
    const {links, names} = world;
    this.#world = world;
    this.#names = names && new NameViews({...world, ...names}, this);
    this.#reach = new Reach(links, this.#names);
    links.changed.watch(() => {
      if (!links.whole) this.#reach.root = world.roots.now();
      this.#reach.renew();
      this.#recount();
    });
  }

  /** How callers find a Service; `undefined`: that of the name servers has a known address. */
  lookup(call: NamedCall): NameLookup | undefined {
    const {names} = this.#world;
    return names?.service === call.service ? undefined : names?.lookups.of(call);
  }

  /** A node's proxy may do other things with connections to that Service, or to any. */
  look(node: NodeId, service?: ServiceId): void {
    if (service === undefined || this.#names?.isAbout(service)) this.#names?.look(node);
  }

  advance(): void {
    for (const watched of this.#awake()) watched.advance();
  }

  changed(): void {
    const {whole} = this.#reach;
    if (whole && this.reach === undefined) return;
    if (whole || this.reach === undefined) this.#recount();
    else for (const watched of this.#awake()) watched.renewSides(this.#world.roots.now());
  }

  leaving(node: NodeId): void {
    if (this.reach === undefined) return;
    for (const {crowds} of this.#awake()) for (const crowd of crowds) crowd.leaveSide(node);
  }

  come(node: NodeId): void {
    if (this.#reach.whole || this.reach === undefined) return this.#recount();
    const root = this.#world.roots.now();
    for (const watched of this.#awake()) {
      for (const crowd of watched.crowds) crowd.enterSide(node);
      watched.settle(root);
    }
  }

  save() {
    return {cut: this.#reach.root, names: this.#names?.save() ?? []};
  }

  /** Before the Services are. */
  restore({cut, names}: ReturnType<Obstacles['save']>, nodes: number): void {
    this.#names?.restore(names, nodes);
    this.#reach.root = cut;
    this.#reach.renew();
    this.reach = this.#reach.whole ? undefined : this.#reach;
  }

  #recount(): void {
    const root: CauseId = this.#world.roots.now();
    this.reach = this.#reach.whole ? undefined : this.#reach;
    for (const watched of this.#awake()) watched.recount(root);
  }

  *#awake(): Generator<WatchedService> {
    for (const watched of this.#world.watched()) if (watched?.awake) yield watched;
  }
}
