// A cluster with controllers whose scheduler and kubelets are one stand-in: a pod goes to the nodes
// in turn, is ready after a while, and is gone a second after its deletion. On a lost node nothing
// happens to a pod any more.

import {Api} from '../../src/control-plane/api.ts';
import type {Manager} from '../../src/controllers/manager.ts';
import {managerOptions} from '../../src/controllers/manager-options.ts';
import {startControllers} from '../../src/controllers/start-controllers.ts';
import {type EventKind, Simulation} from '../../src/engine/simulation.ts';
import {milliseconds, second, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId, PodId, WorkloadId} from '../../src/objects/ids.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import {Store} from '../../src/objects/store.ts';
import type {KubernetesMinor} from '../../src/objects/version.ts';
import {Watch} from '../../src/objects/watch.ts';
import type {
  DeploymentObject,
  DeploymentSpec,
  ReplicaSetObject,
  WorkloadObject,
} from '../../src/objects/workload-object.ts';
import type {NewWorkload} from '../../src/objects/workload-request.ts';
import {nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {FakeHeartbeats} from './fake-heartbeats.ts';

const latency = milliseconds(5);
/** 10.0.0.1, of the first pod; each has the next one. */
const firstAddress = 10 * 2 ** 24 + 1;

export type WorldOptions = {
  readonly seed?: number;
  readonly nodes?: readonly NodeObject[];
  /** From being bound to being ready; `undefined` for one that never is. */
  readonly startup?: (image: string, serial: number) => Time | undefined;
  /** From being ready to its end; without it a pod runs until it is deleted. */
  readonly ends?: (serial: number) => {after: Time; phase: 'Succeeded' | 'Failed'};
  /** The controller manager's flags. */
  readonly flags?: Readonly<Record<string, string | number>>;
  readonly kubernetes?: KubernetesMinor;
};

export class ControlledWorld {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: Api;
  readonly manager: Manager;
  readonly heartbeats: FakeHeartbeats;
  readonly operator;
  readonly #nodes: readonly NodeObject[];
  readonly #standIn: StandIn;

  constructor(options: WorldOptions = {}) {
    const {
      seed = 1,
      nodes,
      startup = () => seconds(5),
      ends,
      flags = {},
      kubernetes = 36,
    } = options;
    this.simulation = new Simulation({seed});
    this.store = new Store(this.simulation);
    const {simulation, store} = this;
    const addresses = {of: (pod: PodId) => firstAddress + store.pods.serial(pod)};
    this.api = new Api({simulation, store, write: latency, addresses});
    this.heartbeats = new FakeHeartbeats(simulation);
    this.manager = startControllers({
      simulation,
      store,
      api: this.api,
      watchDelay: milliseconds(3),
      nodes: {heartbeats: this.heartbeats, options: managerOptions.parse(flags), kubernetes},
    });
    const limits = {qps: undefined, burst: 1};
    this.operator = this.api.connect({name: 'operator', limits, replies: {}});
    this.#nodes = nodes ?? ['a', 'b', 'c'].map(name => nodeWith(name));
    this.#standIn = new StandIn(this, startup, ends);
  }

  /** To be called on a new world, not on one that takes over another's state. */
  start(): this {
    for (const node of this.#nodes) this.store.nodes.add(node, 0);
    return this;
  }

  node(id: NodeId): NodeObject {
    const node = this.store.nodes.get(id);
    if (node === undefined) throw new Error(`no node ${id}`);
    return node;
  }

  /** `node.kubernetes.io/` is left out of the keys. */
  taints(id: NodeId): string {
    const texts = this.node(id).taints.map(({key, effect}) => `${key}:${effect}`);
    return texts.sort().join(' ').replaceAll('node.kubernetes.io/', '');
  }

  crash(...nodes: NodeId[]): void {
    for (const node of nodes) this.heartbeats.lose(node);
  }

  /** Its kubelet reports at once. */
  recover(...nodes: NodeId[]): void {
    for (const node of nodes) {
      this.heartbeats.find(node);
      const conditions = {ready: 'True', readyReason: 'KubeletReady'} as const;
      this.operator.writeNode({verb: 'update-status', node, conditions});
      this.#standIn.resume(node);
    }
  }

  get<Kind extends WorkloadObject['kind']>(kind: Kind, name: string) {
    const id = this.id(kind, name);
    return {id, object: this.store.workloads.get(id) as Extract<WorkloadObject, {kind: Kind}>};
  }

  id(kind: string, name: string): WorkloadId {
    const id = this.store.workloads.id(`${kind}/default/${name}`);
    if (id === undefined) throw new Error(`no ${kind} ${name}`);
    return id;
  }

  deployment(name = 'web'): DeploymentObject {
    return this.get('Deployment', name).object;
  }

  /** Oldest first. */
  replicaSets(): ReplicaSetObject[] {
    return [...this.store.workloads.all()].flatMap(([, object]) =>
      object.kind === 'ReplicaSet' ? [object] : [],
    );
  }

  sizes(): number[] {
    return this.replicaSets().map(({spec}) => spec.replicas);
  }

  change(name: string, spec: Partial<DeploymentSpec>): void {
    const workload = this.id('Deployment', name);
    this.operator.writeWorkload({verb: 'update', workload, version: undefined, spec});
  }

  setImage(name: string, image: string): void {
    const {template} = this.deployment(name).spec;
    const [first, ...rest] = template.spec.containers;
    const spec = {...template.spec, containers: [{...first, image}, ...rest]};
    this.change(name, {template: {...template, spec}});
  }

  pods(): PodId[] {
    return [...this.store.pods.all()];
  }

  /** Events stop for good, or the test fails after a virtual day. */
  settle(): void {
    this.simulation.run(this.simulation.now + 86_400 * second);
  }
}

export function deployment(
  spec: Partial<DeploymentSpec> = {},
  name = 'web',
): Extract<NewWorkload, {kind: 'Deployment'}> {
  const template = templateWith({labels: {app: name}, owner: {kind: 'Deployment', name}});
  return {
    kind: 'Deployment',
    ...metadata(name),
    spec: {
      replicas: 10,
      selector: [{key: 'app', operator: 'In', values: [name]}],
      template,
      strategy: {type: 'RollingUpdate', maxSurge: {percent: 25}, maxUnavailable: {percent: 25}},
      minReady: 0,
      progressDeadline: seconds(600),
      revisionHistoryLimit: 10,
      paused: false,
      ...spec,
    },
  };
}

export function metadata(name: string) {
  return {
    namespace: 'default',
    name,
    labels: new Map<string, string>(),
    annotations: new Map<string, string>(),
    owner: undefined,
  };
}

class StandIn {
  readonly #world: ControlledWorld;
  readonly #client;
  readonly #ready: EventKind<PodId, number>;
  readonly #ended: EventKind<PodId, number>;
  readonly #gone: EventKind<PodId, number>;

  constructor(
    world: ControlledWorld,
    startup: NonNullable<WorldOptions['startup']>,
    ends: WorldOptions['ends'],
  ) {
    this.#world = world;
    const {simulation, store, api} = world;
    const limits = {qps: undefined, burst: 1};
    this.#client = api.connect({name: 'stand-in', limits, replies: {}});
    const alive = (pod: PodId) => {
      const node = store.pods.node(pod);
      return node !== undefined && world.heartbeats.beating(node);
    };
    const still = (pod: PodId, serial: number) => store.pods.serial(pod) === serial && alive(pod);
    this.#ready = simulation.event('stand-in.ready', (pod: PodId, serial: number) => {
      if (!still(pod, serial)) return;
      this.#client.reportStarted(pod);
      if (ends !== undefined) this.#ended.after(ends(serial).after, pod, serial);
    });
    this.#ended = simulation.event('stand-in.ended', (pod: PodId, serial: number) => {
      if (!still(pod, serial) || ends === undefined) return;
      this.#client.reportEnded(pod, ends(serial).phase);
    });
    this.#gone = simulation.event('stand-in.gone', (pod: PodId, serial: number) => {
      if (still(pod, serial)) this.#client.confirmDeleted(pod);
    });
    const {log} = store.pods;
    new Watch(simulation, log, {
      name: 'stand-in.pods',
      delay: milliseconds(3),
      changed: row => {
        const pod = log.id(row) as PodId;
        if (!store.pods.exists(pod)) return;
        const serial = store.pods.serial(pod);
        if (log.kind(row) === 'created') this.#bind(pod, serial);
        if (log.kind(row) === 'terminating') this.#gone.after(second, pod, serial);
        if (log.kind(row) !== 'bound') return;
        const after = startup(store.pods.template(pod).spec.containers[0].image, serial);
        if (after !== undefined) this.#ready.after(after, pod, serial);
      },
    });
  }

  /** What did not happen while the node was lost happens now. */
  resume(node: NodeId): void {
    const {pods} = this.#world.store;
    for (const pod of [...pods.all()].filter(each => pods.node(each) === node)) {
      if (pods.terminating(pod)) this.#client.confirmDeleted(pod);
      else if (pods.phase(pod) === 'Pending') this.#client.reportStarted(pod);
      else this.#client.reportReady(pod);
    }
  }

  // A DaemonSet's pod names its node. Others go where no taint is, if there is such a node.
  #bind(pod: PodId, serial: number): void {
    const {nodes, pods} = this.#world.store;
    if (pods.node(pod) !== undefined) return;
    const field = pods.template(pod).spec.nodeAffinity?.required?.[0]?.fields[0];
    const own = field === undefined ? undefined : nodes.id(field.values[0]);
    if (field !== undefined && own === undefined) return;
    const open = [...nodes.all()].filter(([, {taints}]) => taints.length === 0).map(([id]) => id);
    const any = [...nodes.all()].map(([id]) => id);
    const choice = open.length > 0 ? open : any;
    this.#client.bindPod(pod, own ?? choice[serial % choice.length]);
  }
}
