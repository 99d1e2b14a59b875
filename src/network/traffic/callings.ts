// All ways of calling in a run, with their records and their streams of chance: of its own for each
// application that it meets, so that another calling moves no draw of this one.

import type {RandomStream} from '../../engine/random.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {drawer} from '../../options/drawer.ts';
import type {Application} from './application.ts';
import type {CallingId, CallingOptions} from './calling.ts';
import {Record, type RecordLabels, type RecordOptions, type SavedRecord} from './record.ts';

/** What one calling draws at one application. */
export type Chances = {
  readonly work: () => Time;
  readonly fails: () => boolean;
};

export type Calling = {
  readonly id: CallingId;
  readonly options: CallingOptions;
  record: Record;
  /** Each request is one try that nobody waits for. */
  readonly plain: boolean;
  readonly chances: Map<Application, Chances>;
  /** Of the application that it met last. */
  lastApplication: Application | undefined;
  lastChances: Chances;
  /** Of pauses before it tries again. */
  readonly pauses: RandomStream | undefined;
  /** Requests under way, and repetitions of them. */
  underWay: number;
  repeating: number;
};

type Saved = readonly {
  readonly record: SavedRecord;
  readonly applications: readonly string[];
  readonly underWay: number;
  readonly repeating: number;
}[];

const never = () => false;
const nothing = () => 0;
const noChances: Chances = {work: nothing, fails: never};

export class Callings {
  readonly all: Calling[] = [];
  readonly #simulation: Simulation;
  readonly #recordOptions: RecordOptions;
  /** Records of calls by applications, by Service and caller. */
  readonly #nested = new Map<string, Record>();
  /** Two callings of a name at applications of a name share their streams. */
  readonly #streams = new Map<string, RandomStream>();

  constructor(simulation: Simulation, recordOptions: RecordOptions) {
    this.#simulation = simulation;
    this.#recordOptions = recordOptions;
  }

  add(options: CallingOptions): Calling {
    const {retries, hedgeAfter, over, keepAlive, forwards, name, labels} = options;
    const once = retries === undefined && hedgeAfter === undefined;
    const pauses = retries && this.#stream(`${name}/pauses`);
    const calling: Calling = {
      id: this.all.length as CallingId,
      options,
      record: this.#recordOf(labels),
      plain:
        once && !labels.nested && [over, keepAlive, forwards].every(each => each === undefined),
      chances: new Map(),
      lastApplication: undefined,
      lastChances: noChances,
      pauses,
      underWay: 0,
      repeating: 0,
    };
    this.all.push(calling);
    return calling;
  }

  chancesOf(calling: Calling, application: Application): Chances {
    if (calling.lastApplication === application) return calling.lastChances;
    let chances = calling.chances.get(application);
    if (chances === undefined) {
      chances = this.#chances(calling.options, application);
      calling.chances.set(application, chances);
    }
    calling.lastApplication = application;
    calling.lastChances = chances;
    return chances;
  }

  /** What was counted so far is forgotten; requests under way stay so. */
  startRecords(): void {
    const fresh = new Map<Record, Record>();
    for (const calling of this.all) {
      const {record} = calling;
      const known = fresh.get(record) ?? new Record(this.#recordOptions, record);
      fresh.set(record, known);
      calling.record = known;
      if (known.nested) this.#nested.set(keyOf(known), known);
      calling.record.sent = record.underWay;
      calling.record.observer = record.observer;
    }
  }

  /** Calls of the same Service by the same application have one. */
  #recordOf(labels: RecordLabels): Record {
    const {nested} = labels;
    const key = keyOf(labels);
    const record = (nested && this.#nested.get(key)) || new Record(this.#recordOptions, labels);
    if (nested) this.#nested.set(key, record);
    return record;
  }

  save(): Saved {
    return this.all.map(({record, chances, underWay, repeating}) => {
      const applications = [...chances.keys()].map(({name}) => name);
      return {record: record.save(), applications, underWay, repeating};
    });
  }

  restore(saved: Saved): void {
    for (const [id, {record, underWay, repeating}] of saved.entries()) {
      const calling = this.all[id];
      calling.record.restore(record);
      calling.underWay = underWay;
      calling.repeating = repeating;
    }
  }

  #chances({name, takes}: CallingOptions, application: Application): Chances {
    const asked = takes ?? application.takes;
    const work = asked && drawer(asked, this.#stream(`${name}/work at ${application.name}`));
    const {errors} = application;
    if (errors === 0) return {work: work ?? nothing, fails: never};
    const wrong = this.#stream(`${name}/errors at ${application.name}`);
    return {work: work ?? nothing, fails: () => wrong.uniform() < errors};
  }

  #stream(name: string): RandomStream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = this.#simulation.random(`traffic.${name}`);
    this.#streams.set(name, stream);
    return stream;
  }
}

function keyOf({namespace, service, caller}: RecordLabels): string {
  return `${namespace}/${service} ${caller}`;
}
