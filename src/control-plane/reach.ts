// Whether one machine's packets reach another's: both have power, and neither has lost its link,
// unless they are the same machine.

import type {Machines} from '../machines/machines.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import type {NodeId} from '../objects/ids.ts';

export class Reach {
  readonly #machines: Machines;
  readonly #masters: Masters;

  constructor(machines: Machines, masters: Masters) {
    this.#machines = machines;
    this.#masters = masters;
  }

  fromNode(node: NodeId, master: MasterId): boolean {
    if (!this.#isOn(master)) return false;
    if (this.#masters.get(master)?.node === node) return true;
    return !this.#machines.withoutLink.has(node) && this.#isLinked(master);
  }

  /** `undefined`: from somewhere outside that never fails. */
  fromMaster(from: MasterId | undefined, master: MasterId): boolean {
    if (!this.#isOn(master)) return false;
    if (from === master) return true;
    return (from === undefined || this.#isLinked(from)) && this.#isLinked(master);
  }

  #isOn(master: MasterId): boolean {
    return this.#masters.get(master) !== undefined && !this.#masters.withoutPower.has(master);
  }

  #isLinked(master: MasterId): boolean {
    return !this.#masters.withoutLink.has(master);
  }
}
