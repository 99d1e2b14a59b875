// The small cluster that a case describes, in the scheduler's own cache, with a handle such as a
// profile gives its plugins.

import * as z from 'zod';
import {RandomStream} from '../../src/engine/random.ts';
import type {PodId} from '../../src/objects/ids.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import type {KubernetesMinor} from '../../src/objects/version.ts';
import {kubernetesMinors} from '../../src/objects/version.ts';
import {SchedulerCache} from '../../src/scheduler/cache/cache.ts';
import type {DisruptionBudget} from '../../src/scheduler/cache/cluster-view.ts';
import type {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import type {Plugin, PluginHandle, Rejection} from '../../src/scheduler/framework.ts';
import {defaultPlugins} from '../../src/scheduler/plugins/index.ts';
import {templateOf} from './case-template.ts';
import type {Features} from './decode-case.ts';
import {caseNode, casePod, features, labelSelector, pairs, text} from './decode-case.ts';

/** What a missing start time stands for, in the cases' nanoseconds. */
const caseNow = 1e12;

const clusterObject = z.object({
  kind: z.string(),
  name: text,
  namespace: text,
  selector: z.unknown().optional(),
});
type ClusterObject = z.output<typeof clusterObject>;

const worldFields = z.object({
  kubernetesVersion: z.string(),
  features,
  nodes: z.array(caseNode).default([]),
  otherNodes: z.array(caseNode).default([]),
  existingPods: z.array(z.unknown()).default([]),
  namespaces: z.array(z.object({name: z.string(), labels: pairs})).default([]),
  objects: z.array(clusterObject).default([]),
  pdbs: z
    .array(
      z.object({
        name: text,
        namespace: text,
        selector: labelSelector,
        disruptionsAllowed: z.number().default(0),
        disruptedPods: z
          .union([z.array(z.string()), z.record(z.string(), z.unknown()).transform(Object.keys)])
          .default([]),
      }),
    )
    .default([]),
  nowNs: z.number().default(caseNow),
});

export class CaseWorld {
  readonly kubernetes: KubernetesMinor;
  readonly cache: SchedulerCache;
  readonly handle: PluginHandle;
  readonly now: number;
  /** The case's candidate nodes, in its order. */
  readonly nodes: readonly NodeInfo[];
  /** Those that filter, in this cycle; what-if changes are told to them. */
  filtering: readonly Plugin[] = [];
  readonly #features: Features;
  #pods = 0;

  /** `onFirstNode`: all existing pods sit on the one node, whatever they name. */
  constructor(written: unknown, {onFirstNode}: {onFirstNode: boolean}) {
    const fields = worldFields.parse(written);
    this.kubernetes = minorOf(fields.kubernetesVersion);
    this.#features = fields.features;
    this.now = fields.nowNs;
    this.cache = new SchedulerCache({kubernetes: this.kubernetes});
    this.nodes = fields.nodes.map((node: NodeObject) => this.cache.addNode(node));
    for (const node of fields.otherNodes) this.cache.addNode(node);
    void this.cache.nodes;
    for (const {name, labels} of fields.namespaces) this.cache.setNamespace(name, labels);
    for (const existing of fields.existingPods) {
      const pod = this.pod(existing);
      const named = this.cache.node(pod.shape.template.spec.nodeName ?? '');
      const node = onFirstNode ? this.nodes[0] : named;
      if (node !== undefined) this.cache.addPod(pod, node);
    }
    fields.objects.forEach((object, i) => {
      this.#addSelector(object, i);
    });
    this.cache.disruptionBudgets = fields.pdbs.map(
      (budget): DisruptionBudget => ({...budget, disruptedPods: new Set(budget.disruptedPods)}),
    );
    this.handle = this.#makeHandle();
  }

  pod(written: unknown): PodInfo {
    const parsed = casePod.parse(written);
    const shape = this.cache.shapes.of(templateOf(parsed, this.#features));
    const pod = new PodInfo(this.#pods++ as PodId, parsed.name, shape, parsed.priority);
    pod.startTime = parsed.startTimeNs;
    pod.terminating = parsed.terminating;
    pod.nominatedNode = parsed.nominatedNodeName === '' ? undefined : parsed.nominatedNodeName;
    pod.preempted = parsed.conditions.some(
      ({type, status, reason}) =>
        type === 'DisruptionTarget' && status === 'True' && reason === 'PreemptionByScheduler',
    );
    return pod;
  }

  plugin(name: string, args: object = {}): Plugin {
    const entry = defaultPlugins.find(({plugin}) => plugin.name === name);
    if (entry === undefined) throw new Error(`there is no plugin ${name}`);
    return entry.plugin.create(this.handle, entry.plugin.options?.parse(args));
  }

  #addSelector({kind, name, namespace, selector}: ClusterObject, i: number): void {
    if (kind === 'Service') {
      this.cache.selectors.setService(namespace, name || `service-${i}`, pairs.parse(selector));
    } else {
      this.cache.selectors.setOwner({kind, namespace, name}, labelSelector.parse(selector));
    }
  }

  #makeHandle(): PluginHandle {
    const gates = new Map<string, boolean>();
    const {sidecarContainers, comparisonOperators} = this.#features;
    if (sidecarContainers !== undefined) gates.set('SidecarContainers', sidecarContainers);
    if (comparisonOperators !== undefined) {
      gates.set('TaintTolerationComparisonOperators', comparisonOperators);
    }
    return {
      kubernetes: this.kubernetes,
      clock: {now: this.now},
      cluster: this.cache,
      featureGates: gates,
      runFilters: (pod, node) => this.#runFilters(pod, node),
      addPod: (pod, other, node) => {
        node.add(other);
        for (const plugin of this.filtering) plugin.addPod?.(pod, other, node);
      },
      removePod: (pod, other, node) => {
        node.remove(other);
        for (const plugin of this.filtering) plugin.removePod?.(pod, other, node);
      },
      random: question => new RandomStream(question),
      attemptRandom: ({name}) => new RandomStream(name),
      allow: () => {},
      reject: () => {},
      activate: () => {},
    };
  }

  #runFilters(pod: PodInfo, node: NodeInfo): Rejection | undefined {
    for (const plugin of this.filtering) {
      const rejection = plugin.filter?.(pod, node);
      if (rejection !== undefined) return rejection;
    }
    return undefined;
  }
}

function minorOf(version: string): KubernetesMinor {
  const written = Number(/^v?1\.(\d+)/.exec(version)?.[1]);
  const minor = kubernetesMinors.find(known => known === written);
  if (minor === undefined) throw new Error(`Kubernetes ${version} is not modelled`);
  return minor;
}
