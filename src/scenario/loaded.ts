// A scenario as read and checked: plain data that can be cloned to a worker, and all that a run is
// built from (with the modules of its plugin files, see `plugins`).

import type {ApiServerOptions} from '../control-plane/api-server-options.ts';
import type {ManagerOptions} from '../controllers/manager-options.ts';
import type {Time} from '../engine/time.ts';
import type {FaultEntry} from '../faults/start-faults.ts';
import type {ManifestObject} from '../manifests/manifest.ts';
import type {OutageLine} from '../metrics/services/service-outage.ts';
import type {Slo} from '../metrics/slos.ts';
import type {ApplicationEntry} from '../network/traffic/application-options.ts';
import type {TrafficEntry} from '../network/traffic/traffic-options.ts';
import type {BehaviourEntry} from '../node/behaviour-options.ts';
import type {ImageOptions} from '../node/image-options.ts';
import type {KubeletOptions} from '../node/kubelet-options.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {TimelineEntry} from '../operators/start-operator.ts';
import type {CostModel} from '../scheduler/cost-model.ts';
import type {SchedulerConfiguration} from '../scheduler/scheduler.ts';
import type {RowReport} from '../workload/traces/row-report.ts';
import type {CompareOptions} from './compare-schema.ts';
import type {LoadedControlPlane} from './loaded-control-plane.ts';
import type {Network} from './network-schema.ts';

export type LoadedScenario = {
  /** As the user gave it; for messages. */
  readonly file: string;
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  readonly duration: Time;
  /** What the clocks show at time zero, in seconds since 1970. */
  readonly startTime: number;
  readonly kubernetes: KubernetesMinor;
  /** Of pools and files, in the order of the scenario. Names differ. */
  readonly nodes: readonly NodeObject[];
  /** Which of them are in a random order each replication, each of these among themselves. */
  readonly shuffledNodes: readonly NodeRange[];
  readonly controlPlane: LoadedControlPlane;
  readonly network: Network;
  readonly kubelet: KubeletOptions;
  readonly apiServer: ApiServerOptions;
  readonly controllerManager: ManagerOptions;
  readonly images: ImageOptions;
  /** How containers behave, by selector; the first entry that says something counts. */
  readonly behaviour: readonly BehaviourEntry[];
  /**
   * Of the scenario's own file, then of `manifests`, in order; Node objects are in `nodes` instead.
   */
  readonly manifests: readonly ManifestObject[];
  readonly scheduler: LoadedScheduler;
  readonly workload: readonly WorkloadEntry[];
  /** What became of the rows of the traces among them. */
  readonly traces: readonly LoadedTrace[];
  readonly timeline: readonly TimelineEntry[];
  readonly faults: readonly FaultEntry[];
  /** When a Service is in an outage. */
  readonly outage: OutageLine;
  readonly applications: readonly ApplicationEntry[];
  readonly traffic: readonly TrafficEntry[];
  readonly slos: readonly Slo[];
  readonly results: WantedResults;
  /** How variants are held against one another. */
  readonly compare: CompareOptions;
  /** Over every text that was read and every `--set`: equal hashes and seeds give equal results. */
  readonly hash: string;
};

/** `to` is the first one behind. */
export type NodeRange = {readonly from: number; readonly to: number};

export type LoadedScheduler = {
  /** Profiles with their plugins, weights and arguments, backoff, limits of the client. */
  readonly configuration: SchedulerConfiguration;
  readonly cost: CostModel;
  /** Absolute paths of strategy files; `importPlugins` gives their definitions. */
  readonly plugins: readonly string[];
};

export type WorkloadEntry = {
  /** A key of the registry in `workload/index.ts`. */
  readonly kind: string;
  /** Names its pods and random streams; no two entries share one. */
  readonly name: string;
  /** As the kind's own schema gives them, `name` and `kind` included. */
  readonly options: unknown;
};

export type LoadedTrace = RowReport & {
  /** Name of the workload. */
  readonly workload: string;
  /** As the scenario names it. */
  readonly file: string;
};

export type WantedResults = {
  readonly pods: boolean;
  readonly events: boolean;
  readonly timeseries?: {readonly every: Time} | undefined;
  /** What strategies are judged by. */
  readonly strategies?: boolean | undefined;
};
