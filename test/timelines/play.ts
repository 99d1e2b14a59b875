// Plays a scenario as a user writes it, and keeps a diary of what could be seen from outside: pods,
// nodes, machines and, where asked for, single events. Times are seconds.

import {inSeconds, seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {NodeId, PodId, WorkloadId} from '../../src/objects/ids.ts';
import type {NodeObject, Taint} from '../../src/objects/node-spec.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

export type Entry = {
  readonly at: number;
  readonly what: string;
  /** The pod's or node's name. */
  readonly who: string;
  readonly node: string;
};

/** What all scenarios here begin with. */
const head = `apiVersion: orrery/v1
kind: Scenario
question: Does it take as long as the reference says?
`;

/**
 * `body` goes on after the question; further documents are Kubernetes objects. `warnings`: just
 * these are to be told.
 */
export async function scenario(
  body: string,
  files: Readonly<Record<string, string>> = {},
  warnings = '',
): Promise<LoadedScenario> {
  const all = memoryFiles({'test.yaml': `${head}${body}`, ...files});
  const {scenario: read, problems} = await readScenarioFrom(all, 'test.yaml');
  const told = problems.map(({message}) => message).join('\n');
  // Another warning would mean that a row does not play what it says.
  if (read === undefined || told !== warnings) throw new Error(told);
  return read;
}

export async function played(...given: Parameters<typeof scenario>) {
  return new Play(await scenario(...given)).run();
}

const podSignals = [
  ...['created', 'assumed', 'scheduled', 'started', 'ready', 'unready', 'restarted'],
  ...['terminating', 'ended', 'deleted', 'lacking', 'refused'],
] as const;

const workloadSignalNames = [
  'rolloutStarted',
  'rolloutCompleted',
  'rolloutStalled',
  'jobFinished',
] as const;

export class Play {
  readonly world: BuiltWorld;
  readonly diary: Entry[] = [];
  readonly #scenario: LoadedScenario;
  readonly #measures: Measures;

  constructor(given: LoadedScenario, {seed = given.seed, events = [] as readonly string[]} = {}) {
    this.#scenario = given;
    this.world = build({...given, seed}, {plugins: [], replication: 0});
    const {pods, events: told} = given.results;
    this.#measures = new Measures(this.world, {pods, events: told, timeseries: undefined});
    if (events.length > 0) this.#trace(events);
    this.#followPods();
    this.#followNodes();
    this.#followWorkloads();
    this.world.start();
  }

  get now(): number {
    return inSeconds(this.world.simulation.now);
  }

  /** To the scenario's end, unless `until` says when, in seconds. */
  run(until?: number): this {
    const {simulation} = this.world;
    simulation.run(until === undefined ? this.#scenario.duration : seconds(until));
    if (until === undefined) this.#measures.finish(simulation.now);
    return this;
  }

  /** When it happened: to whom, or to things on a node, and from when on. */
  times(what: string, {who = '', node = '', from = 0} = {}): number[] {
    return this.entries(what, {who, node, from}).map(({at}) => at);
  }

  entries(what: string, {who = '', node = '', from = 0} = {}): Entry[] {
    return this.diary.filter(
      entry =>
        entry.what === what &&
        entry.at >= from &&
        entry.who.startsWith(who) &&
        (node === '' || entry.node === node),
    );
  }

  /** The rows of a result file as objects by column. */
  rows(file: string): Record<string, string>[] {
    const table = this.#measures.tables().find(one => one.file === file);
    if (table === undefined) throw new Error(`no table ${file}`);
    return [...table.rows()].map(row =>
      Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
    );
  }

  get troubled(): Measures['troubled'] {
    return this.#measures.troubled;
  }

  /** Pods that count as ready: neither on their way out nor on a node given up. */
  ready(app: string): number {
    const {pods} = this.world.store;
    let count = 0;
    for (const pod of pods.all()) {
      if (pods.name(pod).startsWith(app) && pods.ready(pod) && !pods.terminating(pod)) count++;
    }
    return count;
  }

  node(name: string): NodeId {
    const id = this.world.store.nodes.id(name);
    if (id === undefined) throw new Error(`no node ${name}`);
    return id;
  }

  #note(what: string, who: string, node: string): void {
    this.diary.push({at: this.now, what, who, node});
  }

  #trace(kinds: readonly string[]): void {
    this.world.simulation.trace((_time, _sequence, kind) => {
      if (kinds.includes(kind)) this.#note(kind, '', '');
    });
  }

  #followPods(): void {
    const {signals, pods, nodes} = this.world.store;
    for (const signal of podSignals) {
      signals[signal].watch((pod: PodId, detail?: unknown) => {
        const node = pods.node(pod);
        const where = node === undefined ? '' : (nodes.get(node)?.name ?? `gone ${node}`);
        this.#note(signal, pods.name(pod), where);
        if (typeof detail === 'string') this.#note(`${signal} ${detail}`, pods.name(pod), where);
      });
    }
    signals.container.watch((pod, _container, step) => {
      const node = pods.node(pod);
      this.#note(
        `container ${step}`,
        pods.name(pod),
        node === undefined ? '' : (nodes.get(node)?.name ?? ''),
      );
    });
  }

  #followWorkloads(): void {
    const {workloadSignals, workloads} = this.world.store;
    for (const signal of workloadSignalNames) {
      workloadSignals[signal].watch((id: WorkloadId) => {
        const object = workloads.get(id);
        if (object !== undefined) this.#note(signal, object.name, '');
      });
    }
  }

  #followNodes(): void {
    const {store, machines} = this.world;
    store.nodeSignals.changed.watch((_id, before, after) => {
      const name = (after ?? before)?.name ?? '';
      for (const what of changes(before, after)) this.#note(what, name, name);
    });
    const nameOf = (id: NodeId) => store.nodes.get(id)?.name ?? '';
    machines.poweredOff.watch(id => this.#note('off', nameOf(id), nameOf(id)));
    machines.poweredOn.watch(id => this.#note('on', nameOf(id), nameOf(id)));
  }
}

function changes(before: NodeObject | undefined, after: NodeObject | undefined): string[] {
  if (before === undefined) return ['added'];
  if (after === undefined) return ['removed'];
  const ready = after.conditions.ready;
  return [
    ...(before.conditions.ready === ready ? [] : [`Ready ${ready}`]),
    ...words(after.taints, before.taints).map(taint => `taint ${taint}`),
    ...words(before.taints, after.taints).map(taint => `untaint ${taint}`),
  ];
}

/** Of the first, those that are not among the others. */
function words(some: readonly Taint[], others: readonly Taint[]): string[] {
  const word = ({key, effect}: Taint) => `${key}:${effect}`;
  const known = new Set(others.map(word));
  return some.map(word).filter(one => !known.has(one));
}
