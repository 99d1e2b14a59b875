// The control plane as a thing that can fail: whether etcd commits, which API servers serve, and
// over which lines everybody else reaches one. Components ask it nothing; they notice that their
// requests wait and their watches are silent.

import type {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Machines} from '../machines/machines.ts';
import type {Master, MasterId, Masters} from '../machines/masters.ts';
import {shareMachines} from '../machines/shared-machines.ts';
import type {ApiLine} from '../objects/api-line.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import {Connections} from './connections.ts';
import {Etcd} from './etcd.ts';
import type {Gate} from './gate.ts';
import {KubeletGate, programGate} from './gates.ts';
import {InFlight, type InFlightLimits, levelOf, usualInFlight} from './in-flight.ts';
import {MasterDaemon} from './master-daemon.ts';
import {Membership} from './membership.ts';
import {ProgramLines} from './program-lines.ts';
import {Reach} from './reach.ts';
import type {Seats} from './seats.ts';
import {type ControlPlaneTiming, realTiming} from './timing.ts';

export type ControlPlaneOptions = {
  readonly simulation: Simulation;
  readonly machines: Machines;
  /** Those that are there now are what the cluster begins with. */
  readonly masters: Masters;
  readonly timing?: ControlPlaneTiming;
  readonly inFlight?: InFlightLimits;
};

export class ControlPlane {
  readonly masters: Masters;
  readonly etcd: Etcd;
  readonly nodeLines: NodeLines;
  /** Etcd commits no more, or again. */
  readonly writableLost: Signal<[]>;
  readonly writableFound: Signal<[]>;
  readonly apiServerLost: Signal<[master: MasterId]>;
  readonly apiServerFound: Signal<[master: MasterId]>;
  readonly etcdLeaderLost: Signal<[master: MasterId, term: number]>;
  readonly etcdLeaderFound: Signal<[master: MasterId, term: number]>;
  readonly #apiServers: MasterDaemon;
  readonly #membership: Membership;
  readonly #nodes: Connections<NodeId>;
  readonly #programs: ProgramLines;
  readonly #kubelets: Gate;
  readonly #inFlight: InFlight;

  constructor(options: ControlPlaneOptions) {
    const {simulation, machines, masters, timing = realTiming} = options;
    this.#inFlight = new InFlight(simulation, options.inFlight ?? usualInFlight);
    this.masters = masters;
    shareMachines(machines, masters);
    this.etcd = new Etcd({simulation, masters, timing});
    this.#apiServers = new MasterDaemon({
      simulation,
      masters,
      name: 'api-server',
      heldDown: masters.withoutApiServer,
      stopped: masters.apiServerStopped,
      started: masters.apiServerStarted,
      boot: timing.boot,
      start: timing.apiServerStart,
    });
    const {etcd} = this;
    const apiServers = this.#apiServers;
    this.#membership = new Membership({simulation, masters, etcd, apiServers, timing});
    const reach = new Reach(machines, masters);
    this.#nodes = nodeConnections(simulation, {apiServers, reach, timing});
    this.#programs = programLines(simulation, {apiServers, reach, timing});
    this.#kubelets = new KubeletGate(simulation, {lines: this.#nodes, etcd, machines, masters});
    this.nodeLines = {
      open: node => this.#nodes.open(node),
      lost: this.#nodes.lost,
      found: this.#nodes.found,
    };
    this.writableLost = etcd.writableLost;
    this.writableFound = etcd.writableFound;
    this.etcdLeaderLost = etcd.leaderLost;
    this.etcdLeaderFound = etcd.leaderFound;
    this.apiServerLost = apiServers.ended;
    this.apiServerFound = apiServers.begun;
    this.#bootstrap();
    this.#watch(machines);
  }

  get writable(): boolean {
    return this.etcd.writable;
  }

  /** Its API server runs and answers those who reach it. */
  serves(master: MasterId): boolean {
    return this.#apiServers.up(master);
  }

  line(program: string): ApiLine {
    return this.#programs.line(program);
  }

  /**
   * A program that has just started connects anew; one of the control plane's own to the API server
   * of the master on which it runs, if that is told.
   */
  started(program: string, home?: MasterId): void {
    this.#programs.started(program, home);
  }

  /** Of a client of that program. */
  gate(program: string): Gate {
    if (program === 'kubelet') return this.#kubelets;
    return programGate(this.#programs.line(program), this.etcd, this.masters);
  }

  /** Of the API server that serves requests of this key of the client's gate. */
  seats(client: string, program: string): ((key: number) => Seats | undefined) | undefined {
    const name = levelOf(client, program);
    if (name === undefined) return undefined;
    const level = this.#inFlight.level(name);
    const nodes = this.#nodes;
    const line = program === 'kubelet' ? undefined : this.#programs.line(program);
    return key => {
      const server = line === undefined ? nodes.server(key as NodeId) : line.server;
      return server === undefined ? undefined : level(server);
    };
  }

  /** A new machine; it is a member of etcd and serves some time later. */
  addMaster(master: Master): MasterId {
    return this.#membership.add(master);
  }

  /** Etcd begins anew on the masters where it runs. */
  reformEtcd(): void {
    this.#membership.reform();
  }

  removeMaster(master: MasterId): void {
    this.#membership.remove(master);
  }

  #bootstrap(): void {
    const first = [...this.masters.all()].map(([master]) => master);
    for (const master of first) this.#apiServers.install(master, 0);
    this.etcd.bootstrap(first);
  }

  #watch(machines: Machines): void {
    const {masters} = this;
    const nodes = this.#nodes;
    machines.added.watch(node => nodes.add(node));
    for (const signal of [machines.cutOff, machines.joined]) signal.watch(node => nodes.look(node));
    for (const signal of [machines.poweredOn, machines.kubeletStarted]) {
      signal.watch(node => nodes.renew(node));
    }
    const {begun, ended} = this.#apiServers;
    begun.watch(master => this.#inFlight.clear(master));
    const {poweredOff, poweredOn, cutOff, joined} = masters;
    for (const signal of [begun, ended, poweredOff, poweredOn, cutOff, joined]) {
      signal.watch(() => {
        this.#programs.look();
        nodes.lookAtAll();
      });
    }
  }
}

type Servers = {
  readonly apiServers: MasterDaemon;
  readonly reach: Reach;
  readonly timing: ControlPlaneTiming;
};

function nodeConnections(
  simulation: Simulation,
  {apiServers, reach, timing}: Servers,
): Connections<NodeId> {
  return new Connections<NodeId>(simulation, {
    who: 'node',
    nameOf: node => `${node}`,
    servers: () => apiServers.all(),
    serves: server => apiServers.up(server),
    answers: (server, node) => reach.fromNode(node, server),
    runs: server => apiServers.runs(server),
    reconnect: timing.reconnect,
    backOff: timing.backOff.kubelet,
    silence: timing.silence.kubelet,
  });
}

function programLines(simulation: Simulation, {apiServers, reach, timing}: Servers): ProgramLines {
  return new ProgramLines(simulation, {
    servers: () => apiServers.all(),
    serves: server => apiServers.up(server),
    answers: (server, home) => reach.fromMaster(home, server),
    runs: server => apiServers.runs(server),
    reconnect: timing.reconnect,
    backOff: timing.backOff.others,
    silence: timing.silence.others,
  });
}
