// The programs in pods as a scenario's entries say: of each template, and of each workload where
// entries tell them apart, the first entry that fits, key by key.

import {type Labels, labelsMatch} from '../../objects/labels.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {PodOwner} from '../../options/pod-target.ts';
import {type Application, type CallSteps, idleApplication} from './application.ts';
import type {ApplicationEntry, StepEntry} from './application-options.ts';

/** What entries tell pods apart by. */
export type ProgramPod = {
  readonly template: PodTemplate;
  /** Workloads, nearest first. */
  readonly owners: readonly PodOwner[];
};

export type StepsOf = (steps: readonly StepEntry[], application: string) => CallSteps;

export class Applications {
  readonly #entries: readonly {
    readonly entry: ApplicationEntry;
    readonly name: string;
    readonly steps: CallSteps | undefined;
  }[];
  readonly #byOwner: boolean;
  readonly #idle: Application;
  readonly #known = new Map<PodTemplate, Application>();
  readonly #ofOwners = new Map<PodTemplate, Map<string, Application>>();

  /** `asked`: callers may ask for work where an application has none. */
  constructor(entries: readonly ApplicationEntry[], stepsOf: StepsOf, asked: boolean) {
    this.#idle = asked ? {...idleApplication, cpu: 1} : idleApplication;
    this.#byOwner = entries.some(({workload}) => workload !== undefined);
    const names = applicationNames(entries);
    this.#entries = entries.map((entry, i) => {
      const name = names[i];
      return {entry, name, steps: entry.calls && stepsOf(entry.calls, name)};
    });
  }

  of(pod: ProgramPod | undefined): Application {
    if (pod === undefined) return idleApplication;
    const {template, owners} = pod;
    if (this.#byOwner) return this.#ofOwner(pod, owners.map(nameOfOwner).join());
    const known = this.#known.get(template) ?? this.#resolve(pod);
    this.#known.set(template, known);
    return known;
  }

  #ofOwner(pod: ProgramPod, owner: string): Application {
    const all = this.#ofOwners.get(pod.template) ?? new Map<string, Application>();
    this.#ofOwners.set(pod.template, all);
    const known = all.get(owner) ?? this.#resolve(pod);
    all.set(owner, known);
    return known;
  }

  #resolve(pod: ProgramPod): Application {
    const fitting = this.#entries.filter(({entry}) => isMeant(entry, pod));
    if (fitting.length === 0) return this.#idle;
    const said: Partial<ApplicationEntry> = {};
    for (const {entry} of fitting.toReversed()) Object.assign(said, written(entry));
    const {
      takes,
      workers,
      sharing,
      queue,
      cpu = takes === undefined ? this.#idle.cpu : 1,
      errors = 0,
      answer = 0,
      holds = true,
    } = said;
    const atOnce = sharing ?? workers ?? Infinity;
    const steps = fitting.find(each => each.steps !== undefined)?.steps ?? [];
    return {
      name: fitting[0].name,
      takes,
      cpu,
      station: {
        discipline: sharing === undefined ? 'fifo' : 'sharing',
        workers: atOnce,
        limit: queue === undefined ? Infinity : atOnce + queue,
      },
      errors,
      answerBytes: answer,
      steps,
      holds: holds && steps.length > 0 && sharing === undefined && atOnce < Infinity,
    };
  }
}

/** As callers; what an application calls is told apart by its name. */
export function applicationNames(entries: readonly ApplicationEntry[]): string[] {
  const counts = new Map<string, number>();
  return entries.map((entry, i) => {
    const wanted = nameOf(entry) ?? `application-${i + 1}`;
    const count = (counts.get(wanted) ?? 0) + 1;
    counts.set(wanted, count);
    return count > 1 ? `${wanted}-${count}` : wanted;
  });
}

function written(entry: ApplicationEntry): Partial<ApplicationEntry> {
  const some = Object.entries(entry).filter(([, value]) => value !== undefined);
  return Object.fromEntries(some);
}

/** Without a selector or workload it means all pods. */
export function isMeant(
  {selector, workload, namespace, of}: ApplicationEntry,
  {template, owners}: ProgramPod,
): boolean {
  if (namespace !== undefined && namespace !== template.namespace) return false;
  if (of !== undefined && !isOf(of, template)) return false;
  if (workload !== undefined && !owners.some(owner => isSame(owner, workload))) return false;
  return selector === undefined || labelsMatch(selector, template.labels);
}

function isSame(one: PodOwner, other: PodOwner): boolean {
  return one.kind === other.kind && one.name === other.name;
}

function nameOfOwner({kind, name}: PodOwner): string {
  return `${kind}/${name}`;
}

/** Controllers add labels to those of their templates. */
function isOf(
  {labels, annotations}: NonNullable<ApplicationEntry['of']>,
  template: PodTemplate,
): boolean {
  const has = (all: Labels, wanted: Labels) =>
    [...wanted].every(([key, value]) => all.get(key) === value);
  return has(template.labels, labels) && has(template.annotations, annotations);
}

/** As its workload is called, or its pods are labelled. */
function nameOf({selector = [], workload, of}: ApplicationEntry): string | undefined {
  if (workload !== undefined) return workload.name;
  const own = nameLabels.map(key => of?.labels.get(key)).find(name => name !== undefined);
  return own ?? selector.find(({operator}) => operator === 'In')?.values[0];
}

const nameLabels = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];
