// What a scheduling plugin is: Kubernetes' extension points as optional methods of one small
// object. A plugin is created once per profile and keeps what it computed for the current pod in
// its closure; the scheduler tries one pod at a time, so there is never more than one cycle's
// worth.

import type {z} from 'zod';
import type {RandomStream} from '../engine/random.ts';
import type {Time} from '../engine/time.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {ClusterView} from './cache/cluster-view.ts';
import type {NodeInfo} from './cache/node-info.ts';
import type {PodInfo} from './cache/pod-info.ts';
import type {ClusterEvent, EventKind} from './cluster-event.ts';

/**
 * Why a pod is not taken, by a plugin or on a node. Success is `undefined`. Plugins share
 * constants: build none per node.
 */
export type Rejection = {
  /**
   * unschedulable: not now, and preempting pods may help; unresolvable: preempting cannot help
   * (UnschedulableAndUnresolvable); pending: waits for something outside; error: an attempt went
   * wrong.
   */
  readonly code: 'unschedulable' | 'unresolvable' | 'pending' | 'error';
  /**
   * As kube-scheduler words them, e.g. `Insufficient cpu`; counted over nodes in the pod's
   * condition.
   */
  readonly reasons: readonly string[];
};

export type Plugin = {
  /**
   * What `filter` and `score` look at besides the pod's shape (`pod.shape`), so that an answer may
   * be kept until that changes. `object`: this Node object. `node`: and the pods on it. `nodes`:
   * also facts of all Node objects (their number, their images). Absent: anything; the answer is
   * never kept.
   */
  readonly reads?: {readonly filter?: Reads; readonly score?: Reads};

  /** Before the active queue: a rejection gates the pod. */
  preEnqueue?(pod: PodInfo): Rejection | undefined;

  /** Queue order: does the first pod come before the second? Only the queue-sort plugin has it. */
  less?(left: QueueOrder, right: QueueOrder): boolean;

  /**
   * Once per attempt, before the nodes. `skip`: nothing to filter in this cycle. A set: only these
   * nodes come in question.
   */
  preFilter?(pod: PodInfo): 'skip' | Rejection | ReadonlySet<string> | undefined;
  /**
   * What-if questions: the state of `preFilter` as if `other` were on, or gone from, `node`. They
   * undo one another exactly.
   */
  addPod?(pod: PodInfo, other: PodInfo, node: NodeInfo): void;
  removePod?(pod: PodInfo, other: PodInfo, node: NodeInfo): void;

  filter?(pod: PodInfo, node: NodeInfo): Rejection | undefined;

  /** After no node passed. May nominate a node and name victims. */
  postFilter?(pod: PodInfo, failures: FilterFailures): PostFilterResult | undefined;

  /**
   * Whether `preScore` would say `skip` for this pod whatever the nodes. A plugin that can tell
   * spares the scheduler listing the nodes for it.
   */
  scoresNothing?(pod: PodInfo): boolean;
  /** Once per attempt, with the feasible nodes in the order they were found. */
  preScore?(pod: PodInfo, nodes: readonly NodeInfo[]): 'skip' | undefined;
  /** A whole number; without `normalizeScores` it must lie in 0…100. */
  score?(pod: PodInfo, node: NodeInfo): number;
  /** In place, to 0…100. `scores[i]` belongs to `nodes[i]`. */
  normalizeScores?(pod: PodInfo, scores: Int32Array, nodes: readonly NodeInfo[]): void;
  /**
   * Says that `normalizeScores` leaves the highest scores, and only those, the highest: alone in a
   * profile it need not be asked. Scores lie within 2^29 of 0.
   */
  readonly keepsHighest?: true;
  /**
   * Which of so many feasible nodes, by place in the order in which they were found, `preScore` and
   * `score` would make the only best one. Alone in a profile it is asked instead of those.
   */
  pick?(pod: PodInfo, feasible: number): number;
  /**
   * Of nodes with the same best total the first in order is taken, and not as the version of
   * Kubernetes has it: where all score plugins of the profile want it so.
   */
  readonly ties?: 'first';

  /**
   * Which devices of its node the pod gets, one bit each: as many as it asks for, with enough free.
   * Once per attempt, after the node was chosen; the first score plugin that has it is asked, and
   * without one it is the tightest fit.
   */
  chooseDevices?(pod: PodInfo, node: NodeInfo): number;

  reserve?(pod: PodInfo, node: NodeInfo): Rejection | undefined;
  unreserve?(pod: PodInfo, node: NodeInfo): void;
  /**
   * `undefined`: go on. A time: wait that long at most for `allow` or `reject` through the handle.
   */
  permit?(pod: PodInfo, node: NodeInfo): Rejection | {readonly wait: Time} | undefined;
  /** `undefined`: nothing to do before binding. A time: the binding takes that much longer. */
  preBind?(pod: PodInfo, node: NodeInfo): Rejection | Time | undefined;
  /** `skip` leaves the binding to the next bind plugin. */
  bind?(pod: PodInfo, node: NodeInfo): 'skip' | undefined;
  postBind?(pod: PodInfo, node: NodeInfo): void;

  /** Which changes may make a pod schedulable that this plugin rejected. Absent: every change. */
  readonly requeueOn?: readonly RequeueHint[];

  /** For a plugin with state that outlives a cycle: a structured-cloneable value, and back. */
  save?(): unknown;
  restore?(saved: unknown): void;
};

