// A component of which every master runs one and one leads, by a lease (client-go's
// leaderelection.go). No event happens while all is well.
//
//   candidate ──record unchanged for 15 s──▶ leads ──cannot renew for 10 s──▶ exits
//       ▲                                      │ crash, power lost              │
//       └─────────── started by its kubelet ◀──┴────────────────────────────────┘

import type {RandomStream} from '../engine/random.ts';
import type {EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {LedComponent, MasterId} from '../machines/masters.ts';
import {Candidate, type SavedCandidate} from './candidate.ts';
import {lastRenewal, nextTry, renewDeadline, retryPeriod} from './lease-timing.ts';
import {noRestarts, processStart, restartOf} from './process-restarts.ts';

export type ElectionOptions = {
  readonly simulation: Simulation;
  readonly component: LedComponent;
  /**
   * By leases; `alone`: the one process that there is leads whenever it runs; `at-once`: for
   * textbooks, any that can leads as soon as nobody does.
   */
  readonly way: 'lease' | 'alone' | 'at-once';
  /** Whether what a master's processes write is stored. */
  readonly reaches: (master: MasterId) => boolean;
  readonly nameOf: (master: MasterId) => string;
  readonly led: (master: MasterId) => void;
  readonly left: (master: MasterId) => void;
};

type Lease = {
  /** The latest renewal, unless its holder renews. */
  renewed: Time;
  /** From here on its holder renews; `undefined`: nobody does. */
  renewsFrom: Time | undefined;
  /** Given back: whoever looks may have it. */
  released: boolean;
};

/** As WaitForAPIServer: a process that finds no API server when it starts exits again. */
const patience: Time = 10 * second;

export class Election {
  readonly #options: ElectionOptions;
  readonly #started: EventKind<MasterId>;
  readonly #gaveUp: EventKind<MasterId>;
  readonly #leaseRanOut: EventKind<MasterId>;
  #candidates = new Map<MasterId, Candidate>();
  /** By the master's name, which another may bear later. */
  readonly #looks = new Map<string, RandomStream>();
  #leader: MasterId | undefined;
  #lease: Lease = {renewed: 0, renewsFrom: undefined, released: false};
  #halted = false;

  constructor(options: ElectionOptions) {
    this.#options = options;
    const {simulation, component} = options;
    this.#started = simulation.event(`${component}.process-started`, (master: MasterId) =>
      this.#begin(master),
    );
    this.#gaveUp = simulation.event(`${component}.gave-up`, (master: MasterId) => {
      this.#exit(master);
    });
    this.#leaseRanOut = simulation.event(`${component}.lease-ran-out`, (master: MasterId) =>
      this.#lead(master),
    );
    simulation.part(`control-plane.${component}-election`, this);
  }

  get leader(): MasterId | undefined {
    return this.#leader;
  }

  /** Its process has always run, and `leads` since some time before the run. */
  install(master: MasterId, leads: boolean): void {
    this.#candidates.set(master, this.#candidate(master));
    if (!leads) return;
    const {simulation, component} = this.#options;
    const phase = simulation.passingRandom(`control-plane.${component}/renewal-phase`);
    this.#leader = master;
    this.#lease.renewsFrom = simulation.now - toTime(phase.uniform(0, retryPeriod));
  }

  /** A master has come, or its machine has power again: its kubelet runs `after` that. */
  launch(master: MasterId, after: Time): void {
    const known = this.#candidates.get(master);
    const stopped = {running: false, seesSince: undefined};
    const candidate = known ?? this.#candidate(master, stopped);
    this.#candidates.set(master, candidate);
    if (this.#halted) return;
    this.#cancel(candidate);
    candidate.state.next = this.#started.after(after + this.#processStart, master);
  }

  /** The machine has lost its power. */
  kill(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined) return;
    this.#stop(candidate);
    candidate.state.restarts = noRestarts;
    if (this.#leader === master) this.#leave();
  }

  /** The process that leads has crashed. */
  crash(): void {
    if (this.#leader !== undefined) this.#exit(this.#leader);
  }

  // As cmd/kube-scheduler sets ReleaseOnCancel, and the controller manager does not.
  /** The master goes for good, and its process is told to end first. */
  remove(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined) return;
    const releases = this.#options.component === 'kube-scheduler' && candidate.watches;
    this.#stop(candidate);
    this.#candidates.delete(master);
    if (this.#leader === master) this.#leave({released: releases});
  }

  /** A master's processes reach the API no more. */
  blind(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined || !candidate.watches) return;
    candidate.lookAway(this.#now, this.#renewal());
    if (this.#leader !== master) this.#cancel(candidate);
    else if (this.#options.way === 'lease') this.#failToRenew(master, candidate);
    else if (this.#options.way === 'at-once') this.#leave();
  }

  /** They do again. */
  unblind(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined || !candidate.state.running || candidate.watches) return;
    this.#cancel(candidate);
    candidate.state.seesSince = this.#now;
    if (this.#leader === undefined) this.#aim(master, candidate);
    else if (this.#leader === master && this.#options.way === 'lease') {
      this.#lease.renewsFrom = nextTry(this.#lease.renewed, this.#now);
    }
  }

  /** Somebody stops all of its processes, and keeps them from starting. */
  halt(): void {
    this.#halted = true;
    for (const candidate of this.#candidates.values()) {
      this.#stop(candidate);
      candidate.state.restarts = noRestarts;
    }
    if (this.#leader !== undefined) this.#leave();
  }

  /** They may start again, where there is power. */
  resume(masters: readonly MasterId[]): void {
    this.#halted = false;
    for (const master of masters) this.launch(master, 0);
  }

  get #processStart(): Time {
    return this.#options.way === 'at-once' ? 0 : processStart;
  }

  get #now(): Time {
    return this.#options.simulation.now;
  }

  #candidate(master: MasterId, state: Partial<SavedCandidate> = {}): Candidate {
    const {simulation, component, nameOf} = this.#options;
    const name = nameOf(master);
    const known = this.#looks.get(name);
    const looks = known ?? simulation.random(`control-plane.${component}/looks-of-${name}`);
    this.#looks.set(name, looks);
    return new Candidate(looks, state);
  }

  #begin(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined) return;
    candidate.state.next = undefined;
    candidate.begin(this.#now, this.#options.reaches(master));
    if (!candidate.watches) candidate.state.next = this.#gaveUp.after(patience, master);
    else if (this.#leader === undefined) this.#aim(master, candidate);
  }

  /** It takes over, unless another does so first. */
  #aim(master: MasterId, candidate: Candidate): void {
    this.#cancel(candidate);
    const {renewed, released} = this.#lease;
    if (this.#options.way !== 'lease') this.#lead(master);
    else if (released) this.#expectLease(master, candidate, candidate.looksAt(this.#now));
    else this.#expectLease(master, candidate, candidate.takesOverAt(renewed, this.#now));
  }

  #expectLease(master: MasterId, candidate: Candidate, at: Time): void {
    candidate.state.next = this.#leaseRanOut.at(at, master);
  }

  #lead(master: MasterId): void {
    if (this.#leader !== undefined) {
      const {component, nameOf} = this.#options;
      throw new Error(`${component}: ${nameOf(master)} leads while ${nameOf(this.#leader)} does`);
    }
    for (const candidate of this.#candidates.values())
      if (candidate.watches) this.#cancel(candidate);
    this.#leader = master;
    this.#lease = {renewed: this.#now, renewsFrom: this.#now, released: false};
    this.#options.led(master);
  }

  #leave({released} = {released: false}): void {
    const leader = this.#leader;
    if (leader === undefined) return;
    this.#leader = undefined;
    this.#lease = {renewed: this.#renewal(), renewsFrom: undefined, released};
    this.#options.left(leader);
    for (const [master, candidate] of this.#candidates) {
      if (candidate.watches && this.#leader === undefined) this.#aim(master, candidate);
    }
  }

  /** The process ends by itself; its kubelet starts another. */
  #exit(master: MasterId): void {
    const candidate = this.#candidates.get(master);
    if (candidate === undefined) return;
    this.#stop(candidate);
    const start = this.#processStart;
    const {at, ...restarts} = restartOf(candidate.state.restarts, {now: this.#now, start});
    candidate.state.restarts = restarts;
    candidate.state.next = this.#started.at(at, master);
    if (this.#leader === master) this.#leave();
  }

  // As RenewDeadline: counted from the first try that fails.
  #failToRenew(master: MasterId, candidate: Candidate): void {
    const renewed = this.#renewal();
    this.#lease = {renewed, renewsFrom: undefined, released: false};
    candidate.state.next = this.#gaveUp.at(renewed + retryPeriod + renewDeadline, master);
  }

  /** The latest. */
  #renewal(): Time {
    const {renewed, renewsFrom} = this.#lease;
    if (renewsFrom === undefined || renewsFrom > this.#now) return renewed;
    return lastRenewal(renewsFrom, this.#now);
  }

  #stop(candidate: Candidate): void {
    this.#cancel(candidate);
    candidate.state.running = false;
    candidate.state.seesSince = undefined;
  }

  #cancel({state}: Candidate): void {
    if (state.next !== undefined) this.#options.simulation.cancel(state.next);
    state.next = undefined;
  }

  save() {
    return {
      leader: this.#leader,
      lease: this.#lease,
      halted: this.#halted,
      candidates: [...this.#candidates].map(([master, {state}]) => [master, {...state}] as const),
    };
  }

  restore({leader, lease, halted, candidates}: ReturnType<Election['save']>): void {
    this.#leader = leader;
    this.#lease = lease;
    this.#halted = halted;
    const known = this.#candidates;
    this.#candidates = new Map();
    for (const [master, state] of candidates) {
      const candidate = known.get(master) ?? this.#candidate(master);
      Object.assign(candidate.state, state);
      this.#candidates.set(master, candidate);
    }
  }
}
