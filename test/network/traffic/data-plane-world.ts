// Pods on machines that answer requests, without kubelets, proxies or an API behind them: tests say
// themselves who is there and where connections go.

import {Simulation} from '../../../src/engine/simulation.ts';
import {second, type Time, toTime} from '../../../src/engine/time.ts';
import {Links} from '../../../src/machines/links.ts';
import {type ListenerId, Listeners} from '../../../src/machines/listeners.ts';
import {Machines} from '../../../src/machines/machines.ts';
import {Masters} from '../../../src/machines/masters.ts';
import {type Cut, Partitions} from '../../../src/machines/partitions.ts';
import type {Target} from '../../../src/machines/service-views.ts';
import type {Arrival, Destination} from '../../../src/network/destination.ts';
import {type Application, idleApplication} from '../../../src/network/traffic/application.ts';
import {type CallingOptions, callingDefaults} from '../../../src/network/traffic/calling.ts';
import {DataPlane} from '../../../src/network/traffic/data-plane.ts';
import {type Hops, noHops} from '../../../src/network/traffic/hops.ts';
import {untried} from '../../../src/network/untried.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {Store} from '../../../src/objects/store.ts';
import type {Distribution} from '../../../src/options/distribution.ts';
import {containerWith, nodeWith, templateWith} from '../../support/pods-and-nodes.ts';

export type Pods = Destination & {
  readonly targets: Target[];
  readonly listeners: ListenerId[];
  arrival: Arrival;
};

export type WorldWishes = {
  readonly seed?: number;
  readonly nodes?: number;
  readonly zones?: number;
  readonly hops?: Hops;
  /** In place of those. */
  readonly hopsOf?: (world: DataPlaneWorld) => Hops;
};

export {noHops} from '../../../src/network/traffic/hops.ts';

export const exponential = (mean: Time): Distribution => ({
  measure: 'duration',
  law: 'exponential',
  mean,
});
export const constant = (value: Time): Distribution => ({
  measure: 'duration',
  law: 'constant',
  value,
});

/** Every packet takes so long one way. */
export const hopsOf = (oneWay: Time): Hops => ({
  none: false,
  lossless: true,
  roundTrip: () => 2 * oneWay,
  transfer: () => 0,
  lost: () => false,
});

/** `cpuLimit`: of each, in millicores. */
type PodWishes = Partial<Application> & {readonly cpuLimit?: number | undefined};

export class DataPlaneWorld {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly partitions: Partitions;
  readonly listeners: Listeners;
  readonly plane: DataPlane;
  readonly nodes: readonly NodeId[];
  readonly applications = new Map<string, Application>();

  constructor(wishes: WorldWishes = {}) {
    const {seed = 1, nodes = 2, zones = 1, hops = noHops} = wishes;
    const simulation = new Simulation({seed});
    this.simulation = simulation;
    this.store = new Store(simulation);
    this.machines = new Machines(simulation);
    const {machines, store} = this;
    this.partitions = new Partitions(simulation, {machines, masters: new Masters(simulation)});
    this.listeners = new Listeners(simulation);
    this.nodes = Array.from({length: nodes}, (_, i) => {
      const node = store.nodes.add(nodeWith(`node-${i}`), 0);
      machines.add(node, {zone: `zone-${i % zones}`, rack: undefined});
      return node;
    });
    const links = new Links({machines, partitions: this.partitions});
    this.plane = new DataPlane({
      ...{simulation, store, machines, links, listeners: this.listeners},
      hops: wishes.hopsOf?.(this) ?? hops,
      applicationOf: pod =>
        this.applications.get(pod?.template.labels.get('app') ?? '') ?? idleApplication,
      record: {relativeError: 0.01, waits: false},
    });
  }

  /** Pods one after the other over the nodes, chosen at random. */
  pods(name: string, count: number, {cpuLimit, ...wishes}: PodWishes = {}): Pods {
    this.applications.set(name, {...idleApplication, name, cpu: 1, ...wishes});
    const limits = new Map(cpuLimit === undefined ? [] : [['cpu', cpuLimit]]);
    const spec = {containers: [containerWith(new Map(), {limits})]};
    const template = templateWith({labels: {app: name}, spec});
    const stream = this.simulation.random(`choice of ${name}`);
    const pods: Pods = {
      ...{name, targets: [], listeners: [], arrival: 'there'},
      route: (_caller, route, avoid) => {
        const among = untried(pods.targets, avoid);
        route.arrival = among.length === 0 ? 'refused' : pods.arrival;
        route.target = among.length < 2 ? among[0] : stream.choice(among);
        route.entry = undefined;
        route.delay = 0;
      },
    };
    for (let i = 0; i < count; i++) this.#addPod(pods, template, i);
    return pods;
  }

  calling(name: string, destination: Destination, wishes: Partial<CallingOptions> = {}) {
    const labels = {namespace: 'default', service: destination.name, caller: name, nested: false};
    return this.plane.addCalling({...callingDefaults, name, labels, destination, ...wishes});
  }

  /** Requests come by chance at a rate a second, from all nodes alike. */
  openLoop(id: ReturnType<DataPlane['addCalling']>, rate: number, name: string): void {
    const clients = this.nodes.map(node => this.plane.addClient(id, node));
    const gaps = this.simulation.random(`${name}/gaps`);
    const places = this.simulation.random(`${name}/places`);
    const gap = () => toTime(gaps.exponential(second / rate));
    const due = this.simulation.event(`test.${name}-due`, () => {
      due.after(gap());
      const place = clients.length === 1 ? 0 : places.integer(0, clients.length - 1);
      this.plane.begin(clients[place]);
    });
    due.after(gap());
  }

  /** The first node from all others. */
  cut(): void {
    this.partitions.cut(this.#cut);
  }

  heal(): void {
    this.partitions.heal(this.#cut);
  }

  get #cut(): Cut {
    return {from: {nodes: [this.nodes[0]], masters: []}, to: undefined, way: 'both'};
  }

  /** The pod's address is there again. */
  revive(pods: Pods, place: number): void {
    const {pod, serial, node} = pods.targets[place];
    if (node === undefined || pod === undefined || !this.machines.powered(node)) return;
    pods.listeners[place] = this.listeners.add(pod, serial, node);
    this.listeners.set(pods.listeners[place], 'open');
  }

  /** As a kubelet's machine that is about to lose its power. */
  removeOn(pods: Pods, lost: NodeId): void {
    for (const {serial, node} of pods.targets) {
      const listener = this.listeners.find(serial);
      if (node === lost && listener !== undefined) this.listeners.remove(listener);
    }
  }

  #addPod(pods: Pods, template: ReturnType<typeof templateWith>, i: number): void {
    const node = this.nodes[i % this.nodes.length];
    const {store, listeners, machines} = this;
    const name = `${pods.name}-${i}`;
    const pod = store.pods.create({name, template, priority: 0, lifetime: undefined}, 0);
    const serial = store.pods.serial(pod);
    const listener = listeners.add(pod, serial, node);
    listeners.set(listener, 'open');
    pods.listeners.push(listener);
    const zone = machines.zone(node);
    pods.targets.push({pod, serial, address: 1000 + i, port: 80, node, zone});
  }
}
