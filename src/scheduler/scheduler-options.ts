// What a scheduler is made of: its place in the world, and its configuration.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiConnector, ClientLimits} from '../objects/api-client.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import type {Store} from '../objects/store.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {WatchDelay} from '../objects/watch.ts';
import type {CostModel} from './cost-model.ts';
import type {PluginDefinition} from './framework.ts';
import type {ProfileConfiguration} from './plugin-set.ts';

export type SchedulerOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiConnector;
  readonly kubernetes: KubernetesMinor;
  readonly configuration: SchedulerConfiguration;
  readonly plugins: ReadonlyMap<string, PluginDefinition>;
  readonly cost: CostModel;
  /** Where it is known what pods usually ask for, and some ask for GPUs. */
  readonly fragmentation?: Fragmentation | undefined;
  /** From a change being stored to the scheduler's knowing it. */
  readonly watchDelay: WatchDelay;
  /** Ask every node in every cycle, as the specification does, instead of keeping answers. */
  readonly plain?: boolean;
};

export type SchedulerConfiguration = {
  readonly profiles: readonly ProfileConfiguration[];
  /** 0: adaptive. */
  readonly percentageOfNodesToScore: number;
  readonly initialBackoff: Time;
  readonly maxBackoff: Time;
  /** `never`: a pod that was turned away stays out, unless room is being made for it. */
  readonly retry?: 'always' | 'never';
  readonly client: ClientLimits;
};