export type Reads = 'object' | 'node' | 'nodes';

export type QueueOrder = {readonly priority: number; readonly queuedAt: Time};

/**
 * A queueing hint: whether `event` is worth another attempt for a pod that this plugin rejected.
 * Absent hint: yes.
 */
export type RequeueHint = {
  readonly on: EventKind;
  readonly hint?: (pod: PodInfo, event: ClusterEvent) => boolean;
};

/**
 * Which nodes failed, and why. A node that is absent was not looked at, and counts as unresolvable.
 */
export type FilterFailures = ReadonlyMap<NodeInfo, Rejection>;

export type PostFilterResult =
  | {readonly nominate: NodeInfo; readonly victims: readonly PodInfo[]}
  /** Nothing to be done; `clearNomination` says that an earlier nomination no longer stands. */
  | {
      readonly nominate: undefined;
      readonly clearNomination: boolean;
      readonly reasons: readonly string[];
    };

/** What a plugin is given when it is created. */
export type PluginHandle = {
  readonly kubernetes: KubernetesMinor;
  readonly clock: {readonly now: Time};
  readonly cluster: ClusterView;
  /** What typical pods could not use of a node; `undefined` where none asks for devices. */
  readonly fragmentation?: Fragmentation | undefined;
  /** Feature gates set otherwise than the version's default, by Kubernetes' name. */
  readonly featureGates?: ReadonlyMap<string, boolean>;
  /**
   * Runs the profile's filters for one node as the what-if state stands; `undefined` when the pod
   * fits.
   */
  readonly runFilters: (pod: PodInfo, node: NodeInfo) => Rejection | undefined;
  /**
   * Tells every plugin that filters in this cycle of a what-if change, and changes the node itself.
   */
  readonly addPod: (pod: PodInfo, other: PodInfo, node: NodeInfo) => void;
  readonly removePod: (pod: PodInfo, other: PodInfo, node: NodeInfo) => void;
  /** A random stream of the plugin's own: other parts' draws stay as they are. */
  readonly random: (question: string) => RandomStream;
  /** A stream for this attempt of this pod alone: one pod's draws move no other's. */
  readonly attemptRandom: (pod: PodInfo) => RandomStream;
  /** For permit: lets a waiting pod go on, or turns it away. */
  readonly allow: (pod: PodInfo) => void;
  readonly reject: (pod: PodInfo, reason: string) => void;
  /** Has a waiting pod tried next, whatever its backoff. */
  readonly activate: (pod: PodInfo) => void;
};

export type PluginDefinition<Options = unknown> = {
  readonly name: string;
  /**
   * Arguments, checked where the scenario or the KubeSchedulerConfiguration is read. Absent: takes
   * none.
   */
  readonly options?: z.ZodType<Options>;
  create(handle: PluginHandle, options: Options): Plugin;
};

/**
 * Gives the options their type from the schema: `definePlugin({name, options: z.object({…}),
 * create(handle, options) {…}})`.
 */
export function definePlugin<Options>(
  definition: PluginDefinition<Options>,
): PluginDefinition<Options> {
  return definition;
}
