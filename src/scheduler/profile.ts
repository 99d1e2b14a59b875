// One scheduler profile at work: its plugins, made once, called at Kubernetes' extension points in
// the configured order, and what they said in the cycle that is under way.

import {indexOfDevices, tightestFit} from '../objects/gpu.ts';
import {allows} from './cache/devices.ts';
import type {NodeInfo} from './cache/node-info.ts';
import type {Nominations} from './cache/nominations.ts';
import type {PodInfo} from './cache/pod-info.ts';
import type {Rejection} from './framework.ts';
import type {PluginSet} from './plugin-set.ts';
import {StrategyError} from './strategy-error.ts';

/**
 * A rejection with the plugin it came from: in the order in which plugins run, the first one
 * decides.
 */
export type Failure = {
  readonly plugin: string;
  readonly rejection: Rejection;
  /** Further plugins that had a part in it. */
  readonly alsoBy?: readonly string[];
};

export type PreFilterOutcome =
  | {readonly failure: Failure}
  /** Only nodes of these names come in question, as these plugins say; `undefined`: all. */
  | {
      readonly failure: undefined;
      readonly only: ReadonlySet<string> | undefined;
      readonly restrictedBy: readonly string[];
    };

const passed: PreFilterOutcome = {failure: undefined, only: undefined, restrictedBy: []};
export class Profile {
  readonly name: string;
  readonly percentageOfNodesToScore: number | undefined;
  readonly plugins: PluginSet;
  readonly firstOfTies: boolean;
  /** Of the pod that is being tried, how many times it has been. */
  attempt = 0;
  /** Attempts at any pods so far; not saved, as nothing follows from the number itself. */
  attempts = 0;
  /** Names of the plugins that may turn a pod away, in the order in which they run. */
  readonly pluginOrder: readonly string[];
  readonly #nominations: Nominations;
  /** Plugins whose filter does nothing in this cycle; index as in `plugins.filter`. */
  readonly filterSkipped: boolean[] = [];
  /** Plugins whose score counts nothing in this cycle; index as in `plugins.score`. */
  readonly scoreSkipped: boolean[] = [];
  readonly #failures = new Map<Rejection, Map<string, Failure>>();

  constructor(options: {
    name: string;
    percentageOfNodesToScore: number | undefined;
    plugins: PluginSet;
    nominations: Nominations;
  }) {
    this.name = options.name;
    this.percentageOfNodesToScore = options.percentageOfNodesToScore;
    this.plugins = options.plugins;
    this.#nominations = options.nominations;
    const {preEnqueue, preFilter, filter, score} = options.plugins;
    this.firstOfTies = score.length > 0 && score.every(({plugin}) => plugin.ties === 'first');
    this.pluginOrder = [...new Set([...preEnqueue, ...filter, ...preFilter].map(({name}) => name))];
  }

  begin(attempt: number): void {
    this.attempt = attempt;
    this.attempts++;
  }

  // As RunPreFilterPlugins: unresolvable ends at once; unschedulable is remembered while the rest
  // still run.
  preFilter(pod: PodInfo): PreFilterOutcome {
    const {preFilter, filter} = this.plugins;
    for (let i = 0; i < filter.length; i++) this.filterSkipped[i] = false;
    let failure: Failure | undefined;
    let only: ReadonlySet<string> | undefined;
    const restrictedBy: string[] = [];
    for (let i = 0; i < preFilter.length; i++) {
      const {name, plugin, filterIndex} = preFilter[i];
      const said = plugin.preFilter?.(pod);
      if (said === undefined) continue;
      if (said === 'skip') {
        if (filterIndex !== undefined) this.filterSkipped[filterIndex] = true;
      } else if ('code' in said) {
        if (said.code !== 'unschedulable') {
          return {failure: withOthers(this.failure(name, said), restrictedBy)};
        }
        failure ??= this.failure(name, said);
      } else {
        restrictedBy.push(name);
        only = only === undefined ? said : new Set([...only].filter(node => said.has(node)));
        if (only.size === 0) return {failure: noNodeLeft(restrictedBy)};
      }
    }
    if (failure !== undefined) return {failure: withOthers(failure, restrictedBy)};
    return only === undefined ? passed : {failure: undefined, only, restrictedBy};
  }

