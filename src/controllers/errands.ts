// One controller's client, and what each of its requests under way is for: an answer is handed to
// the controller with the errand that was run.

import type {Simulation} from '../engine/simulation.ts';
import type {ApiClient, ApiConnector, ApiOutcome} from '../objects/api-client.ts';
import {managerClient} from './manager-client.ts';

export class Errands<Errand> {
  readonly api: ApiClient;
  #underWay = new Map<number, Errand>();
  #next = 0;

  constructor(
    {simulation, api}: {readonly simulation: Simulation; readonly api: ApiConnector},
    name: string,
    answered: (errand: Errand, outcome: ApiOutcome) => void,
  ) {
    this.api = api.connect({
      name,
      ...managerClient,
      replies: {
        answered: (ticket, outcome) => {
          const errand = this.#underWay.get(ticket);
          if (errand === undefined) throw new Error(`${name}: an answer nobody waits for`);
          this.#underWay.delete(ticket);
          answered(errand, outcome);
        },
      },
    });
    simulation.part(`${name}.errands`, this);
  }

  /** The ticket for its request. */
  ticket(errand: Errand): number {
    const ticket = this.#next++;
    this.#underWay.set(ticket, errand);
    return ticket;
  }

  /** The process has ended. */
  abandon(): void {
    this.api.abandon();
    this.#underWay.clear();
  }

  save() {
    return {underWay: this.#underWay, next: this.#next};
  }

  restore({underWay, next}: {underWay: ReadonlyMap<number, Errand>; next: number}): void {
    this.#underWay = new Map(underWay);
    this.#next = next;
  }
}
