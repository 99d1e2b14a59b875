// What strategies are judged by, beside how fast they bind: who waits, who gets how much, how
// densely nodes are filled, and what they cost. The first three where a scenario asks for them, the
// last where nodes have prices.

import type {Time} from '../../engine/time.ts';
import type {Census} from '../census.ts';
import type {Figure} from '../figures.ts';
import type {NodeRegister} from '../node-register.ts';
import type {ResultTable} from '../table.ts';
import type {World} from '../world.ts';
import {Claimants} from './claimants.ts';
import {ClassWaits} from './class-waits.ts';
import {Cost} from './cost.ts';
import {NodesInUse} from './nodes-in-use.ts';
import {Packing} from './packing.ts';
import type {PodAmounts} from './pod-amounts.ts';

export class StrategyMeasures {
  readonly #waits: ClassWaits | undefined;
  readonly #claimants: Claimants | undefined;
  readonly #packing: Packing | undefined;
  readonly #cost: Cost | undefined;

  /** `amounts`: where the scenario asks for these figures. */
  constructor(
    world: World,
    {
      census,
      register,
      amounts,
    }: {
      census: Census;
      register: NodeRegister;
      amounts: PodAmounts | undefined;
    },
  ) {
    const priced = register.records.some(({price}) => price > 0);
    if (amounts === undefined && !priced) return;
    const used = new NodesInUse(world, census);
    this.#cost = new Cost(world, {census, register, used});
    if (amounts === undefined) return;
    this.#waits = new ClassWaits(world, census);
    this.#claimants = new Claimants(world, {census, register, amounts});
    this.#packing = new Packing(world, {census, register, used, amounts});
  }

  figures(end: Time): Figure[] {
    return [
      ...(this.#waits?.figures() ?? []),
      ...(this.#claimants?.figures(end) ?? []),
      ...(this.#packing?.figures(end) ?? []),
      ...(this.#cost?.figures(end) ?? []),
    ];
  }

  tables(end: Time): ResultTable[] {
    return [this.#waits?.table(end), this.#claimants?.table(end)].filter(
      table => table !== undefined,
    );
  }
}
