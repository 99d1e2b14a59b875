// How long a packet is on its way between two places, whether it is lost, and how long a payload
// takes on top. What decides is the kind of the way, its `path`; each has a stream of its own.
// Ways are not shared: a transfer has its bandwidth whatever else is sent.

import type {RandomStream} from '../../engine/random.ts';
import type {Simulation} from '../../engine/simulation.ts';
import {second, type Time, toTime} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Distribution} from '../../options/distribution.ts';
import {type LatencyOptions, type PathName, paths} from './latency-options.ts';
import {tripDrawer} from './trip-drawer.ts';

/** A kind of way: its place in `paths`. */
export type Path = number & {readonly id: 'path'};

export const samePod = paths.indexOf('samePod') as Path;
const sameNode = paths.indexOf('sameNode') as Path;
const sameZone = paths.indexOf('sameZone') as Path;
const crossZone = paths.indexOf('crossZone') as Path;
const crossRegion = paths.indexOf('crossRegion') as Path;
const outside = paths.indexOf('outside') as Path;

export type LatenciesOptions = LatencyOptions & {
  readonly simulation: Simulation;
  readonly machines: Machines;
};

export class Latencies {
  /** Nothing takes any time, and nothing is lost. */
  readonly free: boolean;
  readonly #machines: Machines;
  /** By path: of a packet one way, and of a packet and its answer. */
  readonly #delays: (() => Time)[] = [];
  readonly #roundTrips: (() => Time)[] = [];
  readonly #loss: number[];
  readonly #losses: (RandomStream | undefined)[];
  readonly #microsecondsPerByte: number[];
  /** By node, as far as anybody has asked. */
  readonly #zones: number[] = [];
  readonly #regions: number[] = [];
  readonly #numbers = new Map<string | undefined, number>();

  constructor({simulation, machines, latency, loss, bandwidth}: LatenciesOptions) {
    this.#machines = machines;
    for (const path of paths) {
      const trip: Distribution = latency === 'none' ? noTime : latency[path];
      const floor = latency === 'none' ? 0 : latency.floor;
      const stream = simulation.random(`network.latency/${path}`);
      this.#delays.push(tripDrawer(trip, {stream, floor, share: 0.5}));
      this.#roundTrips.push(tripDrawer(trip, {stream, floor, share: 1}));
    }
    this.#loss = paths.map(path => (typeof loss === 'number' ? loss : (loss[path] ?? 0)));
    this.#losses = this.#loss.map((chance, path) =>
      chance > 0 ? simulation.random(`network.loss/${paths[path]}`) : undefined,
    );
    this.#microsecondsPerByte = paths.map(path => {
      const bytes = typeof bandwidth === 'object' ? bandwidth[path] : bandwidth;
      return bytes === undefined ? 0 : second / bytes;
    });
    const nothing = (all: readonly number[]) => all.every(each => each === 0);
    this.free = latency === 'none' && nothing(this.#loss) && nothing(this.#microsecondsPerByte);
  }

  /** What lies between two places; that both are one pod, the caller has to know (`samePod`). */
  between(from: Place, to: Place): Path {
    if (from === undefined || to === undefined) return outside;
    if (from === to) return sameNode;
    const [zones, regions] = [this.#zones, this.#regions];
    if (Math.max(from, to) >= zones.length) this.#number();
    if (regions[from] !== regions[to]) return crossRegion;
    return zones[from] === zones[to] ? sameZone : crossZone;
  }

  /** Of one packet, one way: half of a round trip. */
  delay(path: Path): Time {
    return this.#delays[path]();
  }

  /** Of a packet and its answer, as of a TCP handshake: one draw from what the scenario says. */
  roundTrip(path: Path): Time {
    return this.#roundTrips[path]();
  }

  /** What a payload adds to the way of its first packet. */
  transfer(path: Path, bytes: number): Time {
    return toTime(bytes * this.#microsecondsPerByte[path]);
  }

  /** Whether one packet is lost; draws only where any are. */
  lost(path: Path): boolean {
    const stream = this.#losses[path];
    return stream !== undefined && stream.uniform() < this.#loss[path];
  }

  /** The chance of that. */
  loss(path: Path): number {
    return this.#loss[path];
  }

  name(path: Path): PathName {
    return paths[path];
  }

  /** Places never move, so what is derived from them needs no saving. */
  #number(): void {
    for (let node = this.#zones.length as NodeId; node < this.#machines.count; node++) {
      this.#zones.push(this.#numberOf(this.#machines.zone(node)));
      this.#regions.push(this.#numberOf(this.#machines.region(node)));
    }
  }

  #numberOf(name: string | undefined): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}

const noTime: Distribution = {measure: 'duration', law: 'constant', value: 0};
