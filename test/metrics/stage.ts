// A cluster in which nobody does anything but the test: it makes pods and workloads, lets them be
// ready and go, under the causes that it names, and reads what was measured in the end.

import {WorkloadRegistry} from '../../src/control-plane/workload-registry.ts';
import {seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {CauseId, NewCause} from '../../src/objects/causes.ts';
import type {Disruption} from '../../src/objects/disruption.ts';
import type {NodeId, PodId, WorkloadId} from '../../src/objects/ids.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import type {PodOutcome} from '../../src/objects/pod-signals.ts';
import {deployment, metadata} from '../controllers/world.ts';
import {emptyWorld, node, template} from './fake-world.ts';
import {everything} from './over-seeds.ts';

const web = template(100, 0, {kind: 'ReplicaSet', name: 'web'});

/** What happens, by second. */
export type Play = Record<number, (stage: Stage) => void>;

export class Stage {
  readonly world = emptyWorld();
  readonly measures = new Measures(this.world, everything);
  readonly registry = new WorkloadRegistry(this.world.simulation, this.world.store);
  readonly #pods = new Map<string, PodId>();
  readonly #causes = new Map<string, CauseId>();
  #deployment: WorkloadId | undefined;
  #owner: WorkloadId | undefined;

  constructor() {
    for (const name of ['a', 'b']) {
      const id = this.world.store.nodes.add(node(name), 0);
      this.world.machines.add(id, {zone: undefined, rack: undefined});
    }
  }

  get now(): number {
    return this.world.simulation.now;
  }

  /** From here on all of this event goes back to that; a cause of that name begins once. */
  under(target: string, kind = 'node-crash', origin: NewCause['origin'] = 'fault'): this {
    const {simulation, store} = this.world;
    const known = this.#causes.get(target);
    if (known === undefined) {
      this.#causes.set(target, store.causes.begin({origin, kind, target}));
    } else simulation.cause = known;
    return this;
  }

  over(target: string): void {
    this.world.store.causes.end(this.#causes.get(target) ?? (0 as CauseId));
  }

  declare(replicas: number): void {
    const owned = {...deployment({replicas}), name: 'shop'};
    const id = this.registry.create(owned);
    const owner = {id, kind: 'Deployment', name: 'shop'};
    const {selector, template, minReady} = owned.spec;
    const spec = {replicas, selector, template, minReady};
    this.#deployment = id;
    this.#owner = this.registry.create({kind: 'ReplicaSet', ...metadata('web'), owner, spec});
  }

  get deployment(): WorkloadId {
    if (this.#deployment === undefined) throw new Error('there is no Deployment yet');
    return this.#deployment;
  }

  scale(replicas: number): void {
    const change = {version: undefined, spec: {replicas}};
    this.registry.perform({verb: 'update', workload: this.deployment, ...change});
  }

  create(name: string, where = 0): void {
    const {pods, signals} = this.world.store;
    const wish = {name, template: web, priority: 0, lifetime: undefined, owner: this.#owner};
    const pod = pods.create(wish, this.now);
    this.#pods.set(name, pod);
    signals.created.emit(pod);
    pods.bind(pod, where as NodeId, this.now);
  }

  ready(...names: string[]): void {
    for (const name of names) {
      const pod = this.pod(name);
      this.world.store.pods.start(pod, this.now);
      this.world.store.signals.started.emit(pod);
      this.world.store.signals.serving.emit(pod);
      this.world.store.signals.ready.emit(pod);
    }
  }

  /** Its containers have ended, and nobody knows. */
  break(...names: string[]): void {
    for (const name of names) this.world.store.signals.broken.emit(this.pod(name));
  }

  mend(...names: string[]): void {
    for (const name of names) this.world.store.signals.serving.emit(this.pod(name));
  }

  unready(...names: string[]): void {
    for (const name of names) this.world.store.signals.unready.emit(this.pod(name));
  }

  terminate(name: string, disruption?: Disruption): void {
    const {pods, signals} = this.world.store;
    pods.terminate(this.pod(name), {deadline: this.now, disruption}, this.now);
    signals.terminating.emit(this.pod(name));
  }

  end(name: string, outcome: PodOutcome): void {
    this.world.store.signals.ended.emit(this.pod(name), outcome, '');
  }

  refuse(name: string, firstFailingPlugin: string): void {
    this.world.store.signals.refused.emit(this.pod(name), {
      ...{firstFailingPlugin, result: 'unschedulable'},
      message: () => '0/2 nodes are available',
    });
  }

  mark(id: number, change: Partial<NodeObject>): void {
    const {nodes, nodeSignals} = this.world.store;
    const before = nodes.get(id as NodeId);
    if (before === undefined) throw new Error(`no node ${id}`);
    nodes.replace(id as NodeId, {...before, ...change}, this.now);
    nodeSignals.changed.emit(id as NodeId, before, {...before, ...change});
  }

  readiness(id: number, ready: NodeObject['conditions']['ready']): void {
    const conditions = this.world.store.nodes.get(id as NodeId)?.conditions;
    if (conditions !== undefined) this.mark(id, {conditions: {...conditions, ready}});
  }

  /** What is not in the simulation's state. */
  adopt(other: Stage): void {
    for (const [name, pod] of other.#pods) this.#pods.set(name, pod);
    for (const [target, cause] of other.#causes) this.#causes.set(target, cause);
    this.#deployment = other.#deployment;
    this.#owner = other.#owner;
  }

  has(name: string): boolean {
    return this.#pods.has(name);
  }

  pod(name: string): PodId {
    const pod = this.#pods.get(name);
    if (pod === undefined) throw new Error(`no pod ${name}`);
    return pod;
  }
}

/** A run of 100 seconds. */
export function played(play: Play): Measures {
  const stage = new Stage();
  const {simulation} = stage.world;
  const act = simulation.event('act', (second: number) => play[second](stage));
  for (const second of Object.keys(play)) act.at(seconds(Number(second)), Number(second));
  simulation.run(seconds(100));
  stage.measures.finish(seconds(100));
  return stage.measures;
}
