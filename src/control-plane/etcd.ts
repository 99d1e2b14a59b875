// The members of etcd, one on each master: who leads, and whether it can commit. All that reach one
// another and are a majority of all members commit under one leader; nobody else ever does.
//
//   led ──leader lost──▶ nobody leads ──a timeout in [1, 2) s──▶ votes ──▶ led, in a new term
//    │ majority lost                                               └─split─▶ once more
//    ▼
//   led by one who cannot commit ──an election timeout──▶ nobody leads
//
// While all is well nothing happens: heartbeats are worked out when they are asked for.

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {type Time, toTime} from '../engine/time.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import {elected, quorumOf} from './etcd-votes.ts';
import {MasterDaemon} from './master-daemon.ts';
import type {ControlPlaneTiming} from './timing.ts';

export class Etcd {
  readonly writableLost = new Signal<[]>();
  readonly writableFound = new Signal<[]>();
  readonly leaderLost = new Signal<[master: MasterId, term: number]>();
  readonly leaderFound = new Signal<[master: MasterId, term: number]>();
  writable = false;
  /** Deletions at least, which take no space. */
  commits = false;
  full = false;
  leader: MasterId | undefined;
  term = 0;
  readonly #simulation: Simulation;
  readonly #masters: Masters;
  readonly #timing: ControlPlaneTiming;
  readonly #daemon: MasterDaemon;
  readonly #voted: EventKind;
  readonly #steppedDown: EventKind;
  #members: MasterId[] = [];
  #ledSince: Time = 0;
  /** When each member that waits for a leader will stand for election. */
  #timeouts = new Map<MasterId, Time>();
  #vote: EventHandle | undefined;
  #stepDown: EventHandle | undefined;
  /** Chances taken so far. */
  #draws = 0;

