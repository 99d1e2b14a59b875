// nodes.csv and the cluster's utilisation: how available each node was, and what the pods on it
// have requested, from the moment a binding is stored until the pod is over, integrated exactly at
// each change. An idle node costs nothing.

import type {Time} from '../engine/time.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Census} from './census.ts';
import {type Figure, ratioText, total} from './figures.ts';
import {IntegralRows} from './integral-rows.ts';
import type {NodeAvailability} from './node-availability.ts';
import type {NodeRecord, NodeRegister} from './node-register.ts';
import {PodRequests} from './pod-requests.ts';
import {roomFor} from './rows.ts';
import type {Cell, ResultTable} from './table.ts';
import type {World} from './world.ts';

const [cpu, memory, pods] = [0, 1, 2];

export class NodeUsage {
  /** Requested by all pods that are bound and not over. */
  cpuMillicores = 0;
  memoryBytes = 0;
  readonly #world: World;
  readonly #register: NodeRegister;
  readonly #availability: NodeAvailability;
  readonly #requests = new PodRequests();
  readonly #requested = new IntegralRows(3);
  #mostPods = new Int32Array(64);
  #used = 0;
  // By PodId, so that what is given back is what was taken, whatever the template says by then.
  #cpuOf = new Float64Array(64);
  #memoryOf = new Float64Array(64);

  constructor(
    world: World,
    seen: {census: Census; register: NodeRegister; availability: NodeAvailability},
  ) {
    const {census, register, availability} = seen;
    this.#world = world;
    this.#register = register;
    this.#availability = availability;
    census.bound.watch((pod, node) => this.#take(pod, node));
    census.over.watch(pod => this.#giveBack(pod, world.store.pods.node(pod)));
    world.simulation.part('metrics.node-usage', this);
  }

  /** Nodes with a pod now. */
  get used(): number {
    return this.#used;
  }

  figures(end: Time): Figure[] {
    const {cpuMillicores: cpuThere, memoryBytes: memoryThere, count} = this.#register;
    const {cpuMillicores, memoryBytes} = this;
    const cpuMean = ratioText(this.#requested.total(cpu, end), cpuThere.integral(end));
    const memoryMean = ratioText(this.#requested.total(memory, end), memoryThere.integral(end));
    return [
      total('nodes', count, 'nodes'),
      total('nodes_used', this.#used, 'nodes'),
      ...this.#failureFigures(end),
      total('cpu_requested_share_mean', cpuMean, 'share'),
      total('cpu_requested_share_end', ratioText(cpuMillicores, cpuThere.value), 'share'),
      total('memory_requested_share_mean', memoryMean, 'share'),
      total('memory_requested_share_end', ratioText(memoryBytes, memoryThere.value), 'share'),
    ];
  }

  #failureFigures(end: Time): Figure[] {
    const {failures} = this.#availability;
    if (failures === 0) return [];
    const upShare = this.#availability.upShare(end);
    return [total('node_failures', failures, 'failures'), total('node_up_share', upShare, 'share')];
  }

  table(end: Time): ResultTable {
    return {file: 'nodes.csv', columns, long: true, rows: () => this.#rows(end)};
  }

  save() {
    return {
      cpu: this.cpuMillicores,
      memory: this.memoryBytes,
      requested: this.#requested.save(),
      mostPods: this.#mostPods,
      used: this.#used,
      cpuOf: this.#cpuOf,
      memoryOf: this.#memoryOf,
    };
  }

  restore(saved: ReturnType<NodeUsage['save']>): void {
    this.cpuMillicores = saved.cpu;
    this.memoryBytes = saved.memory;
    this.#requested.restore(saved.requested);
    this.#mostPods = saved.mostPods;
    this.#used = saved.used;
    this.#cpuOf = saved.cpuOf;
    this.#memoryOf = saved.memoryOf;
  }

  #take(pod: PodId, node: NodeId): void {
    const {cpuMillicores, memoryBytes} = this.#requests.of(this.#world.store.pods.template(pod));
    this.#cpuOf = roomFor(this.#cpuOf, pod);
    this.#memoryOf = roomFor(this.#memoryOf, pod);
    this.#mostPods = roomFor(this.#mostPods, node);
    this.#cpuOf[pod] = cpuMillicores;
    this.#memoryOf[pod] = memoryBytes;
    this.#change(node, cpuMillicores, memoryBytes, 1);
    const here = this.#requested.value(node, pods);
    if (here === 1) this.#used++;
    if (here > this.#mostPods[node]) this.#mostPods[node] = here;
  }

  #giveBack(pod: PodId, node: NodeId | undefined): void {
    if (node === undefined) return;
    this.#change(node, -this.#cpuOf[pod], -this.#memoryOf[pod], -1);
    if (this.#requested.value(node, pods) === 0) this.#used--;
  }

  #change(node: NodeId, cpuMillicores: number, memoryBytes: number, podCount: 1 | -1): void {
    const now = this.#world.simulation.now;
    this.#requested.add(node, cpu, cpuMillicores, now);
    this.#requested.add(node, memory, memoryBytes, now);
    this.#requested.add(node, pods, podCount, now);
    this.cpuMillicores += cpuMillicores;
    this.memoryBytes += memoryBytes;
  }

  *#rows(end: Time): Generator<Cell[]> {
    for (const [node, record] of this.#register.records.entries())
      yield this.#row(node, record, end);
  }

  #row(node: number, {name, zone, rack, added, deleted}: NodeRecord, end: Time): Cell[] {
    const existed = BigInt((deleted ?? end) - added);
    const mean = (which: number, unit: bigint) =>
      ratioText(this.#requested.integral(node, which, end), existed * unit);
    return [
      name,
      zone,
      rack,
      ...this.#availability.cells(node as NodeId, end),
      mean(cpu, 1000n),
      mean(memory, 1n),
      mean(pods, 1n),
      this.#mostPods[node] ?? 0,
    ];
  }
}

/**
 * `up_share`: of the time for which its object existed, with power; `ready_share`: with the
 * condition Ready. `failures`: times it lost power. `mean_up`, `mean_down`: seconds with and
 * without power per failure, the spell at the end included. Means are over the time for which the
 * node existed: cpu in cores, memory in bytes, pods in pods.
 */
const columns = [
  'name',
  'zone',
  'rack',
  'up_share',
  'ready_share',
  'failures',
  'mean_up',
  'mean_down',
  'cpu_requested_mean',
  'memory_requested_mean',
  'pods_mean',
  'pods_max',
];
