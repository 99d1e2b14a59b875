// events.csv: what `kubectl get events` would show. A row is numbers and references; texts that
// follow from them are made when written. Like the real recorder, an event that says the same of
// the same object again raises the count of its first row instead of making a new one.
//
// The real recorder also holds back floods, and its memory of what a pod has said ends after a
// while; this one's does not.

import {hours, type Time} from '../engine/time.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {ContainerStep, Refusal} from '../objects/pod-signals.ts';
import type {Census} from './census.ts';
import {type EventName, eventKinds, eventNames} from './event-kinds.ts';
import type {NodeRegister} from './node-register.ts';
import {Chunks, place} from './rows.ts';
import {secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import {Texts} from './texts.ts';
import type {World} from './world.ts';

export class EventLog {
  readonly #world: World;
  readonly #census: Census;
  readonly #register: NodeRegister;
  readonly #chunks = new Chunks(newChunk);
  readonly #messages = new Texts();
  // Rows that a pod may have again, by PodId: of refusals by message, of its containers' steps.
  readonly #repeatable = new Map<PodId, Map<number, number>>();
  // Rows that are about no pod, by what they say, as far as they may be counted up.
  readonly #ofObjects = new Map<string, {row: number; last: Time}>();
  #count = 0;
  /** Kubelets tell of each container; where they do not, the pod's own steps have to do. */
  #tellsContainers = false;

  constructor(world: World, census: Census, register: NodeRegister) {
    this.#world = world;
    this.#census = census;
    this.#register = register;
    this.#messages.number('');
    this.#watch();
    world.simulation.part('metrics.events', this);
  }

  table(): ResultTable {
    return {file: 'events.csv', columns, long: true, rows: () => this.#rows()};
  }

  save() {
    return {
      count: this.#count,
      chunks: this.#chunks.save(),
      messages: this.#messages.save(),
      repeatable: this.#repeatable,
      tellsContainers: this.#tellsContainers,
      ofObjects: this.#ofObjects,
    };
  }

  restore(saved: ReturnType<EventLog['save']>): void {
    this.#count = saved.count;
    this.#chunks.restore(saved.chunks);
    this.#messages.restore(saved.messages);
    this.#tellsContainers = saved.tellsContainers;
    this.#repeatable.clear();
    for (const [pod, rows] of saved.repeatable) this.#repeatable.set(pod, rows);
    this.#ofObjects.clear();
    for (const [key, known] of saved.ofObjects) this.#ofObjects.set(key, known);
  }

  /** About the pod, or its owner. */
  tellOfPod(pod: PodId, name: EventName): void {
    this.#add(pod, name, {node: this.#world.store.pods.node(pod)});
  }

  /** About another object. */
  tell({object, type, reason, message, node}: ObjectEvent): void {
    const {now} = this.#world.simulation;
    const key = `${object} ${reason} ${message}`;
    const known = this.#ofObjects.get(key);
    if (known !== undefined && now - known.last < timeToLive) {
      this.#countUp(known.row);
      known.last = now;
      return;
    }
    this.#ofObjects.set(key, {row: this.#count, last: now});
    const chunk = this.#chunks.of(this.#count);
    const at = place(this.#count++);
    chunk.time[at] = now;
    chunk.last[at] = now;
    chunk.template[at] = type === 'Normal' ? aboutObject : warningAboutObject;
    chunk.name[at] = object;
    chunk.reason[at] = this.#messages.number(reason);
    chunk.node[at] = node ?? -1;
    chunk.count[at] = 1;
    chunk.message[at] = this.#messages.number(message);
  }

  #watch(): void {
    const {pods, signals} = this.#world.store;
    signals.refused.watch((pod, refusal) => this.#refuse(pod, refusal));
    signals.scheduled.watch((pod, node) => this.#add(pod, 'Scheduled', {node}));
    signals.container.watch((pod, container, step) => this.#addStep(pod, container, step));
    signals.lacking.watch((pod, lack, about) => {
      const message = this.#messages.number(about);
      if (!this.#isRepeated(pod, message)) this.#add(pod, lack, {node: pods.node(pod), message});
    });
    signals.started.watch(pod => {
      if (!this.#tellsContainers) this.#add(pod, 'started', {node: pods.node(pod)});
    });
    signals.preempted.watch((victim, by, node) => {
      const where = `node ${this.#register.name(node)}`;
      const message = `Preempted by pod ${fullName(this.#world, by)} on ${where}`;
      this.#add(victim, 'Preempted', {node, message: this.#messages.number(message)});
    });
    signals.terminating.watch(pod => {
      if (this.#tellsContainers || this.#census.stage(pod) !== 'running') return;
      this.#add(pod, 'stopping', {node: pods.node(pod)});
    });
    this.#census.bound.watch(pod => this.#repeatable.delete(pod));
    this.#census.over.watch((pod, _outcome, reason) => {
      this.#repeatable.delete(pod);
      if (reason.startsWith('OutOf')) this.#add(pod, reason as EventName, {node: pods.node(pod)});
    });
  }

  #refuse(pod: PodId, refusal: Refusal): void {
    const message = this.#messages.number(refusal.message());
    if (this.#isRepeated(pod, message)) return;
    this.#add(pod, 'FailedScheduling', {node: undefined, message});
  }

  #addStep(pod: PodId, container: number, step: ContainerStep): void {
    this.#tellsContainers = true;
    // Below 0, so that it is no message's number.
    const key = -1 - container * eventNames.length - eventNames.indexOf(step);
    if (this.#isRepeated(pod, key)) return;
    this.#add(pod, step, {node: this.#world.store.pods.node(pod), container});
  }

  /** Whether the pod has a row of that already, which then counts once more. */
  #isRepeated(pod: PodId, key: number): boolean {
    const rows = this.#repeatable.get(pod) ?? new Map<number, number>();
    const first = rows.get(key);
    if (first !== undefined) {
      this.#countUp(first);
      return true;
    }
    rows.set(key, this.#count);
    // Of a pod that was deleted meanwhile nothing is kept: its number may be another's soon.
    if (this.#census.stage(pod) !== 'over') this.#repeatable.set(pod, rows);
    return false;
  }

  #countUp(row: number): void {
    const chunk = this.#chunks.of(row);
    chunk.count[place(row)]++;
    chunk.last[place(row)] = this.#world.simulation.now;
  }

  #add(
    pod: PodId,
    name: EventName,
    {
      node,
      container = 0,
      message = 0,
    }: {node: NodeId | undefined; container?: number; message?: number},
  ): void {
    const {simulation, store} = this.#world;
    const chunk = this.#chunks.of(this.#count);
    const at = place(this.#count++);
    chunk.time[at] = simulation.now;
    chunk.last[at] = simulation.now;
    chunk.kind[at] = eventNames.indexOf(name);
    chunk.template[at] = store.pods.templateIdOf(pod);
    chunk.name[at] = store.pods.name(pod);
    chunk.node[at] = node ?? -1;
    chunk.count[at] = 1;
    chunk.message[at] = message;
    chunk.container[at] = container;
  }

  // In the order in which they first happened.
  *#rows(): Generator<Cell[]> {
    for (let row = 0; row < this.#count; row++) yield this.#row(this.#chunks.of(row), place(row));
  }

  #row(chunk: EventChunk, at: number): Cell[] {
    return chunk.template[at] < 0 ? this.#objectRow(chunk, at) : this.#podRow(chunk, at);
  }

  #objectRow(chunk: EventChunk, at: number): Cell[] {
    const node = chunk.node[at];
    return [
      secondsText(chunk.time[at]),
      chunk.template[at] === aboutObject ? 'Normal' : 'Warning',
      this.#messages.text(chunk.reason[at]),
      chunk.name[at],
      node < 0 ? undefined : this.#register.name(node as NodeId),
      chunk.count[at],
      this.#messages.text(chunk.message[at]),
      secondsText(chunk.last[at]),
    ];
  }

  #podRow(chunk: EventChunk, at: number): Cell[] {
    const template = this.#world.store.pods.templateOf(chunk.template[at]);
    const {type, reason, message, ofOwner} = eventKinds[eventNames[chunk.kind[at]]];
    const {owner, namespace} = template;
    const {initContainers, containers} = template.spec;
    // Where kubelets do not tell of each container, the first one stands for all.
    const told = this.#tellsContainers ? [...initContainers, ...containers] : containers;
    const {name: container = '', image = ''} = told[chunk.container[at]] ?? {};
    const nodeId = chunk.node[at];
    const node = nodeId < 0 ? undefined : this.#register.name(nodeId as NodeId);
    const pod = `${namespace}/${chunk.name[at]}`;
    const about = this.#messages.text(chunk.message[at]);
    return [
      secondsText(chunk.time[at]),
      type,
      reason,
      ofOwner && owner ? `${owner.kind}/${namespace}/${owner.name}` : `Pod/${pod}`,
      ofOwner ? undefined : node,
      chunk.count[at],
      message?.({pod, node, container, image, about}) ?? about,
      secondsText(chunk.last[at]),
    ];
  }
}

function fullName({store}: World, pod: PodId): string {
  return `${store.pods.namespace(pod)}/${store.pods.name(pod)}`;
}

export type ObjectEvent = {
  /** Kind, namespace and name. */
  readonly object: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly node: NodeId | undefined;
};

/** As the API server's --event-ttl: what is said again after an hour is a row of its own. */
const timeToLive = hours(1);

// In the place of a pod's template.
const [aboutObject, warningAboutObject] = [-1, -2];

type EventChunk = ReturnType<typeof newChunk>;

function newChunk(length: number) {
  const name: string[] = [];
  return {
    name,
    time: new Float64Array(length),
    last: new Float64Array(length),
    kind: new Uint8Array(length),
    container: new Uint16Array(length),
    template: new Int32Array(length),
    node: new Int32Array(length),
    count: new Int32Array(length),
    message: new Int32Array(length),
    reason: new Int32Array(length),
  };
}

/** `time` and `last`: of the first and last of `count` equal ones. */
const columns = ['time', 'type', 'reason', 'object', 'node', 'count', 'message', 'last'];