  constructor(options: {simulation: Simulation; masters: Masters; timing: ControlPlaneTiming}) {
    const {simulation, masters, timing} = options;
    this.#simulation = simulation;
    this.#masters = masters;
    this.#timing = timing;
    this.#daemon = new MasterDaemon({
      simulation,
      masters,
      name: 'etcd',
      heldDown: masters.withoutEtcd,
      stopped: masters.etcdStopped,
      started: masters.etcdStarted,
      boot: timing.boot,
      start: timing.etcdStart,
    });
    this.#voted = simulation.event('etcd.votes-counted', () => this.#count());
    this.#steppedDown = simulation.event('etcd.leader-stepped-down', () => this.#stepDownNow());
    const {begun, ended} = this.#daemon;
    for (const signal of [begun, ended, masters.cutOff, masters.joined]) {
      signal.watch(() => this.#look());
    }
    simulation.part('etcd', this);
  }

  /** Those who count for the majority, in the order in which they joined. */
  get members(): readonly MasterId[] {
    return this.#members;
  }

  /** The members that a cluster begins with: the first leads. */
  bootstrap(masters: readonly MasterId[]): void {
    for (const master of masters) this.#daemon.install(master, 0);
    this.#members = [...masters];
    if (masters.length > 0) this.#lead(masters[0]);
  }

  runsOn(master: MasterId): boolean {
    return this.#daemon.up(master);
  }

  /** Needs a commit, as every change of the members does; the new one has all entries by then. */
  join(master: MasterId): void {
    this.#members.push(master);
    this.#daemon.install(master, 0);
    this.#look();
  }

  removeMember(master: MasterId): void {
    this.#members = this.#members.filter(member => member !== master);
    this.#look();
  }

  /** From now on it only deletes; or no longer so. */
  fill(full: boolean): void {
    this.full = full;
    this.#look();
  }

  /** A write that an API server on that master passes on is committed. */
  writableFrom(master: MasterId): boolean {
    return this.writable && this.commitsFrom(master);
  }

  commitsFrom(master: MasterId): boolean {
    if (!this.commits || this.leader === undefined) return false;
    return master === this.leader || (this.#linked(master) && this.#linked(this.leader));
  }

  /** Members that a commit waits for: those that the leader reaches, itself among them. */
  get following(): number {
    return this.#group(this.leader).length;
  }

  #linked(master: MasterId): boolean {
    return !this.#masters.withoutLink.has(master);
  }

  /** The members that reach this one, if it runs, in the order of their numbers. */
  #group(master: MasterId | undefined): MasterId[] {
    if (master === undefined || !this.#daemon.up(master)) return [];
    if (!this.#members.includes(master)) return [];
    if (!this.#linked(master)) return [master];
    return this.#members
      .filter(other => this.#daemon.up(other) && this.#linked(other))
      .sort((one, other) => one - other);
  }

  #majority(): MasterId[] {
    for (const member of this.#members) {
      const group = this.#group(member);
      if (group.length >= quorumOf(this.#members.length)) return group;
    }
    return [];
  }

  #look(): void {
    const majority = this.#majority();
    if (this.leader !== undefined) this.#lookAtLeader(this.leader, majority);
    if (this.leader === undefined) this.#awaitVote(majority);
    this.commits = this.leader !== undefined && majority.includes(this.leader);
    const writable = this.commits && !this.full;
    if (writable === this.writable) return;
    this.writable = writable;
    (writable ? this.writableFound : this.writableLost).emit();
  }

  // As Raft's CheckQuorum: a leader that hears from no majority for an election timeout leads no
  // more. Where others are a majority they elect another; it is told when it meets them.
  #lookAtLeader(leader: MasterId, majority: readonly MasterId[]): void {
    const committing = majority.includes(leader);
    if (committing) this.#cancelStepDown();
    else if (majority.length > 0 || !this.#daemon.up(leader) || !this.#members.includes(leader)) {
      this.#lose(leader);
    } else if (this.#stepDown === undefined) {
      this.#stepDown = this.#steppedDown.after(this.#timing.election);
    }
  }

  #stepDownNow(): void {
    this.#stepDown = undefined;
    if (this.leader === undefined) return;
    this.#lose(this.leader);
    this.#look();
  }

  #lose(leader: MasterId): void {
    this.#cancelStepDown();
    this.leader = undefined;
    this.#timeouts.clear();
    const from = this.#nextHeartbeat();
    for (const member of this.#members) {
      if (this.#daemon.up(member)) this.#timeouts.set(member, from + this.#timeout(member));
    }
    this.leaderLost.emit(leader, this.term);
  }

  #cancelStepDown(): void {
    if (this.#stepDown !== undefined) this.#simulation.cancel(this.#stepDown);
    this.#stepDown = undefined;
  }

  /** When those who follow first miss their leader. */
  #nextHeartbeat(): Time {
    const {heartbeat} = this.#timing;
    const {now} = this.#simulation;
    if (heartbeat === 0) return now;
    return this.#ledSince + Math.ceil((now - this.#ledSince) / heartbeat) * heartbeat;
  }

  #timeout(member: MasterId): Time {
    const {election} = this.#timing;
    return election === 0
      ? 0
      : toTime(this.#chance(`timeout-of-${member}`).uniform(1, 2) * election);
  }

  #chance(question: string) {
    return this.#simulation.passingRandom(`etcd/${question}/${this.#draws++}`);
  }

  // As Raft with PreVote: members without a majority stand in vain, at each timeout anew.
  #awaitVote(majority: readonly MasterId[]): void {
    if (this.#vote !== undefined) this.#simulation.cancel(this.#vote);
    this.#vote = undefined;
    const {now} = this.#simulation;
    for (const member of this.#members) this.#awaitLeader(member);
    if (majority.length === 0) return;
    for (const member of majority) {
      if (this.#due(member) >= now) continue;
      this.#timeouts.set(member, now + this.#restOfTimeout(member));
    }
    const first = Math.min(...majority.map(member => this.#due(member)));
    const {roundTrip, fsync} = this.#timing;
    const round = 2 * roundTrip + fsync;
    if (first + round === now) this.#count();
    else this.#vote = this.#voted.at(first + round);
  }

  #awaitLeader(member: MasterId): void {
    if (!this.#daemon.up(member)) this.#timeouts.delete(member);
    else if (!this.#timeouts.has(member)) {
      this.#timeouts.set(member, this.#simulation.now + this.#timeout(member));
    }
  }

  #due(member: MasterId): Time {
    return this.#timeouts.get(member) ?? Infinity;
  }

  #restOfTimeout(member: MasterId): Time {
    const whole = this.#timeout(member);
    return whole === 0 ? 0 : toTime(whole * this.#chance(`rest-of-${member}`).uniform());
  }

  #count(): void {
    this.#vote = undefined;
    const majority = this.#majority();
    if (majority.length === 0 || this.leader !== undefined) return;
    const first = Math.min(...majority.map(member => this.#due(member)));
    const {roundTrip} = this.#timing;
    const early = majority.filter(member => this.#due(member) - first < roundTrip);
    const candidates = early.length > 0 ? early : majority.slice(0, 1);
    this.term++;
    const winner = elected({
      voters: majority,
      candidates,
      quorum: quorumOf(this.#members.length),
      stream: this.#chance('votes'),
    });
    if (winner !== undefined) return this.#lead(winner);
    for (const member of majority) {
      this.#timeouts.set(member, this.#simulation.now + this.#timeout(member));
    }
    this.#look();
  }

  #lead(leader: MasterId): void {
    this.leader = leader;
    this.term = Math.max(1, this.term);
    this.#ledSince = this.#simulation.now;
    this.#timeouts.clear();
    this.leaderFound.emit(leader, this.term);
    this.#look();
  }

  save() {
    return {
      writable: this.writable,
      commits: this.commits,
      full: this.full,
      leader: this.leader,
      term: this.term,
      members: this.#members.slice(),
      ledSince: this.#ledSince,
      timeouts: new Map(this.#timeouts),
      vote: this.#vote,
      stepDown: this.#stepDown,
      draws: this.#draws,
    };
  }

  restore(saved: ReturnType<Etcd['save']>): void {
    this.writable = saved.writable;
    this.commits = saved.commits;
    this.full = saved.full;
    this.leader = saved.leader;
    this.term = saved.term;
    this.#members = saved.members.slice();
    this.#ledSince = saved.ledSince;
    this.#timeouts = new Map(saved.timeouts);
    this.#vote = saved.vote;
    this.#stepDown = saved.stepDown;
    this.#draws = saved.draws;
  }
}
