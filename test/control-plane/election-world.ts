// Masters whose components elect leaders, with nothing else around: who leads from when to when is
// told line by line, and a test says which masters reach the API.

import type {ElectionOptions} from '../../src/control-plane/election.ts';
import {LeaderElection} from '../../src/control-plane/leader-election.ts';
import type {LeaseAccess} from '../../src/control-plane/lease-access.ts';
import {Signal} from '../../src/engine/signal.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import type {Time} from '../../src/engine/time.ts';
import {type LedComponent, type MasterId, Masters} from '../../src/machines/masters.ts';

export type Change = {
  readonly at: Time;
  readonly component: LedComponent;
  readonly what: 'leads' | 'left';
  readonly master: MasterId;
};

export class ElectionWorld {
  readonly simulation: Simulation;
  readonly masters: Masters;
  readonly election: LeaderElection;
  readonly changes: Change[] = [];
  /** Components that act now; the first master's do from the start. */
  readonly acting = new Set<LedComponent>(['kube-scheduler', 'kube-controller-manager']);
  readonly #access = {
    lost: new Signal<[master: MasterId]>(),
    found: new Signal<[master: MasterId]>(),
  };
  readonly #away = new Set<MasterId>();

  constructor({seed = 1, masters = 3, way = 'lease' as ElectionOptions['way']} = {}) {
    this.simulation = new Simulation({seed});
    this.masters = new Masters(this.simulation);
    for (let i = 0; i < masters; i++) this.addMaster(`master-${i}`);
    const access: LeaseAccess = {open: master => !this.#away.has(master), ...this.#access};
    this.election = new LeaderElection({
      simulation: this.simulation,
      masters: this.masters,
      access,
      way,
      boot: 0,
      join: 0,
      led: {
        'kube-scheduler': this.#led('kube-scheduler'),
        'kube-controller-manager': this.#led('kube-controller-manager'),
      },
    });
    this.election.leaderLost.watch((component, master) => this.#note(component, 'left', master));
    this.election.leaderFound.watch((component, master) => this.#note(component, 'leads', master));
    this.simulation.part('test.access', {
      save: () => [...this.#away],
      restore: (saved: readonly MasterId[]) => {
        this.#away.clear();
        for (const master of saved) this.#away.add(master);
      },
    });
  }

  addMaster(name: string): MasterId {
    return this.masters.add({name, node: undefined, zone: undefined, rack: undefined});
  }

  /** The master's API server, or all of etcd, is away. */
  cut(...masters: number[]): void {
    for (const master of masters as MasterId[]) {
      this.#away.add(master);
      this.#access.lost.emit(master);
    }
  }

  join(...masters: number[]): void {
    for (const master of masters as MasterId[]) {
      this.#away.delete(master);
      this.#access.found.emit(master);
    }
  }

  at(time: Time): this {
    this.simulation.run(time);
    return this;
  }

  of(component: LedComponent): Change[] {
    return this.changes.filter(change => change.component === component);
  }

  #led(component: LedComponent) {
    return {
      stop: () => this.acting.delete(component),
      takeOver: () => {
        if (this.acting.has(component)) throw new Error(`${component} acts twice`);
        this.acting.add(component);
      },
    };
  }

  #note(component: LedComponent, what: Change['what'], master: MasterId): void {
    this.changes.push({at: this.simulation.now, component, what, master});
  }
}
