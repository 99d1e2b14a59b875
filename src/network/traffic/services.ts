// Services: endpoints that stand for one another, the policy by which one is chosen, and the share
// of their answers that are errors.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {type Choice, type ChoiceName, choiceOf, type Tried} from './choice.ts';
import type {Station} from './station.ts';

export type ServiceId = number & {readonly id: 'service'};

export type ServiceOptions = {
  readonly name: string;
  readonly endpoints: readonly Station[];
  readonly choice: ChoiceName;
  /** Each answer is one by itself with this chance. */
  readonly errors: number;
};

export type Service = {
  readonly endpoints: readonly Station[];
  readonly choice: Choice;
  readonly fails: (() => boolean) | undefined;
};

type Asked = {readonly now: Time; readonly tried: Tried; readonly from: number};

export class Services {
  readonly all: Service[] = [];
  readonly #simulation: Simulation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  add({name, endpoints, choice, errors}: ServiceOptions): ServiceId {
    const choices = this.#simulation.random(`traffic.${name}/choices`);
    const wrong = errors > 0 ? this.#simulation.random(`traffic.${name}/errors`) : undefined;
    this.all.push({
      endpoints,
      choice: choiceOf(choice, choices),
      fails: wrong && (() => wrong.uniform() < errors),
    });
    return (this.all.length - 1) as ServiceId;
  }

  /** A place among its endpoints. */
  choose(service: ServiceId, {now, tried, from}: Asked): number {
    const {endpoints, choice} = this.all[service];
    return choice.choose(endpoints, now, tried, from);
  }

  save(): readonly number[] {
    return this.all.map(({choice}) => choice.save());
  }

  restore(saved: readonly number[]): void {
    for (const [service, each] of saved.entries()) this.all[service].choice.restore(each);
  }
}
