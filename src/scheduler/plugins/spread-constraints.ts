// The topology spread constraints that apply to a pod: its own, else the profile's defaults with
// the selector of the pod's Services and controller (kube-scheduler's podtopologyspread/common.go,
// plugin.go).

import type {LabelRequirement, LabelSelector, Labels} from '../../objects/labels.ts';
import {labelsMatch} from '../../objects/labels.ts';
import type {TopologySpreadConstraint} from '../../objects/pod-spec.ts';
import type {RequiredNodeAffinity} from '../../objects/required-node-affinity.ts';
import {requiredNodeAffinity, satisfies} from '../../objects/required-node-affinity.ts';
import {untoleratedTaint} from '../../objects/tolerations.ts';
import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';

export type SpreadConstraint = {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly minDomains: number;
  /** `undefined` matches no pod. */
  readonly selector: LabelSelector | undefined;
  /** `undefined`: every node counts, whatever the pod demands of nodes. */
  readonly affinity: RequiredNodeAffinity | undefined;
  readonly honorsTaints: boolean;
  /** 1 when the pod matches its own selector. */
  readonly self: 0 | 1;
};

export type SpreadConstraints = {
  readonly hard: readonly SpreadConstraint[];
  readonly soft: readonly SpreadConstraint[];
  /** Only nodes with all topology keys take part; not so under the system's defaults. */
  readonly requiresAllKeys: boolean;
};

const none: SpreadConstraints = {hard: [], soft: [], requiresAllKeys: true};

export type SpreadDefaults = {
  readonly constraints: readonly TopologySpreadConstraint[];
  readonly areTheSystems: boolean;
};

/** Prepares constraints once per pod shape and default selector. */
export class PodSpreadConstraints {
  readonly #cluster: ClusterView;
  readonly #defaults: SpreadDefaults;
  readonly #own = new WeakMap<PodShape, SpreadConstraints>();
  readonly #defaulted = new WeakMap<
    PodShape,
    {readonly selector: LabelSelector; readonly constraints: SpreadConstraints}
  >();

  constructor(cluster: ClusterView, defaults: SpreadDefaults) {
    this.#cluster = cluster;
    this.#defaults = defaults;
  }

  of(pod: PodInfo): SpreadConstraints {
    const {shape} = pod;
    const {topologySpreadConstraints} = shape.template.spec;
    if (topologySpreadConstraints.length === 0) return this.#defaultsFor(pod);
    const known = this.#own.get(shape);
    if (known !== undefined) return known;
    const constraints = prepare(shape, topologySpreadConstraints, true);
    this.#own.set(shape, constraints);
    return constraints;
  }

  #defaultsFor(pod: PodInfo): SpreadConstraints {
    if (this.#defaults.constraints.length === 0) return none;
    const selector = this.#cluster.defaultSelector(pod);
    if (selector === undefined || selector.length === 0) return none;
    const known = this.#defaulted.get(pod.shape);
    if (known?.selector === selector) return known.constraints;
    const withSelector = this.#defaults.constraints.map(constraint => ({
      ...constraint,
      labelSelector: selector,
      matchLabelKeys: [],
    }));
    const constraints = prepare(pod.shape, withSelector, !this.#defaults.areTheSystems);
    this.#defaulted.set(pod.shape, {selector, constraints});
    return constraints;
  }
}

/** As matchNodeInclusionPolicies: whether pods on the node count for the constraint. */
export function includes(
  constraint: SpreadConstraint,
  pod: PodInfo,
  node: NodeInfo,
  comparing: boolean,
): boolean {
  const {affinity, honorsTaints} = constraint;
  if (affinity !== undefined && !satisfies(node, affinity)) return false;
  if (!honorsTaints || node.taints.length === 0) return true;
  const {tolerations} = pod.shape.template.spec;
  return untoleratedTaint(node.taints, tolerations, comparing) === undefined;
}

export function hasAllKeys(labels: Labels, constraints: readonly SpreadConstraint[]): boolean {
  for (const {topologyKey} of constraints) if (!labels.has(topologyKey)) return false;
  return true;
}

function prepare(
  {template}: PodShape,
  constraints: readonly TopologySpreadConstraint[],
  requiresAllKeys: boolean,
): SpreadConstraints {
  const affinity = requiredNodeAffinity(template.spec);
  const prepared = (action: TopologySpreadConstraint['whenUnsatisfiable']) =>
    constraints
      .filter(({whenUnsatisfiable}) => whenUnsatisfiable === action)
      .map((constraint): SpreadConstraint => {
        const selector = selectorOf(constraint, template.labels);
        return {
          maxSkew: constraint.maxSkew,
          topologyKey: constraint.topologyKey,
          minDomains: constraint.minDomains,
          selector,
          affinity: constraint.nodeAffinityPolicy === 'Honor' ? affinity : undefined,
          honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
          self: labelsMatch(selector, template.labels) ? 1 : 0,
        };
      });
  return {hard: prepared('DoNotSchedule'), soft: prepared('ScheduleAnyway'), requiresAllKeys};
}

// As mergeLabelSetWithSelector: keys that the pod lacks are passed over, and a null selector, which
// alone matches nothing, is replaced by what the keys give.
function selectorOf(
  {labelSelector, matchLabelKeys}: TopologySpreadConstraint,
  labels: Labels,
): LabelSelector | undefined {
  const merged: LabelRequirement[] = [];
  for (const key of matchLabelKeys) {
    const value = labels.get(key);
    if (value !== undefined) merged.push({key, operator: 'In', values: [value]});
  }
  return merged.length === 0 ? labelSelector : [...merged, ...(labelSelector ?? [])];
}
