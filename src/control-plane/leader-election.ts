// Which master's scheduler and which master's controller manager lead. At the start the first
// master leads both, as the one that a cluster is set up on.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {LedComponent, MasterId, Masters} from '../machines/masters.ts';
import {Election, type ElectionOptions} from './election.ts';
import type {LeaseAccess} from './lease-access.ts';

/** What leads or does not: one that was stopped remembers nothing of what it was doing. */
export type Led = {stop(): void; takeOver(): void};

export type LeaderElectionOptions = {
  readonly simulation: Simulation;
  readonly masters: Masters;
  readonly access: LeaseAccess;
  readonly way: ElectionOptions['way'];
  /** From power, and from a master's coming, to its kubelet that starts its processes. */
  readonly boot: Time;
  readonly join: Time;
  readonly led: Readonly<Record<LedComponent, Led>>;
};

export const components: readonly LedComponent[] = ['kube-scheduler', 'kube-controller-manager'];

export class LeaderElection {
  readonly leaderLost = new Signal<[component: LedComponent, master: MasterId]>();
  readonly leaderFound = new Signal<[component: LedComponent, master: MasterId]>();
  readonly #masters: Masters;
  readonly #elections: ReadonlyMap<LedComponent, Election>;

  constructor(options: LeaderElectionOptions) {
    this.#masters = options.masters;
    this.#elections = new Map(components.map(each => [each, this.#elect(each, options)]));
    const first = [...options.masters.all()][0]?.[0];
    for (const [master] of options.masters.all()) {
      for (const election of this.#all()) election.install(master, master === first);
    }
    this.#watch(options);
  }

  leader(component: LedComponent): MasterId | undefined {
    return this.#elections.get(component)?.leader;
  }

  /** Somebody stops all of these processes, as before a restore of etcd. */
  halt(): void {
    for (const election of this.#all()) election.halt();
  }

  resume(): void {
    const powered = [...this.#masters.all()]
      .map(([master]) => master)
      .filter(master => !this.#masters.withoutPower.has(master));
    for (const election of this.#all()) election.resume(powered);
  }

  #all(): Iterable<Election> {
    return this.#elections.values();
  }

  #elect(component: LedComponent, options: LeaderElectionOptions): Election {
    const {simulation, masters, access, way, led} = options;
    return new Election({
      simulation,
      component,
      way,
      reaches: master => access.open(master),
      nameOf: master => masters.get(master)?.name ?? `master ${master}`,
      led: master => {
        this.leaderFound.emit(component, master);
        led[component].takeOver();
      },
      left: master => {
        led[component].stop();
        this.leaderLost.emit(component, master);
      },
    });
  }

  #watch({masters, access, boot, join}: LeaderElectionOptions): void {
    const each = (react: (election: Election, master: MasterId) => void) => (master: MasterId) => {
      for (const election of this.#all()) react(election, master);
    };
    masters.added.watch(each((election, master) => election.launch(master, join)));
    masters.removed.watch(each((election, master) => election.remove(master)));
    masters.poweredOff.watch(each((election, master) => election.kill(master)));
    masters.poweredOn.watch(each((election, master) => election.launch(master, boot)));
    masters.leaderCrashed.watch(component => this.#elections.get(component)?.crash());
    access.lost.watch(each((election, master) => election.blind(master)));
    access.found.watch(each((election, master) => election.unblind(master)));
  }
}
