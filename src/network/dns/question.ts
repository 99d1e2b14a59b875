// A host that callers with one setup name, with what is known of each of its forms.

import {type Forms, formsOf, placeAsWritten} from './forms.ts';
import type {ResolverSetup, ServerKind} from './resolver-setup.ts';
import type {Answer, Zone} from './zone.ts';
import {isOutside} from './zone.ts';

export type Asked = {
  readonly host: string;
  /** That will be connected to. */
  readonly port: number | undefined;
  /** As it is written it is known outside the cluster. */
  readonly outside: boolean;
};

export class Question {
  readonly setup: ResolverSetup;
  readonly forms: Forms;
  readonly #zone: Zone;
  readonly #asked: Asked;
  /** Of the zone, for which the answers were worked out. */
  #version = -1;
  #answers: readonly (Answer | undefined)[] = [];

  constructor(asked: Asked, setup: ResolverSetup, zone: Zone) {
    this.setup = setup;
    this.forms = formsOf(asked.host, setup);
    this.#zone = zone;
    this.#asked = asked;
  }

  isOutside(form: number): boolean {
    return isOutside(this.forms.names[form], this.#zone.name);
  }

  /** `undefined`: such a server says that there is no such name. */
  answer(form: number, server: ServerKind): Answer | undefined {
    if (server === 'elsewhere' && !this.isOutside(form)) return undefined;
    return this.#all()[form];
  }

  /** As it is now, for those who have looked it up before. */
  get known(): Answer | undefined {
    return this.#all().find(answer => answer !== undefined);
  }

  #all(): readonly (Answer | undefined)[] {
    const zone = this.#zone;
    if (this.#version === zone.version) return this.#answers;
    this.#version = zone.version;
    const {port, outside} = this.#asked;
    const written = placeAsWritten(this.forms);
    this.#answers = this.forms.names.map((name, form) => {
      const nobodys = this.isOutside(form) && !(outside && form === written);
      return nobodys ? undefined : zone.answer(name, port);
    });
    return this.#answers;
  }
}
