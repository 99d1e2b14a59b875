// Something wrong with what pods are started from: an image, a configuration. Pods that run go on;
// it takes effect on those that start, or start again, while it lasts, on all or a share of them.
// Whether a pod is of the share is drawn once a pod, so that it is the same at every start.

import * as z from 'zod';
import type {CauseId} from '../objects/causes.ts';
import type {PodId} from '../objects/ids.ts';
import {isPodMeant} from '../objects/pod-targets.ts';
import {dnsName} from '../options/dns-name.ts';
import {type PodTarget, podTarget} from '../options/pod-target.ts';
import {type FaultDefinition, type NewFault, played} from './define-fault.ts';
import type {RunningFault} from './fault-clock.ts';
import {type FaultTimes, lastingTimes, timeMistakes} from './fault-times.ts';
import {at} from './known-targets.ts';
import type {Strike} from './strike.ts';

type Given = FaultTimes & {readonly pod: PodTarget; readonly namespace: string};

export type Flaw = {
  /** What it goes back to, if it lasts now and the pod is struck. */
  causeFor(pod: PodId): CauseId | undefined;
};

/** `effect` is called once, to watch what starts. */
export function defineFlawFault({
  kind,
  options,
  effect,
}: {
  readonly kind: string;
  readonly options: z.ZodRawShape;
  readonly effect: (flaw: Flaw, fault: NewFault) => void;
}): FaultDefinition {
  const shape = z.strictObject({
    kind: z.literal(kind),
    name: dnsName().optional().describe('names its random streams; its kind unless written'),
    pod: podTarget().describe('which that start meanwhile; with percent a share of them'),
    namespace: z.string().default('default').describe('namespace of the pods'),
    ...options,
    ...lastingTimes,
  });
  return {
    kind,
    detailed: true,
    options: shape.superRefine((given, context) => {
      for (const {key, message} of timeMistakes(given as unknown as FaultTimes, true)) {
        context.addIssue({code: 'custom', path: [key], message});
      }
    }),
    mistakes(given, known) {
      const {pod, namespace} = given as Given;
      const counted = pod.type === 'some' && pod.amount !== undefined && 'count' in pod.amount;
      const message = 'expected percent: how many will start is not known';
      return [
        ...at('pod', known.pods(pod, namespace)),
        ...(counted ? [{path: ['pod', 'count'], message}] : []),
      ];
    },
    create(fault) {
      const running = new RunningFlaw(fault, kind);
      effect(running, fault);
      return running;
    },
  };
}

class RunningFlaw implements RunningFault, Flaw {
  readonly #fault: NewFault;
  readonly #times: RunningFault;
  /** Of those that last. */
  #causes: CauseId[] = [];

  constructor(fault: NewFault, kind: string) {
    this.#fault = fault;
    this.#times = played(this.#strike(kind), fault);
  }

  #strike(kind: string): Strike<string, string> {
    const {simulation} = this.#fault.world;
    return {
      kind,
      things: () => [this.#name()],
      nameOf: name => name,
      partsOf: name => [name],
      take: () => void this.#causes.push(simulation.cause as CauseId),
      release: () => {
        this.#causes = this.#causes.filter(cause => cause !== simulation.cause);
      },
      remains: () => true,
      watchJoining: () => {},
    };
  }

  #name(): string {
    const {pod, namespace} = this.#fault.options as Given;
    if (pod.type === 'one') return `pod/${namespace}/${pod.name}`;
    const {workload} = pod;
    return workload === undefined
      ? `pods/${namespace}`
      : `${workload.kind.toLowerCase()}/${namespace}/${workload.name}`;
  }

  causeFor(pod: PodId): CauseId | undefined {
    const cause = this.#causes.at(-1);
    if (cause === undefined) return undefined;
    const {world, name, options} = this.#fault;
    const {store, simulation} = world;
    const {pod: target, namespace} = options as Given;
    if (!isPodMeant(pod, {target, namespace}, store)) return undefined;
    const amount = target.type === 'one' ? undefined : target.amount;
    if (amount === undefined || !('percent' in amount)) return cause;
    const stream = simulation.passingRandom(`faults.${name}/${store.pods.name(pod)}`);
    return stream.uniform(0, 100) < amount.percent ? cause : undefined;
  }

  start(): void {
    this.#times.start();
  }

  begin(slot: number): void {
    this.#times.begin(slot);
  }

  end(slot: number): void {
    this.#times.end(slot);
  }

  save() {
    return {times: this.#times.save(), causes: this.#causes};
  }

  restore(saved: unknown): void {
    const {times, causes} = saved as ReturnType<typeof this.save>;
    this.#times.restore(times);
    this.#causes = causes;
  }
}
