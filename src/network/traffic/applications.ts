// The programs in pods as a scenario's entries say: of each template the first entry that fits, key
// by key.

import {type Labels, labelsMatch} from '../../objects/labels.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import {type Application, type CallSteps, idleApplication} from './application.ts';
import type {ApplicationEntry, StepEntry} from './application-options.ts';

export type StepsOf = (steps: readonly StepEntry[], application: string) => CallSteps;

export class Applications {
  readonly #entries: readonly {
    readonly entry: ApplicationEntry;
    readonly name: string;
    readonly steps: CallSteps | undefined;
  }[];
  readonly #known = new Map<PodTemplate, Application>();

  constructor(entries: readonly ApplicationEntry[], stepsOf: StepsOf) {
    const names = new Map<string, number>();
    this.#entries = entries.map((entry, i) => {
      const wanted = nameOf(entry) ?? `application-${i + 1}`;
      const count = (names.get(wanted) ?? 0) + 1;
      names.set(wanted, count);
      // What it calls is told apart by its name.
      const name = count > 1 ? `${wanted}-${count}` : wanted;
      return {entry, name, steps: entry.calls && stepsOf(entry.calls, name)};
    });
  }

  of(template: PodTemplate | undefined): Application {
    if (template === undefined) return idleApplication;
    const known = this.#known.get(template) ?? this.#resolve(template);
    this.#known.set(template, known);
    return known;
  }

  #resolve(template: PodTemplate): Application {
    const fitting = this.#entries.filter(({entry}) => isMeant(entry, template));
    if (fitting.length === 0) return idleApplication;
    const said: Partial<ApplicationEntry> = {};
    for (const {entry} of fitting.toReversed()) Object.assign(said, written(entry));
    const {takes, workers, sharing, queue, errors = 0, answer = 0, holds = true} = said;
    const atOnce = sharing ?? workers ?? Infinity;
    const steps = fitting.find(each => each.steps !== undefined)?.steps ?? [];
    return {
      name: fitting[0].name,
      takes,
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

function written(entry: ApplicationEntry): Partial<ApplicationEntry> {
  const some = Object.entries(entry).filter(([, value]) => value !== undefined);
  return Object.fromEntries(some);
}

/** Without a selector it means all pods. */
export function isMeant(
  {selector, namespace, of}: ApplicationEntry,
  template: PodTemplate,
): boolean {
  if (namespace !== undefined && namespace !== template.namespace) return false;
  if (of !== undefined && !isOf(of, template)) return false;
  return selector === undefined || labelsMatch(selector, template.labels);
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

/** As its pods are labelled. */
function nameOf({selector = [], of}: ApplicationEntry): string | undefined {
  const own = nameLabels.map(key => of?.labels.get(key)).find(name => name !== undefined);
  return own ?? selector.find(({operator}) => operator === 'In')?.values[0];
}

const nameLabels = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];
