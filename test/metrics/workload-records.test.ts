import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {WorkloadRegistry} from '../../src/control-plane/workload-registry.ts';
import type {Simulation} from '../../src/engine/simulation.ts';
import {seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {NodeId, PodId, WorkloadId} from '../../src/objects/ids.ts';
import type {PodOutcome} from '../../src/objects/pod-signals.ts';
import type {Store} from '../../src/objects/store.ts';
import {deployment, metadata} from '../controllers/world.ts';
import {emptyWorld, node, template} from './fake-world.ts';
import {everything, rowsOf} from './over-seeds.ts';

const web = template(100, 0, {kind: 'ReplicaSet', name: 'web'});

/** What happens to the pods of `web`, by second. */
type Play = Record<number, (stage: Stage) => void>;

test('availability counts from the first ready pod, while some are desired', () => {
  const [row] = played({
    0: stage => stage.create('one'),
    10: stage => stage.ready('one'),
    20: stage => stage.create('two'),
    30: stage => stage.ready('two'),
    40: stage => stage.end('one', 'deleted'),
    50: stage => stage.end('two', 'preempted'),
  });
  assert.equal(row, {
    ...{kind: 'ReplicaSet', namespace: 'default', name: 'web'},
    // 20 s one, 20 s two, 60 s one: the preempted one is still wanted.
    desired_mean: '1.200000',
    time_to_first_ready: '10.000000',
    // Of 90 s: with any ready 40, with all 30.
    available_any: '0.444444',
    available_all: '0.333333',
    downtime: '50.000000',
    outages: '1',
    lost_replica_seconds: '60.000000',
  });
});

test('a workload whose pods have all succeeded is not down', () => {
  const [row] = played({
    0: stage => stage.create('one'),
    1: stage => stage.ready('one'),
    5: stage => stage.end('one', 'succeeded'),
  });
  assert.equal([row.available_any, row.available_all], ['1.000000', '1.000000']);
  assert.equal([row.downtime, row.outages], ['0.000000', '0']);
});

test('of a workload that was never ready nothing is said but what was desired', () => {
  const [row] = played({0: stage => stage.create('one')});
  const {available_any, downtime, time_to_first_ready, outages, lost_replica_seconds} = row;
  assert.is(available_any + downtime + time_to_first_ready + outages + lost_replica_seconds, '');
  assert.is(row.desired_mean, '1.000000');
});

test('each time without any ready pod is an outage of its own', () => {
  const [row] = played({
    0: stage => stage.create('one'),
    1: stage => stage.ready('one'),
    2: stage => stage.end('one', 'failed'),
    3: stage => stage.create('two'),
    4: stage => stage.ready('two'),
    6: stage => stage.end('two', 'failed'),
  });
  assert.equal([row.outages, row.downtime], ['2', '96.000000']);
});

test('a Deployment desires what it says, and its pods are its own, not its ReplicaSet', () => {
  const [row, ...others] = played({
    0: stage => stage.declare(2),
    10: stage => stage.create('one'),
    20: stage => stage.ready('one'),
    30: stage => stage.create('two'),
    40: stage => stage.ready('two'),
    50: stage => stage.unready('two'),
    60: stage => stage.end('one', 'deleted'),
    70: stage => stage.scale(1),
    80: stage => stage.ready('two'),
  });
  assert.equal(others, []);
  assert.equal(row, {
    ...{kind: 'Deployment', namespace: 'default', name: 'shop'},
    // From the first pod on: 60 s two, 30 s one.
    desired_mean: '1.666667',
    time_to_first_ready: '10.000000',
    // Of 80 s: none ready from 60 to 80; all from 40 to 50 and from 80 on.
    available_any: '0.750000',
    available_all: '0.375000',
    downtime: '20.000000',
    outages: '1',
    lost_replica_seconds: '60.000000',
  });
});

class Stage {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #pods = new Map<string, PodId>();
  readonly #registry: WorkloadRegistry;
  #deployment: WorkloadId | undefined;
  #owner: WorkloadId | undefined;

  constructor(simulation: Simulation, store: Store) {
    this.#simulation = simulation;
    this.#store = store;
    this.#registry = new WorkloadRegistry(simulation, store);
  }

  declare(replicas: number): void {
    const owned = {...deployment({replicas}), name: 'shop'};
    const id = this.#registry.create(owned);
    const owner = {id, kind: 'Deployment', name: 'shop'};
    const {selector, template, minReady} = owned.spec;
    const spec = {replicas, selector, template, minReady};
    this.#deployment = id;
    this.#owner = this.#registry.create({kind: 'ReplicaSet', ...metadata('web'), owner, spec});
  }

  scale(replicas: number): void {
    if (this.#deployment === undefined) throw new Error('nothing to scale');
    const spec = {replicas};
    const workload = this.#deployment;
    this.#registry.perform({verb: 'update', workload, version: undefined, spec});
  }

  create(name: string): void {
    const wish = {name, template: web, priority: 0, lifetime: undefined, owner: this.#owner};
    const pod = this.#store.pods.create(wish, this.#simulation.now);
    this.#pods.set(name, pod);
    this.#store.signals.created.emit(pod);
    this.#store.pods.bind(pod, 0 as NodeId, this.#simulation.now);
  }

  ready(name: string): void {
    this.#store.signals.ready.emit(this.#pods.get(name) ?? (-1 as PodId));
  }

  unready(name: string): void {
    this.#store.signals.unready.emit(this.#pods.get(name) ?? (-1 as PodId));
  }

  end(name: string, outcome: PodOutcome): void {
    this.#store.signals.ended.emit(this.#pods.get(name) ?? (-1 as PodId), outcome, '');
  }
}

function played(play: Play) {
  const world = emptyWorld();
  const {simulation, store} = world;
  const measures = new Measures(world, everything);
  store.nodes.add(node('a'), 0);
  const stage = new Stage(simulation, store);
  const act = simulation.event('act', (second: number) => play[second](stage));
  for (const second of Object.keys(play)) act.at(seconds(Number(second)), Number(second));
  simulation.run(seconds(100));
  measures.finish(seconds(100));
  return rowsOf(measures, 'workloads.csv');
}

test.run();
