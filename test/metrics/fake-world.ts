// A cluster without a scheduler: pods that come, are refused, bound, preempted and go as dice say,
// straight into the store and its signals. It keeps its own plain diary, which is what metrics are
// compared with.

import {Simulation, type SimulationOptions} from '../../src/engine/simulation.ts';
import {minutes, seconds, type Time} from '../../src/engine/time.ts';
import {Machines} from '../../src/machines/machines.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {noLabels} from '../../src/objects/labels.ts';
import {healthy, type NodeObject} from '../../src/objects/node-spec.ts';
import type {PodOutcome} from '../../src/objects/pod-signals.ts';
import type {OwnerReference, PodTemplate} from '../../src/objects/pod-spec.ts';
import {Store} from '../../src/objects/store.ts';
import {Watch} from '../../src/objects/watch.ts';
import {plainLife} from '../support/plain-life.ts';

export type DiaryEntry = {
  readonly name: string;
  readonly template: PodTemplate;
  readonly created: Time;
  readonly messages: {time: Time; plugin: string; message: string}[];
  /** A refusal after its deletion. */
  late: {time: Time; plugin: string; message: string} | undefined;
  bound: {time: Time; node: string} | undefined;
  latency: Time | undefined;
  started: Time | undefined;
  ended: {time: Time; outcome: PodOutcome} | undefined;
};

export class FakeWorld {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly diary: DiaryEntry[] = [];
  readonly #entries = new Map<PodId, DiaryEntry>();
  readonly #dice;
  readonly #came;
  readonly #tried;
  readonly #answered;
  readonly #started;
  readonly #over;

  constructor(options: SimulationOptions) {
    const simulation = new Simulation(options);
    this.simulation = simulation;
    this.store = new Store(simulation);
    this.machines = new Machines(simulation);
    this.#dice = simulation.random('fake/dice');
    this.#came = simulation.event('fake.pod-came', () => this.#create());
    this.#tried = simulation.event('fake.pod-tried', (pod: PodId) => this.#try(pod));
    this.#answered = simulation.event('fake.binding-answered', (pod: PodId) => this.#answer(pod));
    this.#started = simulation.event('fake.pod-started', (pod: PodId) => this.#start(pod));
    this.#over = simulation.event('fake.pod-over', (pod: PodId) => this.#end(pod));
    // Like a component's: it holds numbers of deleted pods back for a while.
    new Watch(simulation, this.store.pods.log, {
      name: 'fake.pods',
      delay: seconds(1),
      changed: () => undefined,
    });
    for (const [name, price] of prices) {
      const annotations = new Map([['orrery/price', price]]);
      this.store.nodes.add({...node(name), annotations}, 0);
    }
    this.#came.after(0);
  }

  /** Continues the diary of the world whose saved state this one has restored. */
  adopt(other: FakeWorld): void {
    this.diary.push(...other.diary);
    for (const [pod, entry] of other.#entries) this.#entries.set(pod, entry);
  }

  #entry(pod: PodId): DiaryEntry {
    const entry = this.#entries.get(pod);
    if (entry === undefined) throw new Error(`no pod ${pod}`);
    return entry;
  }

