// How much of the cluster's devices is allocated, and how much is fragmented: at the end, over
// time, and by how much has been asked for so far (gpu-arrivals.ts). A pod counts from the moment
// its binding is stored until it is over. Clusters without devices have none of this.

import {Integral} from '../engine/integral.ts';
import type {Time} from '../engine/time.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import {wholeDevice} from '../objects/gpu.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Census} from './census.ts';
import {type Figure, ratioText, total} from './figures.ts';
import {GpuArrivals} from './gpu-arrivals.ts';
import {GpuNodes, type Taken} from './gpu-nodes.ts';
import type {NodeRegister} from './node-register.ts';
import {PodRequests} from './pod-requests.ts';
import type {ResultTable} from './table.ts';
import type {World} from './world.ts';

export class GpuUsage {
  readonly #world: World;
  readonly #census: Census;
  readonly #fragmentation: Fragmentation | undefined;
  readonly #nodes: GpuNodes;
  readonly #arrivals = new GpuArrivals();
  readonly #requests = new PodRequests();
  readonly #there: Integral;
  readonly #allocated: Integral;
  readonly #fragmented: Integral;
  /** By PodId, of pods on nodes with devices: what is given back is what was taken. */
  #taken = new Map<PodId, Taken>();
  #arrivedPods = 0;

  constructor(world: World, seen: {census: Census; register: NodeRegister}) {
    const {census, register} = seen;
    const {simulation, store, fragmentation} = world;
    this.#world = world;
    this.#census = census;
    this.#fragmentation = fragmentation;
    this.#nodes = new GpuNodes(fragmentation);
    this.#there = new Integral(simulation.now);
    this.#allocated = new Integral(simulation.now);
    this.#fragmented = new Integral(simulation.now);
    for (const [id] of store.nodes.all()) this.#replace(id);
    register.changed.watch(id => this.#replace(id));
    store.signals.created.watch(pod => this.#arrive(pod));
    census.bound.watch((pod, node) => this.#take(pod, node));
    census.over.watch(pod => this.#giveBack(pod, store.pods.node(pod)));
    simulation.part('metrics.gpu', this);
  }

  finish(): void {
    this.#arrivals.step(this.#state());
  }

  /** Empty where there never was a device. */
  figures(end: Time): Figure[] {
    const there = this.#there.integral(end);
    if (there === 0n) return [];
    const allocated = this.#allocated;
    return [
      total('gpu_devices', this.#nodes.total / wholeDevice, 'devices'),
      share('gpu_allocated_share_mean', allocated.integral(end), there),
      share('gpu_allocated_share_end', allocated.value, this.#nodes.total),
      ...this.#fragmentationFigures(end, there),
      ...this.#arrivals.figures(this.#fragmentation !== undefined),
    ];
  }

  tables(): ResultTable[] {
    if (this.#arrivals.empty) return [];
    return [this.#arrivals.table(this.#fragmentation !== undefined)];
  }

  save() {
    return {
      nodes: this.#nodes.save(),
      arrivals: this.#arrivals.save(),
      there: this.#there.save(),
      allocated: this.#allocated.save(),
      fragmented: this.#fragmented.save(),
      taken: this.#taken,
      arrivedPods: this.#arrivedPods,
    };
  }

  restore(saved: ReturnType<GpuUsage['save']>): void {
    this.#nodes.restore(saved.nodes);
    this.#arrivals.restore(saved.arrivals);
    this.#there.restore(saved.there);
    this.#allocated.restore(saved.allocated);
    this.#fragmented.restore(saved.fragmented);
    this.#taken = saved.taken;
    this.#arrivedPods = saved.arrivedPods;
  }

  #fragmentationFigures(end: Time, there: bigint): Figure[] {
    if (this.#fragmentation === undefined) return [];
    const {pods} = this.#fragmentation;
    const mean = this.#fragmented.integral(end);
    const idle = this.#nodes.total - this.#allocated.value;
    return [
      share('gpu_fragmented_share_mean', mean, there * BigInt(pods)),
      share('gpu_fragmented_share_end', this.#nodes.fragmented, this.#nodes.total * pods),
      share('gpu_fragmented_share_of_idle_end', this.#nodes.fragmented, idle * pods),
    ];
  }

  /** What came of the pod before it stands by now: it was placed, or it was not. */
  #arrive(pod: PodId): void {
    if (this.#arrivedPods === this.#census.created) return;
    this.#arrivedPods = this.#census.created;
    if (this.#nodes.total === 0) return;
    this.#arrivals.step(this.#state());
    const {gpu} = this.#world.store.pods.template(pod).spec;
    this.#arrivals.arrive(gpu === undefined ? 0 : gpu.count * gpu.milli);
  }

  #replace(id: NodeId): void {
    this.#nodes.replace(id, this.#world.store.nodes.get(id));
    if (this.#nodes.has(id)) this.#integrate();
  }

  #state() {
    const {total: there, fragmented} = this.#nodes;
    const pods = this.#fragmentation?.pods ?? 1;
    return {there, allocated: this.#allocated.value, fragmented: fragmented / pods};
  }

  #take(pod: PodId, node: NodeId): void {
    // The manifest names the node: it is bound before anybody hears that it was created.
    this.#arrive(pod);
    if (!this.#nodes.has(node)) return;
    const {pods} = this.#world.store;
    const template = pods.template(pod);
    const {cpuMillicores} = this.#requests.of(template);
    const {gpu} = template.spec;
    // A pod of a dump whose devices nobody names: as the scheduler counts it.
    const devices = pods.devices[pod] || (gpu === undefined ? 0 : this.#nodes.tightest(node, gpu));
    const taken = {cpuMillicores, devices, milli: gpu?.milli ?? 0};
    this.#taken.set(pod, taken);
    this.#change(node, taken, 1);
  }

  #giveBack(pod: PodId, node: NodeId | undefined): void {
    const taken = this.#taken.get(pod);
    if (taken === undefined || node === undefined) return;
    this.#taken.delete(pod);
    this.#change(node, taken, -1);
  }

  #change(node: NodeId, taken: Taken, sign: 1 | -1): void {
    this.#nodes.take(node, taken, sign);
    const milli = sign * bits(taken.devices) * taken.milli;
    this.#allocated.add(milli, this.#world.simulation.now);
    this.#integrate();
  }

  #integrate(): void {
    const {now} = this.#world.simulation;
    this.#there.set(this.#nodes.total, now);
    this.#fragmented.set(this.#nodes.fragmented, now);
  }
}

function share(metric: string, part: bigint | number, whole: bigint | number): Figure {
  return total(metric, ratioText(part, whole), 'share');
}

function bits(devices: number): number {
  let count = 0;
  for (let rest = devices; rest !== 0; rest &= rest - 1) count++;
  return count;
}
