// What each claimant's pods asked for over their lives, and what they got of it, in three
// resources: integrals, exact. A pod asks from its creation to its end and gets while it is bound.

import type {Time} from '../../engine/time.ts';
import type {PodId} from '../../objects/ids.ts';
import type {Census} from '../census.ts';
import {IntegralRows} from '../integral-rows.ts';
import {roomFor} from '../rows.ts';
import {Texts} from '../texts.ts';
import type {World} from '../world.ts';
import {type PodAmounts, resources} from './pod-amounts.ts';

/** In amount times microseconds, as `resources` has them. */
export type Claim = {
  readonly name: string;
  readonly asked: readonly bigint[];
  readonly got: readonly bigint[];
};

export type ClaimOptions = {
  /** Of its part in a saved run. */
  readonly name: string;
  readonly census: Census;
  readonly amounts: PodAmounts;
  /** Whose pod it is; nobody's is counted nowhere. */
  claimantOf(pod: PodId): string | undefined;
};

// By PodId: where it stands.
const [absent, nobodys, asking, getting] = [0, 1, 2, 3];

export class Claims {
  readonly #world: World;
  readonly #options: ClaimOptions;
  readonly #names = new Texts();
  readonly #asked = new IntegralRows(resources.length);
  readonly #got = new IntegralRows(resources.length);
  #stage = new Uint8Array(64);
  #claimant = new Int32Array(64);

  constructor(world: World, options: ClaimOptions) {
    this.#world = world;
    this.#options = options;
    const {census, name} = options;
    world.store.signals.created.watch(pod => this.#ask(pod));
    census.bound.watch(pod => this.#get(pod));
    census.over.watch(pod => this.#leave(pod));
    world.simulation.part(`metrics.claims-${name}`, this);
  }

  /** By name. */
  claims(end: Time): Claim[] {
    const sums = (rows: IntegralRows, row: number) =>
      resources.map((_, which) => rows.integral(row, which, end));
    return this.#names
      .save()
      .map((name, row) => ({name, asked: sums(this.#asked, row), got: sums(this.#got, row)}))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  save() {
    return {
      names: this.#names.save(),
      asked: this.#asked.save(),
      got: this.#got.save(),
      stage: this.#stage,
      claimant: this.#claimant,
    };
  }

  restore(saved: ReturnType<Claims['save']>): void {
    this.#names.restore(saved.names);
    this.#asked.restore(saved.asked);
    this.#got.restore(saved.got);
    this.#stage = saved.stage;
    this.#claimant = saved.claimant;
  }

  /** A pod may be bound as it is created, and the census tells of that first. */
  #ask(pod: PodId): void {
    this.#stage = roomFor(this.#stage, pod);
    if (this.#stage[pod] !== absent) return;
    const name = this.#options.claimantOf(pod);
    this.#stage[pod] = name === undefined ? nobodys : asking;
    if (name === undefined) return;
    this.#claimant = roomFor(this.#claimant, pod);
    this.#claimant[pod] = this.#names.number(name);
    this.#add(this.#asked, pod, 1);
  }

  #get(pod: PodId): void {
    this.#ask(pod);
    if (this.#stage[pod] !== asking) return;
    this.#stage[pod] = getting;
    this.#add(this.#got, pod, 1);
  }

  #leave(pod: PodId): void {
    if (this.#stage[pod] === getting) this.#add(this.#got, pod, -1);
    if (this.#stage[pod] >= asking) this.#add(this.#asked, pod, -1);
    this.#stage[pod] = absent;
  }

  #add(rows: IntegralRows, pod: PodId, sign: 1 | -1): void {
    const {now} = this.#world.simulation;
    for (let which = 0; which < resources.length; which++) {
      const amount = this.#options.amounts.of(pod, which);
      if (amount > 0) rows.add(this.#claimant[pod], which, sign * amount, now);
    }
  }
}
