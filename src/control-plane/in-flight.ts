// How many requests each API server serves at once, by priority levels (apiserver/pkg/apis/
// flowcontrol/bootstrap/default.go): each has its share of the seats, so that none starves another.
// No level lends seats, and within one the first to come is the first to be served.

import type {Simulation} from '../engine/simulation.ts';
import type {MasterId} from '../machines/masters.ts';
import {Seats} from './seats.ts';

/** Shares of the levels. Renewals of leases need no seat here: nothing else is on their level. */
const shares = {
  'leader-election': 10,
  'node-high': 40,
  system: 30,
  'workload-high': 40,
  'workload-low': 100,
  'global-default': 20,
  'catch-all': 5,
};

export type PriorityLevel = keyof typeof shares;

/** As --max-requests-inflight and --max-mutating-requests-inflight, whose sum is dealt out. */
export type InFlightLimits = {readonly reading: number; readonly mutating: number};

export const usualInFlight: InFlightLimits = {reading: 400, mutating: 200};

export function seatCount(level: PriorityLevel, {reading, mutating}: InFlightLimits): number {
  const all = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return Math.ceil(((reading + mutating) * shares[level]) / all);
}

/**
 * As the flow schemas that kubeadm's users match; `undefined`: exempt, as system:masters, so that a
 * generator's pods come when the scenario says.
 */
export function levelOf(client: string, program: string): PriorityLevel | undefined {
  if (program === 'workload') return undefined;
  if (client === 'kubelet-status') return 'node-high';
  if (program === 'kubelet') return 'system';
  if (program === 'kube-scheduler' || program === 'kube-controller-manager') return 'workload-high';
  return 'global-default';
}

export class InFlight {
  readonly #limits: InFlightLimits;
  /** By master. */
  readonly #levels = new Map<PriorityLevel, (Seats | undefined)[]>();

  constructor(simulation: Simulation, limits: InFlightLimits) {
    this.#limits = limits;
    simulation.part('control-plane.in-flight', this);
  }

  /** The seats that an API server has for this level. */
  level(level: PriorityLevel): (server: MasterId) => Seats {
    const count = seatCount(level, this.#limits);
    const servers = this.#servers(level);
    return server => {
      servers[server] ??= new Seats(count);
      return servers[server];
    };
  }

  /** That API server has started anew. */
  clear(server: MasterId): void {
    for (const servers of this.#levels.values()) servers[server] = undefined;
  }

  #servers(level: PriorityLevel): (Seats | undefined)[] {
    const known = this.#levels.get(level);
    if (known !== undefined) return known;
    const servers: (Seats | undefined)[] = [];
    this.#levels.set(level, servers);
    return servers;
  }

  save() {
    return [...this.#levels].map(([level, servers]) => {
      return [level, Array.from(servers, seats => seats?.save())] as const;
    });
  }

  restore(saved: ReturnType<InFlight['save']>): void {
    for (const [level, ends] of saved) {
      const servers = this.#servers(level);
      servers.length = 0;
      for (const each of ends) servers.push(each && Seats.of(each));
    }
  }
}
