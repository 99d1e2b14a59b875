// One Service under watch: those who call it, and its record, which is kept up to date around each
// change of what they would experience.

import type {Simulation} from '../../engine/simulation.ts';
import type {Choices} from '../../machines/service-views.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Backend, Backends} from './backends.ts';
import {Crowd} from './crowd.ts';
import {endpointsText} from './endpoints-text.ts';
import type {Obstacles} from './obstacles.ts';
import {OutsideAudience} from './outside-audience.ts';
import type {OutageLine} from './service-outage.ts';
import {type ServiceIdentity, ServiceRecord} from './service-record.ts';

/** Clients on nodes, who call that port of the Service; without weight they only look at it. */
export type CrowdWish = Pick<Crowd, 'from' | 'port' | 'weight' | 'lookup'>;

export type WatchedWorld = {
  readonly simulation: Simulation;
  readonly backends: Backends;
  readonly line: OutageLine;
  readonly obstacles: Pick<Obstacles, 'reach'>;
  /** What a node does with a connection to a port of the Service. */
  choices(service: WatchedService, node: NodeId, port: number): Choices;
  /** A pod's name, with its node's. */
  nameOf(backend: Backend): string;
  /** The number of the workload that a pod belongs to. */
  workloadOf(backend: Backend): number | undefined;
};

export class WatchedService {
  readonly record: ServiceRecord;
  readonly crowds: readonly Crowd[];
  /** Where somebody outside is said to call it. */
  readonly outside: OutsideAudience | undefined;
  readonly headless: boolean;
  /** Some node has heard of its endpoints. */
  awake = false;
  readonly #world: WatchedWorld;

  constructor(
    identity: ServiceIdentity & {readonly headless: boolean},
    {crowds, outside}: {crowds: readonly CrowdWish[]; outside: number | undefined},
    world: WatchedWorld,
  ) {
    const {headless, ...named} = identity;
    this.headless = headless;
    this.#world = world;
    const watcher = {
      advance: () => this.advance(),
      settle: (root: CauseId) => this.settle(root),
      holds: (backend: Backend) => this.#note(backend),
    };
    const {backends, line} = world;
    this.crowds = crowds.map(wish => new Crowd(wish, {backends, watcher}));
    this.outside = outside === undefined ? undefined : new OutsideAudience(outside);
    const heard = this.crowds.filter(({weight}) => weight > 0);
    const audiences = [...heard, ...(this.outside === undefined ? [] : [this.outside])];
    this.record = new ServiceRecord(named, {line, audiences, describe: () => this.#describe()});
  }

  advance(): void {
    this.record.advance(this.#world.simulation.now);
  }

  settle(root: CauseId): void {
    this.record.settle(this.#world.simulation.now, root);
  }

  /** A node does something else with its connections, maybe. */
  move(node: NodeId, root: CauseId): void {
    for (const crowd of this.crowds) {
      crowd.move(node, this.#world.choices(this, node, crowd.port), root);
    }
  }

  /** All nodes, from the first to the last. */
  moveAll(nodes: number, root: CauseId): void {
    this.advance();
    for (const crowd of this.crowds) {
      if (!this.awake) crowd.recount(this.#world.obstacles.reach);
      for (let node = 0 as NodeId; node < nodes; node++) {
        crowd.put(node, this.#world.choices(this, node, crowd.port), root);
      }
    }
    this.awake = true;
    this.settle(root);
  }

  /** Questions for names fare otherwise. */
  renewSides(root: CauseId): void {
    this.advance();
    for (const crowd of this.crowds) crowd.renewSides();
    this.settle(root);
  }

  /** Something lies between now, or no longer, or something else. */
  recount(root: CauseId): void {
    this.advance();
    for (const crowd of this.crowds) crowd.recount(this.#world.obstacles.reach);
    this.record.settle(this.#world.simulation.now, root);
  }

  succeed(outside: number | undefined, root: CauseId): void {
    if (this.outside === undefined) return;
    this.advance();
    this.outside.set(outside, root);
    this.settle(root);
  }

  #describe(): string {
    const text = endpointsText(this.crowds, this.#world);
    const shut = text === '' && this.outside?.successes === 0;
    return shut ? 'no way in from outside' : text;
  }

  #note(backend: Backend): void {
    const workload = this.#world.workloadOf(backend);
    if (workload !== undefined) this.record.backers.add(workload);
  }

  close(): void {
    this.record.close(this.#world.simulation.now);
    for (const crowd of this.crowds) crowd.dispose();
  }

  /** The reasons for what nodes have nothing to choose from, by crowd. */
  save() {
    const {awake} = this;
    const reasons = this.crowds.map(crowd => crowd.save());
    return {awake, reasons, outside: this.outside?.save(), record: this.record.save()};
  }

  restore(saved: ReturnType<WatchedService['save']>, nodes: number): void {
    this.record.restore(saved.record);
    if (saved.outside !== undefined) this.outside?.restore(saved.outside);
    this.awake = saved.awake;
    if (!saved.awake) return;
    for (const [i, crowd] of this.crowds.entries()) {
      const reasons = new Map(saved.reasons[i]);
      for (let node = 0 as NodeId; node < nodes; node++) {
        const choices = this.#world.choices(this, node, crowd.port);
        crowd.put(node, choices, reasons.get(node) ?? (0 as CauseId));
      }
      crowd.recount(this.#world.obstacles.reach);
    }
  }
}
