// Decides at each pass which nodes are to lose their pods, and taints them when it is their turn:
// a tick every 100 ms asks each zone (node_lifecycle_controller.go, processTaintBaseEviction,
// handleDisruption and doNoExecuteTaintingPass).

import type {EventHandle, EventKind, Simulation} from '../../engine/simulation.ts';
import {millisecond, type Time, toTime} from '../../engine/time.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {NodeChange} from '../../objects/node-request.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {ClusterView} from '../cluster-view.ts';
import type {ManagerOptions} from '../manager-options.ts';
import {Passes} from '../passes.ts';
import {noExecuteChange, noExecuteRemoval, noExecuteTaint, type Readiness} from './node-taints.ts';
import {isExcluded, type ZoneCount, zoneKey} from './zone-state.ts';
import {Zones} from './zones.ts';

const tickPeriod: Time = 100 * millisecond;

export type EvictionParts = {
  readonly simulation: Simulation;
  readonly view: ClusterView;
  readonly options: ManagerOptions;
  /** Of a node as the controller has it, which may have just written it. */
  readonly readiness: (node: NodeId) => Readiness;
  /** To be written under the cause of the node's trouble. */
  readonly write: (node: NodeId, change: NodeChange) => void;
};

export class Evictions {
  readonly #parts: EvictionParts;
  readonly #ticked: EventKind;
  readonly #ticks: Passes;
  readonly #zones: Zones;
  #tick: {readonly handle: EventHandle; readonly at: Time} | undefined;

  /** `name` is the controller's. */
  constructor(parts: EvictionParts, name: string) {
    this.#parts = parts;
    const {simulation, options} = parts;
    this.#zones = new Zones(options);
    const phase = simulation.passingRandom(`${name}/tick-phase`);
    this.#ticks = new Passes(tickPeriod, toTime(phase.uniform(0, tickPeriod)));
    this.#ticked = simulation.event(`${name}.taints-due`, () => this.#taint());
  }

  /** A change of any node may change what holds for its zone. */
  get troubled(): boolean {
    return this.#zones.troubled;
  }

  waits(node: NodeId): boolean {
    return this.#zones.has(node);
  }

  /** What a pass does about one node. */
  settle(node: NodeId, value: NodeObject): void {
    const ready = this.#parts.readiness(node);
    if (ready === 'True') {
      this.#spare(node, value);
      return;
    }
    const taint = noExecuteTaint(value, ready);
    // One reason in place of the other needs no turn.
    if (taint === 'other') this.#parts.write(node, noExecuteChange(value, ready));
    else if (taint === 'none') this.#queue(node, value);
  }

  #queue(node: NodeId, value: NodeObject): void {
    this.#zones.add(node, zoneKey(value), this.#parts.simulation.now);
    this.#expectTick();
  }

  #spare(node: NodeId, value: NodeObject): void {
    this.#zones.remove(node);
    this.#untaint(node, value);
  }

  #untaint(node: NodeId, value: NodeObject): void {
    const removal = noExecuteRemoval(value);
    if (removal !== undefined) this.#parts.write(node, removal);
  }

  /** The end of a pass. `some-back`: no zone had a ready node until now. */
  judge(): 'all-lost' | 'some-back' | undefined {
    const {simulation, view} = this.#parts;
    const verdict = this.#zones.judge(this.#counts(), simulation.now);
    if (verdict === 'all-lost') for (const [node, value] of view.nodes) this.#untaint(node, value);
    this.#expectTick();
    return verdict;
  }

  #counts(): Map<string, ZoneCount> {
    const counts = new Map<string, ZoneCount>();
    for (const [node, value] of this.#parts.view.nodes) {
      if (isExcluded(value)) continue;
      const key = zoneKey(value);
      const count = counts.get(key) ?? {ready: 0, notReady: 0};
      counts.set(key, count);
      if (this.#parts.readiness(node) === 'True') count.ready++;
      else count.notReady++;
    }
    return counts;
  }

  /** A node that is gone or ready by now has used up its turn all the same. */
  #taint(): void {
    this.#tick = undefined;
    const {simulation, view, readiness, write} = this.#parts;
    for (const node of this.#zones.take(simulation.now)) {
      const value = view.nodes.get(node);
      const ready = readiness(node);
      if (value !== undefined && ready !== 'True') write(node, noExecuteChange(value, ready));
    }
    this.#expectTick();
  }

  #expectTick(): void {
    const {simulation} = this.#parts;
    const {nextAt} = this.#zones;
    const at =
      nextAt === undefined ? undefined : this.#ticks.next(Math.max(nextAt, simulation.now + 1));
    if (this.#tick?.at === at) return;
    if (this.#tick !== undefined) simulation.cancel(this.#tick.handle);
    this.#tick = at === undefined ? undefined : {handle: this.#ticked.at(at), at};
  }

  stop(): void {
    this.#zones.clear();
    this.#expectTick();
  }

  start(now: Time): void {
    this.#ticks.restart(now);
  }

  save() {
    return {zones: this.#zones.save(), ticks: this.#ticks.save(), tick: this.#tick};
  }

  restore({zones, ticks, tick}: ReturnType<Evictions['save']>): void {
    this.#zones.restore(zones);
    this.#ticks.restore(ticks);
    this.#tick = tick;
  }
}
