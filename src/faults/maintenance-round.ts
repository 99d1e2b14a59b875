// One round of maintenance after the other. Of a node:
//
//   waiting its turn ─▶ draining ─▶ rebooting ─▶ coming back (looked at every 10 s until Ready)
//                                                     └─▶ uncordoned ─settle─▶ the next one's turn

import {second, type Time} from '../engine/time.ts';
import {type CauseId, noCause} from '../objects/causes.ts';
import type {NodeId} from '../objects/ids.ts';
import {nodesMeant} from '../objects/node-targets.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import type {Target} from '../options/target.ts';
import {anyone} from '../options/target.ts';
import type {FaultClock, RunningFault} from './fault-clock.ts';
import type {FaultTimes} from './fault-times.ts';
import type {FaultWorld} from './fault-world.ts';
import {namesOf} from './strike.ts';

export type RoundOptions = FaultTimes & {
  readonly node: Target | undefined;
  readonly atOnce: number;
  readonly drain: boolean;
  readonly drainTimeout: Time | undefined;
  readonly downtime: Time;
  readonly settle: Time;
};

type Step = 'draining' | 'rebooting' | 'coming' | 'settling';

const lookAgain: Time = 10 * second;

export class MaintenanceRound implements RunningFault {
  readonly #parts: MaintenanceParts;
  readonly #gap: Draw | undefined;
  #cause: CauseId = noCause;
  #queue: NodeId[] = [];
  #steps = new Map<NodeId, Step>();
  #rounds = 0;

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
    const {world, name, options} = parts;
    const {every} = options;
    this.#gap = every && drawer(every, world.simulation.random(`faults.${name}/every`));
    world.drainer.ended.watch(node => {
      if (this.#steps.get(node) === 'draining') this.#reboot(node);
    });
    world.reboots.cameUp.watch(node => {
      if (this.#steps.get(node) === 'rebooting') this.#look(node);
    });
  }

  start(): void {
    const first = this.#parts.options.at ?? this.#gap?.();
    if (first !== undefined) this.#expect(first);
  }

  #expect(delay: Time): void {
    const {clock, world, options} = this.#parts;
    const time = world.simulation.now + delay;
    if (time <= (options.until ?? Infinity) && Number.isSafeInteger(time)) clock.begin(delay, 0);
  }

  /** A round that is due while one is under way is left out. */
  begin(): void {
    const {world, name, options} = this.#parts;
    const {simulation, store} = world;
    simulation.cause = noCause;
    const gap = this.#gap?.();
    if (gap !== undefined) this.#expect(gap);
    if (this.#queue.length + this.#steps.size > 0) return;
    const random = () => simulation.passingRandom(`faults.${name}/whom/${this.#rounds}`);
    this.#queue = nodesMeant(options.node ?? anyone, store.nodes, random);
    this.#rounds++;
    if (this.#queue.length === 0) return;
    const target = namesOf(this.#queue.map(node => `node/${store.nodes.nameOf(node)}`));
    this.#cause = store.causes.begin({origin: 'fault', kind: 'maintenance', target});
    this.#goOn();
  }

  #goOn(): void {
    const {world, options} = this.#parts;
    while (this.#steps.size < options.atOnce) {
      const node = this.#queue.shift();
      if (node === undefined) break;
      if (world.store.nodes.get(node) !== undefined) this.#take(node);
    }
    if (this.#steps.size > 0) return;
    world.store.causes.end(this.#cause);
    this.#cause = noCause;
  }

  #take(node: NodeId): void {
    const {world, options} = this.#parts;
    world.simulation.cause = this.#cause;
    this.#steps.set(node, 'draining');
    if (options.drain) world.drainer.drain(node, {timeout: options.drainTimeout, force: true});
    else this.#reboot(node);
  }

  #reboot(node: NodeId): void {
    const {world, options} = this.#parts;
    world.simulation.cause = this.#cause;
    this.#steps.set(node, 'rebooting');
    world.reboots.reboot(node, options.downtime);
  }

  // As one who waits for `kubectl get node` to say Ready before it is uncordoned. The first look is
  // not at once, for what was Ready before a short reboot may still be called so.
  #look(node: NodeId): void {
    this.#parts.world.simulation.cause = this.#cause;
    this.#steps.set(node, 'coming');
    this.#parts.clock.end(lookAgain, node);
  }

  end(slot: number): void {
    const node = slot as NodeId;
    const {world, options, clock} = this.#parts;
    world.simulation.cause = this.#cause;
    const object = world.store.nodes.get(node);
    if (this.#steps.get(node) === 'coming' && object !== undefined) {
      if (object.conditions.ready !== 'True') {
        clock.end(lookAgain, node);
        return;
      }
      if (options.drain) world.drainer.uncordon(node);
      this.#steps.set(node, 'settling');
      clock.end(options.settle, node);
      return;
    }
    this.#steps.delete(node);
    this.#goOn();
  }

  save() {
    const [cause, queue, steps, rounds] = [this.#cause, this.#queue, this.#steps, this.#rounds];
    return {cause, queue, steps, rounds};
  }

  restore(saved: unknown): void {
    const {cause, queue, steps, rounds} = saved as ReturnType<typeof this.save>;
    this.#cause = cause;
    this.#queue = queue;
    this.#steps = steps;
    this.#rounds = rounds;
  }
}

export type MaintenanceParts = {
  readonly world: FaultWorld;
  readonly name: string;
  readonly clock: FaultClock;
  readonly options: RoundOptions;
};
