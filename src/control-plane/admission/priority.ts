// Resolves a pod's priority class. As plugin/pkg/admission/priority; the one difference is that a
// priority that is written out stands, as in dumps of running clusters, whose classes are often not
// part of the scenario.

import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {PriorityClass, Store} from '../../objects/store.ts';
import type {AdmissionPlugin} from './plugin.ts';

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

export function priority({priorityClasses}: Store): AdmissionPlugin {
  return {
    name: 'Priority',
    revision: () => priorityClasses.log.end,
    review: ({template}) => {
      const {priorityClassName, priority: written} = template.spec;
      const chosen =
        priorityClassName === undefined
          ? globalDefault(priorityClasses)
          : classOf(priorityClassName, priorityClasses);
      if (chosen === undefined && priorityClassName !== undefined && written === undefined) {
        return {refused: `no PriorityClass with name ${priorityClassName} was found`};
      }
      return {
        template: withPolicy(template, chosen?.preemptionPolicy),
        priority: written ?? chosen?.value ?? 0,
      };
    },
  };
}

type Classes = Store['priorityClasses'];

function classOf(name: string, classes: Classes): PriorityClass | undefined {
  if (name.startsWith(reservedPrefix)) return systemClasses.find(known => known.name === name);
  const id = classes.id(name);
  return id === undefined ? undefined : classes.get(id);
}

/** Of several, the smallest value applies. */
function globalDefault(classes: Classes): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const [, candidate] of classes.all()) {
    if (!candidate.globalDefault || candidate.name.startsWith(reservedPrefix)) continue;
    if (lowest === undefined || candidate.value < lowest.value) lowest = candidate;
  }
  return lowest;
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
