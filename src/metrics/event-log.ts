// events.csv: what `kubectl get events` would show. A row is numbers and references; texts that
// follow from them are made when written. Like the real recorder, an event that says the same of
// the same object again raises the count of its first row instead of making a new one.
//
// The real recorder also forgets after a while and holds back floods; this one does neither.

import type {NodeId, PodId} from '../objects/ids.ts';
import type {Refusal} from '../objects/pod-signals.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Census} from './census.ts';
import type {NodeRegister} from './node-register.ts';
import {Chunks, place} from './rows.ts';
import {secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import {Texts} from './texts.ts';
import type {World} from './world.ts';

const reasons = ['Scheduled', 'FailedScheduling', 'Preempted', 'Started', 'Killing'] as const;
type Reason = (typeof reasons)[number];

export class EventLog {
  readonly #world: World;
  readonly #census: Census;
  readonly #register: NodeRegister;
  readonly #chunks = new Chunks(newChunk);
  readonly #messages = new Texts();
  // Rows of the messages that a waiting pod has had, by PodId; most pods never have any.
  readonly #refusals = new Map<PodId, Map<number, number>>();
  #count = 0;

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
      refusals: this.#refusals,
    };
  }

  restore(saved: ReturnType<EventLog['save']>): void {
    this.#count = saved.count;
    this.#chunks.restore(saved.chunks);
    this.#messages.restore(saved.messages);
    this.#refusals.clear();
    for (const [pod, rows] of saved.refusals) this.#refusals.set(pod, rows);
  }

  #watch(): void {
    const {pods, signals} = this.#world.store;
    signals.refused.watch((pod, refusal) => this.#refuse(pod, refusal));
    signals.scheduled.watch((pod, node) => this.#add(pod, 'Scheduled', node));
    signals.started.watch(pod => this.#add(pod, 'Started', pods.node(pod)));
    signals.preempted.watch((victim, by, node) => {
      const where = `node ${this.#register.name(node)}`;
      const message = `Preempted by pod ${fullName(this.#world, by)} on ${where}`;
      this.#add(victim, 'Preempted', node, this.#messages.number(message));
    });
    signals.terminating.watch(pod => {
      if (this.#census.stage(pod) === 'running') this.#add(pod, 'Killing', pods.node(pod));
    });
    this.#census.bound.watch(pod => this.#refusals.delete(pod));
    this.#census.over.watch(pod => this.#refusals.delete(pod));
  }

  #refuse(pod: PodId, refusal: Refusal): void {
    const message = this.#messages.number(refusal.message());
    const rows = this.#refusals.get(pod) ?? new Map<number, number>();
    const first = rows.get(message);
    if (first !== undefined) {
      this.#chunks.of(first).count[place(first)]++;
      return;
    }
    rows.set(message, this.#count);
    // Of a pod that was deleted during the attempt nothing is kept: its number may be another's
    // soon.
    if (this.#census.stage(pod) === 'waiting') this.#refusals.set(pod, rows);
    this.#add(pod, 'FailedScheduling', undefined, message);
  }

  #add(pod: PodId, reason: Reason, node: NodeId | undefined, message = 0): void {
    const {simulation, store} = this.#world;
    const chunk = this.#chunks.of(this.#count);
    const at = place(this.#count++);
    chunk.time[at] = simulation.now;
    chunk.reason[at] = reasons.indexOf(reason);
    chunk.template[at] = store.pods.templateId(store.pods.template(pod));
    chunk.name[at] = store.pods.name(pod);
    chunk.node[at] = node ?? -1;
    chunk.count[at] = 1;
    chunk.message[at] = message;
  }

  // In the order in which they first happened.
  *#rows(): Generator<Cell[]> {
    for (let row = 0; row < this.#count; row++) yield this.#row(this.#chunks.of(row), place(row));
  }

  #row(chunk: EventChunk, at: number): Cell[] {
    const template = this.#world.store.pods.templateOf(chunk.template[at]);
    const reason = reasons[chunk.reason[at]];
    const nodeId = chunk.node[at];
    const node = nodeId < 0 ? undefined : this.#register.name(nodeId as NodeId);
    const name = `${template.namespace}/${chunk.name[at]}`;
    const message = this.#messages.text(chunk.message[at]);
    return [
      secondsText(chunk.time[at]),
      reason === 'FailedScheduling' ? 'Warning' : 'Normal',
      reason,
      `Pod/${name}`,
      node,
      chunk.count[at],
      message === '' ? derivedMessage(reason, {name, node, template}) : message,
    ];
  }
}

function fullName({store}: World, pod: PodId): string {
  return `${store.pods.namespace(pod)}/${store.pods.name(pod)}`;
}

// The texts of kube-scheduler's and the kubelet's recorders.
function derivedMessage(
  reason: Reason,
  {name, node, template}: {name: string; node: string | undefined; template: PodTemplate},
): string {
  const container = template.spec.containers[0]?.name ?? '';
  if (reason === 'Scheduled') return `Successfully assigned ${name} to ${node}`;
  if (reason === 'Started') return `Started container ${container}`;
  if (reason === 'Killing') return `Stopping container ${container}`;
  return '';
}

type EventChunk = ReturnType<typeof newChunk>;

function newChunk(length: number) {
  const name: string[] = [];
  return {
    name,
    time: new Float64Array(length),
    reason: new Uint8Array(length),
    template: new Int32Array(length),
    node: new Int32Array(length),
    count: new Int32Array(length),
    message: new Int32Array(length),
  };
}

/** `time`: of the first of `count` equal ones. `object`: kind, namespace and name. */
const columns = ['time', 'type', 'reason', 'object', 'node', 'count', 'message'];
