// The plugins of one profile, sorted into the extension points in the order in which they run
// there.

import type {Plugin, PluginDefinition, PluginHandle} from './framework.ts';
import {guardedPlugin} from './guarded-plugin.ts';
import {defaultPlugins, strategyPlugins} from './plugins/index.ts';

export type ExtensionPoint =
  | 'preEnqueue'
  | 'queueSort'
  | 'preFilter'
  | 'filter'
  | 'postFilter'
  | 'preScore'
  | 'score'
  | 'reserve'
  | 'permit'
  | 'preBind'
  | 'bind'
  | 'postBind';

/** Which plugins run where, in order: plain data, as a configuration resolves to it. */
export type ProfileConfiguration = {
  readonly schedulerName: string;
  /** 0: adaptive; `undefined`: the global value. */
  readonly percentageOfNodesToScore: number | undefined;
  readonly points: Readonly<Record<ExtensionPoint, readonly ConfiguredPlugin[]>>;
  /** Checked arguments by plugin name. */
  readonly args: Readonly<Record<string, unknown>>;
};

/** `weight` counts at the point `score` only. */
export type ConfiguredPlugin = {readonly name: string; readonly weight: number};

export type NamedPlugin = {readonly name: string; readonly plugin: Plugin};
/** `filterIndex`: where the same plugin stands among the filters, if it does. */
export type PreFilterPlugin = NamedPlugin & {readonly filterIndex: number | undefined};
export type ScorePlugin = NamedPlugin & {readonly weight: number};

/** For who only looks a plugin up. */
export type PluginsByName = Pick<PluginSet, 'get'>;

export class PluginSet {
  readonly all: readonly NamedPlugin[];
  readonly queueSort: Plugin;
  readonly preEnqueue: readonly NamedPlugin[];
  readonly preFilter: readonly PreFilterPlugin[];
  readonly filter: readonly NamedPlugin[];
  readonly postFilter: readonly NamedPlugin[];
  readonly score: readonly ScorePlugin[];
  readonly chooser: NamedPlugin | undefined;
  readonly reserve: readonly NamedPlugin[];
  readonly permit: readonly NamedPlugin[];
  readonly preBind: readonly NamedPlugin[];
  readonly bind: readonly NamedPlugin[];
  readonly postBind: readonly NamedPlugin[];
  readonly #byName = new Map<string, Plugin>();

  constructor(
    configuration: ProfileConfiguration,
    registry: ReadonlyMap<string, PluginDefinition>,
    handle: (plugin: string) => PluginHandle,
  ) {
    const {points, args} = configuration;
    const make = (name: string): Plugin => {
      const known = this.#byName.get(name);
      if (known !== undefined) return known;
      const definition = registry.get(name);
      if (definition === undefined) throw new Error(`no plugin ${name}`);
      const made = definition.create(handle(name), args[name]);
      const plugin = isOurs(definition) ? made : guardedPlugin(name, made);
      this.#byName.set(name, plugin);
      return plugin;
    };
    const at = (point: ExtensionPoint, method: keyof Plugin): NamedPlugin[] =>
      points[point]
        .map(({name}) => ({name, plugin: make(name)}))
        .filter(({plugin}) => plugin[method] !== undefined);
    this.queueSort = at('queueSort', 'less')[0].plugin;
    this.preEnqueue = at('preEnqueue', 'preEnqueue');
    this.filter = at('filter', 'filter');
    this.preFilter = at('preFilter', 'preFilter').map(entry => ({
      ...entry,
      filterIndex: indexOf(this.filter, entry.name),
    }));
    this.postFilter = at('postFilter', 'postFilter');
    this.score = points.score
      .map(({name, weight}) => ({name, weight, plugin: make(name)}))
      .filter(({plugin}) => plugin.score !== undefined);
    this.chooser = this.score.find(({plugin}) => plugin.chooseDevices !== undefined);
    this.reserve = at('reserve', 'reserve');
    this.permit = at('permit', 'permit');
    this.preBind = at('preBind', 'preBind');
    this.bind = at('bind', 'bind');
    this.postBind = at('postBind', 'postBind');
    this.all = [...this.#byName].map(([name, plugin]) => ({name, plugin}));
  }

  get(name: string): Plugin | undefined {
    return this.#byName.get(name);
  }
}

function isOurs(definition: PluginDefinition): boolean {
  if (strategyPlugins.includes(definition)) return true;
  return defaultPlugins.some(({plugin}) => plugin === definition);
}

function indexOf(plugins: readonly NamedPlugin[], name: string): number | undefined {
  const index = plugins.findIndex(plugin => plugin.name === name);
  return index === -1 ? undefined : index;
}
