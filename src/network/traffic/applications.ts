// The programs in pods as a scenario's entries say: of each template the first entry that fits, key
// by key.

import {labelsMatch} from '../../objects/labels.ts';
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
    this.#entries = entries.map((entry, i) => {
      const name = nameOf(entry) ?? `application-${i + 1}`;
      return {entry, name, steps: entry.calls && stepsOf(entry.calls, name)};
    });
  }

  of(template: PodTemplate | undefined): Application {
    if (template === undefined) return idleApplication;
    const known = this.#known.get(template) ?? this.#resolve(template);
    this.#known.set(template, known);
    return known;
  }

  #resolve({labels}: PodTemplate): Application {
    const fitting = this.#entries.filter(({entry}) => isMeant(entry, labels));
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
export function isMeant({selector}: ApplicationEntry, labels: PodTemplate['labels']): boolean {
  return selector === undefined || labelsMatch(selector, labels);
}

/** As its pods are labelled. */
function nameOf({selector = []}: ApplicationEntry): string | undefined {
  return selector.find(({operator}) => operator === 'In')?.values[0];
}