  /** The filters, as the node and the cycle's state stand; the first that fails decides. */
  filter(pod: PodInfo, node: NodeInfo): Failure | undefined {
    const {filter} = this.plugins;
    for (let i = 0; i < filter.length; i++) {
      if (this.filterSkipped[i]) continue;
      const rejection = filter[i].plugin.filter?.(pod, node);
      if (rejection !== undefined) return this.failure(filter[i].name, rejection);
    }
    return undefined;
  }

  // As RunFilterPluginsWithNominatedPods: pods of equal or higher priority that are nominated to
  // the node count as if they were there, and the pod must fit both with and without them.
  filterWithNominated(pod: PodInfo, node: NodeInfo): Failure | undefined {
    if (this.#nominations.empty) return this.filter(pod, node);
    const nominated = this.#nominations
      .on(node.name)
      .filter(other => other !== pod && other.priority >= pod.priority);
    if (nominated.length === 0) return this.filter(pod, node);
    for (const other of nominated) this.addPod(pod, other, node);
    const failure = this.filter(pod, node);
    for (const other of nominated.reverse()) this.removePod(pod, other, node);
    return failure ?? this.filter(pod, node);
  }

  /** What if `other` were on the node? Undone exactly by `removePod`. */
  addPod(pod: PodInfo, other: PodInfo, node: NodeInfo): void {
    const {gpu} = other.shape;
    // A nominated pod has no devices yet.
    if (gpu !== undefined && other.node === undefined) {
      other.devices = tightestFit(node.devices, gpu);
    }
    node.add(other);
    for (const {plugin, filterIndex} of this.plugins.preFilter) {
      if (!this.#skips(filterIndex)) plugin.addPod?.(pod, other, node);
    }
  }

  removePod(pod: PodInfo, other: PodInfo, node: NodeInfo): void {
    node.remove(other);
    if (other.node === undefined) other.devices = 0;
    for (const {plugin, filterIndex} of this.plugins.preFilter) {
      if (!this.#skips(filterIndex)) plugin.removePod?.(pod, other, node);
    }
  }

  /** Which devices of its node a pod gets; 0 for a pod that asks for none. */
  chooseDevices(pod: PodInfo, node: NodeInfo): number {
    const {gpu} = pod.shape;
    if (gpu === undefined) return 0;
    const {chooser} = this.plugins;
    const chosen = chooser?.plugin.chooseDevices?.(pod, node);
    if (chooser === undefined || chosen === undefined) return tightestFit(node.devices, gpu);
    if (allows(node.devices, gpu, chosen)) return chosen;
    const which = `devices ${indexOfDevices(chosen)} of node ${node.name}`;
    throw new StrategyError(
      `plugin ${chooser.name} chose ${which} for a pod that cannot have them`,
    );
  }

  /** Runs PreScore of one score plugin; says whether its scores count. */
  preScore(index: number, pod: PodInfo, nodes: readonly NodeInfo[]): boolean {
    const skipped = this.plugins.score[index].plugin.preScore?.(pod, nodes) === 'skip';
    this.scoreSkipped[index] = skipped;
    return !skipped;
  }

  /**
   * Failures are shared: one object for each plugin and rejection, however many nodes it stands
   * for.
   */
  failure(plugin: string, rejection: Rejection): Failure {
    let byPlugin = this.#failures.get(rejection);
    if (byPlugin === undefined) {
      byPlugin = new Map();
      // Rejections are constants of their plugins; one made per call must not pile up here.
      if (this.#failures.size > 10_000) this.#failures.clear();
      this.#failures.set(rejection, byPlugin);
    }
    let failure = byPlugin.get(plugin);
    if (failure === undefined) {
      failure = {plugin, rejection};
      byPlugin.set(plugin, failure);
    }
    return failure;
  }

  #skips(filterIndex: number | undefined): boolean {
    return filterIndex !== undefined && this.filterSkipped[filterIndex];
  }
}

// Changes that help the plugins that left only some nodes may help the pod too.
function withOthers(failure: Failure, restrictedBy: readonly string[]): Failure {
  return restrictedBy.length === 0 ? failure : {...failure, alsoBy: restrictedBy};
}

function noNodeLeft(restrictedBy: readonly string[]): Failure {
  const who =
    restrictedBy.length === 1
      ? `plugin ${restrictedBy[0]}`
      : `plugin(s) [${restrictedBy.join(' ')}] simultaneously`;
  return {
    plugin: restrictedBy[0],
    rejection: {code: 'unresolvable', reasons: [`node(s) didn't satisfy ${who}`]},
    alsoBy: restrictedBy,
  };
}
