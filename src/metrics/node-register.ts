// Every node there ever was, for result files: its name outlives the object. Also how much the
// cluster could have given away, integrated over time.

import {Integral} from '../engine/integral.ts';
import {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {Cursor} from '../objects/change-log.ts';
import type {NodeId} from '../objects/ids.ts';
import {priceOf} from '../objects/node-price.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {gpuThere} from './strategies/gpu-asked.ts';
import type {World} from './world.ts';

export type NodeRecord = {
  readonly name: string;
  readonly zone: string | undefined;
  readonly rack: string | undefined;
  readonly added: Time;
  readonly deleted: Time | undefined;
  /** As the object says now, as all that follows. */
  readonly ready: boolean;
  /** Allocatable. */
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  /** In thousandths of a device. */
  readonly gpuMilli: number;
  /** In millionths of money an hour; 0 where it has none. */
  readonly price: number;
};

export class NodeRegister {
  /** It was added, deleted, or is another now; its record says what it is. */
  readonly changed = new Signal<[node: NodeId]>();
  /** Allocatable of all nodes that exist. */
  readonly cpuMillicores: Integral;
  readonly memoryBytes: Integral;
  readonly gpuMilli: Integral;
  /** Nodes that exist now. */
  count = 0;
  readonly #world: World;
  readonly #cursor: Cursor;
  #records: NodeRecord[] = [];

  constructor(world: World) {
    this.#world = world;
    const {simulation, store} = world;
    this.cpuMillicores = new Integral(simulation.now);
    this.memoryBytes = new Integral(simulation.now);
    this.gpuMilli = new Integral(simulation.now);
    for (const [id, node] of store.nodes.all()) this.#keep(id, node, undefined);
    this.#cursor = store.nodes.log.cursor(() => this.#readLog());
    simulation.part('metrics.nodes', this);
  }

  /** By NodeId; numbers are never used again. */
  get records(): readonly NodeRecord[] {
    return this.#records;
  }

  name(node: NodeId): string {
    return this.#records[node].name;
  }

  save() {
    const {cpuMillicores, memoryBytes, gpuMilli, count} = this;
    const amounts = [cpuMillicores.save(), memoryBytes.save(), gpuMilli.save()] as const;
    return {amounts, count, records: this.#records};
  }

  restore(saved: ReturnType<NodeRegister['save']>): void {
    const [cpu, memory, gpu] = saved.amounts;
    this.cpuMillicores.restore(cpu);
    this.memoryBytes.restore(memory);
    this.gpuMilli.restore(gpu);
    this.count = saved.count;
    this.#records = saved.records;
  }

  #readLog(): void {
    const {log} = this.#world.store.nodes;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const node = log.value(row);
      if (node === undefined) continue;
      const deleted = log.kind(row) === 'deleted' ? log.time(row) : undefined;
      this.#keep(log.id(row) as NodeId, node, deleted);
    }
  }

  #keep(id: NodeId, node: NodeObject, deleted: Time | undefined): void {
    const now = this.#world.simulation.now;
    const before = this.#records[id];
    const record = {
      name: node.name,
      zone: node.labels.get('topology.kubernetes.io/zone'),
      rack: node.labels.get('orrery/rack'),
      added: before?.added ?? now,
      deleted,
      ready: node.conditions.ready === 'True',
      cpuMillicores: node.allocatable.get('cpu') ?? 0,
      memoryBytes: node.allocatable.get('memory') ?? 0,
      gpuMilli: gpuThere(node),
      price: priceOf(node),
    };
    this.#records[id] = record;
    const exists = deleted === undefined ? 1 : 0;
    const existed = before === undefined ? 0 : 1;
    this.count += exists - existed;
    const cpu = exists * record.cpuMillicores - (before?.cpuMillicores ?? 0);
    const memory = exists * record.memoryBytes - (before?.memoryBytes ?? 0);
    if (cpu !== 0) this.cpuMillicores.add(cpu, now);
    if (memory !== 0) this.memoryBytes.add(memory, now);
    const gpu = exists * record.gpuMilli - (before?.gpuMilli ?? 0);
    if (gpu !== 0) this.gpuMilli.add(gpu, now);
    this.changed.emit(id);
  }
}
