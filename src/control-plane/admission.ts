// What the API server makes of a pod before it stores it: the admission plugins Priority, which
// resolves the class, and DefaultTolerationSeconds. As plugin/pkg/admission/priority; the one
// difference is that a priority that is written out stands, as in dumps of running clusters, whose
// classes are often not part of the scenario.

import type {PodTemplate} from '../objects/pod-spec.ts';
import type {PriorityClass, Store} from '../objects/store.ts';
import {
  type TolerationSeconds,
  usualTolerationSeconds,
  withDefaultTolerations,
} from './admission/default-toleration-seconds.ts';

export type Admitted =
  | {readonly template: PodTemplate; readonly priority: number}
  | {readonly refused: string};

const highestUserPriority = 1_000_000_000;
const reservedPrefix = 'system-';

const systemClasses: readonly PriorityClass[] = [
  {name: 'system-node-critical', value: 2_000_001_000},
  {name: 'system-cluster-critical', value: 2_000_000_000},
].map(({name, value}) => ({
  name,
  value,
  globalDefault: false,
  preemptionPolicy: 'PreemptLowerPriority',
}));

export class Admission {
  readonly #seconds: TolerationSeconds;
  readonly #classes: Store['priorityClasses'];
  readonly #answers = new Map<PodTemplate, Admitted>();
  /** Of the classes' log: the answers are for the classes as they were then. */
  #revision = 0;

  constructor(store: Store, seconds: TolerationSeconds = usualTolerationSeconds) {
    this.#seconds = seconds;
    this.#classes = store.priorityClasses;
  }

  /** Siblings share the answer, and the template in it. */
  admit(template: PodTemplate): Admitted {
    if (this.#revision !== this.#classes.log.end) {
      this.#answers.clear();
      this.#revision = this.#classes.log.end;
    }
    const known = this.#answers.get(template);
    if (known !== undefined) return known;
    const admitted = this.#resolve(template);
    this.#answers.set(template, admitted);
    return admitted;
  }

  #resolve(template: PodTemplate): Admitted {
    const {priorityClassName, priority} = template.spec;
    const chosen =
      priorityClassName === undefined ? this.#globalDefault() : this.#class(priorityClassName);
    if (chosen === undefined && priorityClassName !== undefined && priority === undefined) {
      return {refused: `no PriorityClass with name ${priorityClassName} was found`};
    }
    return {
      template: withDefaultTolerations(
        withPolicy(template, chosen?.preemptionPolicy),
        this.#seconds,
      ),
      priority: priority ?? chosen?.value ?? 0,
    };
  }

  #class(name: string): PriorityClass | undefined {
    if (name.startsWith(reservedPrefix)) return systemClasses.find(known => known.name === name);
    const id = this.#classes.id(name);
    return id === undefined ? undefined : this.#classes.get(id);
  }

  /** Of several, the smallest value applies. */
  #globalDefault(): PriorityClass | undefined {
    let lowest: PriorityClass | undefined;
    for (const [, candidate] of this.#classes.all()) {
      if (!candidate.globalDefault || candidate.name.startsWith(reservedPrefix)) continue;
      if (lowest === undefined || candidate.value < lowest.value) lowest = candidate;
    }
    return lowest;
  }
}

/**
 * The default, PreemptLowerPriority, is left unsaid, so that most pods keep the template they came
 * with.
 */
function withPolicy(
  template: PodTemplate,
  policy: PriorityClass['preemptionPolicy'] | undefined,
): PodTemplate {
  if (policy !== 'Never' || template.spec.preemptionPolicy !== undefined) return template;
  return {...template, spec: {...template.spec, preemptionPolicy: policy}};
}

/** What the API server holds against a PriorityClass (validation of scheduling.k8s.io). */
export function priorityClassComplaint({name, value}: PriorityClass): string | undefined {
  if (systemClasses.some(known => known.name === name && known.value === value)) return undefined;
  if (name.startsWith(reservedPrefix)) {
    return `names with the prefix ${reservedPrefix} are the system's own, got ${name}`;
  }
  if (value <= highestUserPriority) return undefined;
  return `expected a value of at most ${highestUserPriority}, got ${value}`;
}
