// The pods that the kubelets of all nodes have, and what is the same for all pods of a template.

import {effectiveRequests} from '../objects/effective-requests.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Container, PodSpec, PodTemplate} from '../objects/pod-spec.ts';
import type {Resources} from '../objects/resources.ts';
import type {Store} from '../objects/store.ts';
import type {BehaviourEntry, ContainerBehaviour} from './behaviour-options.ts';
import {behaviourOf} from './behaviours.ts';
import {allContainers, type LivePod, newLiveContainer} from './live-pod.ts';

export type PodPlan = {
  readonly spec: PodSpec;
  /** Init containers first. */
  readonly containers: readonly Container[];
  readonly initCount: number;
  readonly restartPolicy: PodSpec['restartPolicy'];
  readonly behaviours: readonly ContainerBehaviour[];
  readonly requests: Resources;
};

export class LivePods {
  readonly #store: Store;
  readonly #behaviours: readonly BehaviourEntry[];
  #pods = new Map<PodId, LivePod>();
  /** In the order in which they came. */
  readonly #byNode = new Map<NodeId, Set<PodId>>();
  readonly #plans = new WeakMap<PodTemplate, PodPlan>();
  /** Of pods with a lifetime. */
  readonly #endingPlans = new WeakMap<PodPlan, PodPlan>();

  constructor(store: Store, behaviours: readonly BehaviourEntry[]) {
    this.#store = store;
    this.#behaviours = behaviours;
  }

  get(pod: PodId): LivePod | undefined {
    return this.#pods.get(pod);
  }

  /** For an event of a pod that is there: others are cancelled when it goes. */
  of(pod: PodId): LivePod {
    const live = this.#pods.get(pod);
    if (live === undefined) throw new Error(`no kubelet has pod ${pod} any more`);
    return live;
  }

  add(pod: PodId, node: NodeId): LivePod {
    const {pods} = this.#store;
    const template = pods.template(pod);
    const live: LivePod = {
      pod,
      serial: pods.serial(pod),
      node,
      // Names come again (StatefulSets), moments of creation with them do not.
      key: `${template.namespace}/${pods.name(pod)}@${pods.createdAt(pod)}`,
      template: pods.templateId(template),
      lifetime: pods.lifetime(pod),
      stopping: false,
      attended: true,
      losses: 0,
      ending: undefined,
      busy: false,
      initialized: false,
      setUpFrom: 0,
      mountDelay: 0,
      sandbox: undefined,
      listener: undefined,
      listensAnew: undefined,
      probesFrom: 0,
      started: false,
      ready: false,
      stopBegan: 0,
      step: undefined,
      wake: undefined,
      containers: allContainers(template.spec).map(newLiveContainer),
    };
    this.#pods.set(pod, live);
    this.#place(live);
    return live;
  }

  #place({pod, node}: LivePod): void {
    const there = this.#byNode.get(node);
    if (there === undefined) this.#byNode.set(node, new Set([pod]));
    else there.add(pod);
  }

  delete({pod, node}: LivePod): void {
    this.#pods.delete(pod);
    this.#byNode.get(node)?.delete(pod);
  }

  on(node: NodeId): LivePod[] {
    return [...(this.#byNode.get(node) ?? [])].map(pod => this.of(pod));
  }

  plan({template: id, lifetime}: LivePod): PodPlan {
    const template = this.#store.pods.templateOf(id);
    const known = this.#plans.get(template) ?? this.#makePlan(template);
    return lifetime === undefined ? known : this.#endingPlan(known);
  }

  /** A workload's pod that has a lifetime does not begin it again. */
  #endingPlan(known: PodPlan): PodPlan {
    if (known.restartPolicy !== 'Always') return known;
    const ending = this.#endingPlans.get(known) ?? {...known, restartPolicy: 'OnFailure' as const};
    this.#endingPlans.set(known, ending);
    return ending;
  }

  save() {
    return this.#pods;
  }

  restore(saved: ReturnType<LivePods['save']>): void {
    this.#pods = saved;
    this.#byNode.clear();
    for (const live of saved.values()) this.#place(live);
  }

  #makePlan(template: PodTemplate): PodPlan {
    const {spec} = template;
    const containers = allContainers(spec);
    const initCount = spec.initContainers.length;
    const behaviours = containers.map((container, index) =>
      behaviourOf(container, {
        template,
        init: index < initCount && !container.sidecar,
        entries: this.#behaviours,
      }),
    );
    const plan = {
      spec,
      containers,
      initCount,
      restartPolicy: spec.restartPolicy,
      behaviours,
      requests: effectiveRequests(spec),
    };
    this.#plans.set(template, plan);
    return plan;
  }
}
