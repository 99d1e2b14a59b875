// A scheduler at work behind the API, with nothing else around: nodes and pods come and go through the
// store, and what happens is told line by line.

import {Api} from '../../src/control-plane/api.ts';
import {nodeLines} from '../../src/control-plane/node-lines.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {milliseconds, seconds, type Time} from '../../src/engine/time.ts';
import {Machines} from '../../src/machines/machines.ts';
import {kubeletOptions} from '../../src/node/kubelet-options.ts';
import {startKubelets} from '../../src/node/start-kubelets.ts';
import type {ApiClient} from '../../src/objects/api-client.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import type {SchedulingWait} from '../../src/objects/pod-signals.ts';
import {Store} from '../../src/objects/store.ts';
import type {KubernetesMinor} from '../../src/objects/version.ts';
import {pluginCatalogue} from '../../src/scheduler/configuration/plugin-catalogue.ts';
import type {CostModel} from '../../src/scheduler/cost-model.ts';
import type {PluginDefinition} from '../../src/scheduler/framework.ts';
import {Scheduler} from '../../src/scheduler/scheduler.ts';
import {emptyRegistry} from './empty-registry.ts';
import {nodeWith, type PodWishes, templateWith} from './pods-and-nodes.ts';
import {configurationOf} from './profile-over.ts';

/** A cycle takes 1 ms, a write 5 ms, and watches tell 3 ms later. */
export const cycle = milliseconds(1);
export const write = milliseconds(5);
export const watch = milliseconds(3);

export type SchedulerWishes = {
  readonly seed?: number;
  readonly kubernetes?: KubernetesMinor;
  readonly nodes?: readonly NodeObject[];
  /** Of a KubeSchedulerConfiguration. */
  readonly configuration?: object;
  /** Enabled at all their points. */
  readonly plugins?: readonly PluginDefinition[];
  readonly cost?: CostModel;
  readonly kubelet?: boolean;
};

export type PodWishesHere = PodWishes & {readonly priority?: number; readonly lifetime?: Time};

export class SchedulerWorld {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly scheduler: Scheduler;
  /** Somebody else's. */
  readonly client: ApiClient;
  /** `3.000 scheduled web on node-1`, with the time in milliseconds. */
  readonly said: string[] = [];
  readonly waits = new Map<string, SchedulingWait>();
  #machines: Machines | undefined;
  readonly #api: Api;

  constructor(wishes: SchedulerWishes = {}) {
    const {seed = 1, kubernetes = 36, nodes = [nodeWith('node-0')], plugins = []} = wishes;
    const simulation = new Simulation({seed});
    this.simulation = simulation;
    const store = new Store(simulation);
    this.store = store;
    this.#api = new Api({simulation, store, write});
    const unlimited = {qps: undefined, burst: 1};
    this.client = this.#api.connect({name: 'tester', limits: unlimited, replies: {}});
    const enabled = plugins.map(({name}) => ({name}));
    const document = {
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      profiles: [{schedulerName: 'default-scheduler', plugins: {multiPoint: {enabled}}}],
      ...wishes.configuration,
    };
    this.scheduler = new Scheduler({
      simulation,
      store,
      api: this.#api,
      kubernetes,
      configuration: configurationOf(document, plugins),
      plugins: pluginCatalogue(plugins).plugins,
      cost: wishes.cost ?? {base: cycle, perNodeFiltered: 0, perNodeScored: 0},
      watchDelay: watch,
    });
    if (wishes.kubelet === true) this.#addKubelet();
    for (const node of nodes) this.addNode(node);
    this.#listen();
  }

  #addKubelet(): void {
    const {simulation, store} = this;
    const machines = new Machines(simulation);
    this.#machines = machines;
    startKubelets({
      ...{simulation, store, machines, api: this.#api},
      listeners: undefined,
      registry: emptyRegistry(simulation),
      lines: nodeLines(machines),
      watchDelay: watch,
      options: kubeletOptions.parse({podStart: '1s'}),
      behaviours: [],
    });
  }

  #listen(): void {
    const {signals, pods, nodes} = this.store;
    const say = (what: string): void => {
      this.said.push(`${(this.simulation.now / 1000).toFixed(3)} ${what}`);
    };
    signals.gated.watch((pod, plugin) => say(`gated ${pods.name(pod)} by ${plugin}`));
    signals.refused.watch((pod, {message}) => say(`refused ${pods.name(pod)}: ${message()}`));
    signals.nominated.watch((pod, node) =>
      say(`nominated ${pods.name(pod)} to ${nodes.nameOf(node)}`),
    );
    signals.preempted.watch(pod => say(`preempted ${pods.name(pod)}`));
    signals.deleted.watch(pod => say(`deleted ${pods.name(pod)}`));
    signals.scheduled.watch((pod, node, wait) => {
      this.waits.set(pods.name(pod), wait);
      say(`scheduled ${pods.name(pod)} on ${nodes.nameOf(node)}`);
    });
  }

  addNode(node: NodeObject): NodeId {
    const id = this.store.nodes.add(node, this.simulation.now);
    this.#machines?.add(id, {zone: undefined, rack: undefined});
    return id;
  }

  updateNode(node: NodeObject): void {
    this.store.nodes.replace(this.#nodeId(node.name), node, this.simulation.now);
  }

  removeNode(name: string): void {
    this.store.nodes.delete(this.#nodeId(name), this.simulation.now);
  }

  #nodeId(name: string): NodeId {
    const id = this.store.nodes.id(name);
    if (id === undefined) throw new Error(`no node ${name}`);
    return id;
  }

  pod(name: string, {priority, lifetime, ...wishes}: PodWishesHere = {}): PodId {
    const spec = {...wishes.spec, ...(priority !== undefined && {priority})};
    const template = templateWith({...wishes, spec});
    const created = this.#api.applyPod({name, template, lifetime, ordinal: 0});
    if ('refused' in created) throw new Error(created.refused);
    return created.pod;
  }

  /** Name of the node that the API server says the pod is on. */
  nodeOf(pod: PodId): string | undefined {
    const node = this.store.pods.node(pod);
    return node === undefined ? undefined : this.store.nodes.nameOf(node);
  }

  at(time: Time): this {
    this.simulation.run(time);
    return this;
  }

  after(time: Time): this {
    return this.at(this.simulation.now + time);
  }

  /** Long enough for anything that can happen without backoff. */
  settle(): this {
    return this.after(seconds(0.9));
  }
}