  #create(): void {
    const {now} = this.simulation;
    const choice = this.#dice.integer(0, templates.length - 1);
    const template = templates[choice];
    const name = `pod-${this.diary.length}`;
    const pod = this.store.pods.create(
      {name, template, priority: choice, lifetime: undefined},
      now,
    );
    const entry: DiaryEntry = {
      ...{name, template, created: now, messages: [], late: undefined},
      ...{bound: undefined, latency: undefined, started: undefined, ended: undefined},
    };
    this.diary.push(entry);
    this.#entries.set(pod, entry);
    this.store.signals.created.emit(pod);
    this.store.signals.queued.emit(pod);
    this.#tried.after(this.#dice.integer(0, 2_000_000), pod);
    this.#came.after(this.#dice.integer(0, 4_000_000));
  }

  #try(pod: PodId): void {
    if (this.#dice.integer(0, 2) === 0) this.#refuse(pod);
    else this.#bind(pod);
  }

  #bind(pod: PodId): void {
    const {now} = this.simulation;
    const node = this.#dice.integer(0, 2) as NodeId;
    this.store.signals.assumed.emit(pod, node);
    this.store.pods.bind(pod, node, now);
    this.#entry(pod).bound = {time: now, node: ['a', 'b', 'c'][node]};
    this.#answered.after(5000, pod);
  }

  #refuse(pod: PodId): void {
    const {now} = this.simulation;
    const many = this.#dice.integer(1, 2);
    const plugin = many === 1 ? 'NodeResourcesFit' : 'TaintToleration';
    const message = `0/${many} nodes are available`;
    this.#entry(pod).messages.push({time: now, plugin, message});
    this.store.signals.refused.emit(pod, {
      ...{firstFailingPlugin: plugin, result: 'unschedulable'},
      message: () => message,
    });
    const fate = this.#dice.integer(0, 4);
    if (fate === 0) this.#deleteDuringAttempt(pod);
    else if (fate < 4) this.#tried.after(this.#dice.integer(1, 20_000_000), pod);
  }

  /** The scheduler has not heard of it yet, and refuses the pod once more. */
  #deleteDuringAttempt(pod: PodId): void {
    const entry = this.#entry(pod);
    const message = '0/1 nodes are available';
    this.#delete(pod);
    entry.late = {time: this.simulation.now, plugin: 'NodePorts', message};
    this.store.signals.refused.emit(pod, {
      ...{firstFailingPlugin: 'NodePorts', result: 'unschedulable'},
      message: () => message,
    });
  }

  #answer(pod: PodId): void {
    const {now} = this.simulation;
    const entry = this.#entry(pod);
    const latency = now - entry.created;
    entry.latency = latency;
    const attempts = entry.messages.length + 1;
    this.store.signals.scheduled.emit(pod, this.#node(pod), {
      ...{attempts, latency, bind: 5000, backoff: 0},
      ...(attempts === 1
        ? {queue: latency - 5000, unschedulable: 0}
        : {queue: 0, unschedulable: latency - 5000}),
    });
    this.#started.after(this.#dice.integer(0, 3_000_000), pod);
  }

  #start(pod: PodId): void {
    const {now} = this.simulation;
    this.store.pods.start(pod, now);
    this.#entry(pod).started = now;
    this.store.signals.started.emit(pod);
    this.store.signals.serving.emit(pod);
    this.store.signals.ready.emit(pod);
    this.#over.after(this.#dice.integer(1, 60_000_000), pod);
  }

  #end(pod: PodId): void {
    const {now} = this.simulation;
    const {pods, signals} = this.store;
    const preempted = this.#dice.integer(0, 3) === 0;
    const outcome = preempted ? 'preempted' : 'succeeded';
    if (preempted) {
      pods.terminate(pod, {deadline: now, disruption: 'PreemptionByScheduler'}, now);
      signals.preempted.emit(pod, pod, this.#node(pod));
      signals.terminating.emit(pod);
    }
    pods.end(pod, preempted ? 'Failed' : 'Succeeded', now);
    this.#entry(pod).ended = {time: now, outcome};
    signals.ended.emit(pod, outcome, preempted ? 'Preempted' : '');
    this.#delete(pod);
  }

  #delete(pod: PodId): void {
    this.#entry(pod).ended ??= {time: this.simulation.now, outcome: 'deleted'};
    this.store.pods.delete(pod, this.simulation.now);
    this.store.signals.deleted.emit(pod);
  }

  #node(pod: PodId): NodeId {
    const node = this.store.pods.node(pod);
    if (node === undefined) throw new Error(`pod ${pod} is not bound`);
    return node;
  }
}

/** Of each node an hour. */
export const prices: ReadonlyMap<string, string> = new Map([
  ['a', '1.5'],
  ['b', '0.25'],
  ['c', '3'],
]);

/** Nothing in it yet. */
export function emptyWorld(seed = 1) {
  const simulation = new Simulation({seed});
  return {simulation, store: new Store(simulation), machines: new Machines(simulation)};
}

export function attemptsOf({messages, late, latency}: DiaryEntry): number {
  return messages.length + (late === undefined ? 0 : 1) + (latency === undefined ? 0 : 1);
}

export const runLength = minutes(10);

export function node(name: string, labels = noLabels): NodeObject {
  return {
    ...{name, labels, annotations: noLabels, taints: [], unschedulable: false, images: []},
    conditions: healthy,
    allocatable: new Map([
      ['cpu', 64_000],
      ['memory', 96 * 2 ** 30],
      ['pods', 110],
    ]),
  };
}

export function template(
  cpu: number,
  memory: number,
  owner: OwnerReference | undefined = undefined,
): PodTemplate {
  const container = {
    ...{name: 'main', image: 'main:1', limits: new Map(), ports: [], sidecar: false, ...plainLife},
    requests: new Map([
      ['cpu', cpu],
      ['memory', memory],
    ]),
  };
  return {
    ...{namespace: 'default', labels: noLabels, annotations: noLabels, owner},
    spec: {
      ...{schedulerName: 'default-scheduler', nodeName: undefined, nodeSelector: noLabels},
      ...{nodeAffinity: undefined, podAffinity: undefined, podAntiAffinity: undefined},
      ...{tolerations: [], topologySpreadConstraints: [], priorityClassName: undefined},
      ...{
        priority: undefined,
        preemptionPolicy: undefined,
        schedulingGates: [],
        hostNetwork: false,
        dns: undefined,
      },
      ...{restartPolicy: 'Always', terminationGracePeriod: seconds(30), overhead: new Map()},
      ...{podRequests: undefined, initContainers: [], containers: [container]},
      ...{imageVolumes: [], volumeReferences: []},
    },
  };
}

const templates = [
  template(500, 2 ** 30),
  template(4000, 8 * 2 ** 30 + 1, {kind: 'ReplicaSet', name: 'web'}),
  template(250, 3 * 2 ** 20, {kind: 'Job', name: 'batch'}),
];
