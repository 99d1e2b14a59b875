// To what a consequence is put down: the fault or operation at the root of its chain.
//
// Faults and operations are roots, whatever made their time come. What happens by itself (a
// container that crashes) is one too, unless it goes back to a fault or an operation that is still
// fresh: an OOM kill to the fault that made the container leak, a crash to the rollout of a bad
// version, and so does each further crash of that loop. Fresh means ten minutes, after which a
// kubelet forgets a crash (MaxContainerBackOff x 2), or while a fault of the container itself
// lasts.

import {minutes} from '../engine/time.ts';
import type {Cause, CauseId} from '../objects/causes.ts';
import {classOf} from './cause-classes.ts';
import {roomFor} from './rows.ts';
import type {World} from './world.ts';

const fresh = minutes(10);

export class Roots {
  readonly #world: World;
  #roots = new Int32Array(64);

  constructor(world: World) {
    this.#world = world;
    world.store.causes.began.watch(cause => this.#trace(cause));
    world.simulation.part('metrics.roots', this);
  }

  /** Of what happens right now; 0 where nothing set it going. */
  now(): CauseId {
    return this.of(this.#world.simulation.cause as CauseId);
  }

  of(cause: CauseId): CauseId {
    return (this.#roots[cause] ?? 0) as CauseId;
  }

  /** As result files name it: `node-crash node/general-3`. */
  text(root: CauseId): string | undefined {
    const cause = this.#world.store.causes.get(root);
    return cause && `${cause.kind} ${cause.target}`.trimEnd();
  }

  save(): Int32Array {
    return this.#roots;
  }

  restore(saved: ReturnType<Roots['save']>): void {
    this.#roots = saved.slice();
  }

  #trace(id: CauseId): void {
    const {causes} = this.#world.store;
    const cause = causes.get(id);
    if (cause === undefined) return;
    const parent = causes.get(cause.parent);
    this.#roots = roomFor(this.#roots, id);
    this.#roots[id] = parent && follows(cause, parent) ? this.#above(cause.parent, id) : id;
  }

  /** Of a loop of crashes that goes back to nothing else, each is a root. */
  #above(parent: CauseId, id: CauseId): CauseId {
    const root = this.of(parent);
    return this.#world.store.causes.get(root)?.origin === 'itself' ? id : root;
  }
}

function follows({origin, time}: Cause, parent: Cause): boolean {
  if (origin !== 'itself') return false;
  const lasts = classOf(parent) === 'container' && parent.origin === 'fault';
  const over = lasts ? (parent.until ?? time) : parent.time;
  return time - over <= fresh;
}
