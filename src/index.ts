// The library: read a scenario, run it, write a strategy of your own.

export {hours, inSeconds, minutes, seconds, type Time} from './engine/time.ts';
export {type Compared, type CompareManner, compare} from './experiment/compare.ts';
export type {Comparison, ComparisonRow} from './experiment/comparison.ts';
export type {Observation, ObservedSeries} from './experiment/observation.ts';
export type {WantedComparison} from './experiment/read-plan.ts';
export type {Figure} from './metrics/figures.ts';
export type {LifeStep, PodLife} from './metrics/pod-lives.ts';
export type {Cell, ResultTable} from './metrics/table.ts';
export {distribution} from './options/distribution.ts';
export {duration} from './options/duration.ts';
export {formatProblem, hasErrors, type Problem} from './options/problem.ts';
export {quantity} from './options/quantity.ts';
export {importPlugins, readScenario} from './scenario/load.ts';
export type {LoadedScenario} from './scenario/loaded.ts';
export type {Reading, ReadOptions} from './scenario/read-scenario-from.ts';
export {type RunOptions, type RunOutcome, ScenarioRun} from './scenario/scenario-run.ts';
export {simulate} from './scenario/simulate.ts';
export type {ClusterView} from './scheduler/cache/cluster-view.ts';
export type {NodeInfo} from './scheduler/cache/node-info.ts';
export type {PodInfo} from './scheduler/cache/pod-info.ts';
export type {ClusterEvent, EventKind} from './scheduler/cluster-event.ts';
export {
  definePlugin,
  type FilterFailures,
  type Plugin,
  type PluginDefinition,
  type PluginHandle,
  type PostFilterResult,
  type QueueOrder,
  type Reads,
  type Rejection,
  type RequeueHint,
} from './scheduler/framework.ts';
