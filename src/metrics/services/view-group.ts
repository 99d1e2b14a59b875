// What some nodes do alike with new connections to a Service, and how many clients stand there.
// Numbers are whole so that sums do not depend on their order: a probability is so many units.

import type {Choices} from '../../machines/service-views.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {Backend, Backends} from './backends.ts';

/** A probability of 1. Times the clients of a Service, a number of 53 bits: half a million. */
export const certain = 2 ** 34;

/** One of a group's targets is good, or not, from now on. */
export type Turn = {
  readonly good: boolean;
  /** To what its loss was put down, and is. */
  readonly before: CauseId;
  readonly after: CauseId;
};

export interface GroupOwner {
  /** To be called before anything changes. */
  advance(): void;
  turn(group: ViewGroup, turn: Turn): void;
  /** A bad target is bad in another way. */
  waver?(): void;
}

export class ViewGroup {
  readonly choices: Choices;
  /** Where there is nothing to choose from: to what that is put down. */
  readonly root: CauseId;
  readonly owner: GroupOwner;
  readonly slot: number;
  readonly backends: readonly (Backend | undefined)[];
  /** That have this view; and clients there that are alive. */
  nodes = 0;
  callers = 0;
  #good = 0;
  /** How many targets are lost, by root. */
  readonly #bad = new Map<CauseId, number>();

  constructor(of: Pick<ViewGroup, 'choices' | 'root' | 'owner' | 'slot'>, backends: Backends) {
    this.choices = of.choices;
    this.root = of.root;
    this.owner = of.owner;
    this.slot = of.slot;
    this.backends = of.choices.targets.map(target => backends.hold(target, this));
    for (const backend of this.backends) {
      if (backend?.good === false) this.#lose(backend.root);
      else this.#good++;
    }
  }

  dispose(backends: Backends): void {
    for (const backend of this.backends) {
      if (backend !== undefined) backends.release(backend, this);
    }
  }

  /** Whatever is chosen, a connection succeeds. */
  get whole(): boolean {
    return this.#bad.size === 0 && this.backends.length > 0;
  }

  /** In units, that a connection of one of its clients succeeds. */
  get success(): number {
    const {length} = this.backends;
    return length === 0 ? 0 : Math.round((certain * this.#good) / length);
  }

  /** To what it is put down that it is less than certain, each with about its share, in units. */
  addLosses(times: number, losses: Map<CauseId, number>): void {
    const {length} = this.backends;
    if (length === 0) add(losses, this.root, times * certain);
    for (const [root, count] of this.#bad) {
      add(losses, root, times * Math.floor((certain * count) / length));
    }
  }

  /** Of most of what is lost of it. */
  get worstRoot(): CauseId | undefined {
    if (this.backends.length === 0) return this.root;
    let worst: CauseId | undefined;
    for (const [root, count] of this.#bad) {
      const most = worst === undefined ? 0 : (this.#bad.get(worst) ?? 0);
      if (count > most || (count === most && root < (worst ?? 0))) worst = root;
    }
    return worst;
  }

  turn({good, before, after}: Turn): void {
    if (good) {
      this.#good++;
      this.#regain(before);
    } else {
      this.#good--;
      this.#lose(after);
    }
  }

  #lose(root: CauseId): void {
    this.#bad.set(root, (this.#bad.get(root) ?? 0) + 1);
  }

  #regain(root: CauseId): void {
    const left = (this.#bad.get(root) ?? 0) - 1;
    if (left > 0) this.#bad.set(root, left);
    else this.#bad.delete(root);
  }
}

export function add(losses: Map<CauseId, number>, root: CauseId, units: number): void {
  if (units === 0) return;
  const sum = (losses.get(root) ?? 0) + units;
  if (sum === 0) losses.delete(root);
  else losses.set(root, sum);
}
