// One profile of a configuration: its plugins at each extension point and their arguments.

import type {z} from 'zod';
import {show} from '../../options/show.ts';
import type {ConfiguredPlugin, ExtensionPoint, ProfileConfiguration} from '../plugin-set.ts';
import {expandPoint, mergeMultiPoint, type PluginEntry, type PluginLists} from './merge-plugins.ts';
import {isKnown, type PluginCatalogue, unknownPlugin} from './plugin-catalogue.ts';
import type {DocumentPath, ProblemList} from './problems.ts';
import {apiVersion, type PluginsDocument, type ProfileDocument} from './schema.ts';
import {extensionPoints, upstreamPlugins} from './upstream-plugins.ts';

type Reading = {readonly catalogue: PluginCatalogue; readonly problems: ProblemList};

export function readProfile(
  profile: Partial<ProfileDocument>,
  at: DocumentPath,
  reading: Reading,
): ProfileConfiguration {
  const points = readPoints(profile.plugins ?? {}, [...at, 'plugins'], reading);
  const needed = new Set(extensionPoints.flatMap(point => points[point].map(({name}) => name)));
  return {
    schedulerName: profile.schedulerName ?? '',
    percentageOfNodesToScore: profile.percentageOfNodesToScore,
    points,
    args: readArgs(profile.pluginConfig ?? [], {at, needed}, reading),
  };
}

type Points = Record<ExtensionPoint, readonly ConfiguredPlugin[]>;

function readPoints(plugins: Partial<PluginsDocument>, at: DocumentPath, reading: Reading): Points {
  const {catalogue, problems} = reading;
  const lists = (point: ExtensionPoint | 'multiPoint') =>
    readLists(plugins[point], {point, at: [...at, point]}, reading);
  const multiPoint = mergeMultiPoint(catalogue.defaults, lists('multiPoint')).filter(({name}) =>
    catalogue.plugins.has(name),
  );
  const points = Object.fromEntries(
    extensionPoints.map(point => [point, expandPoint(point, {own: lists(point), multiPoint, has})]),
  ) as unknown as Points;
  const sorting = points.queueSort.map(({name}) => name);
  if (sorting.length !== 1) {
    const got = sorting.length === 0 ? 'none' : sorting.join(' and ');
    problems.error([...at, 'queueSort'], `expected exactly one queueSort plugin, got ${got}`);
  }
  if (points.bind.length === 0) {
    problems.error([...at, 'bind'], 'expected at least one bind plugin, got none');
  }
  return points;
}

/**
 * What points a user's plugin has shows only when it is made, so it stands at every point and is
 * passed over where it has no method; but it orders the queue only where it is listed for that.
 */
function has(plugin: string, point: ExtensionPoint): boolean {
  const known = upstreamPlugins.get(plugin);
  return known === undefined ? point !== 'queueSort' : known.includes(point);
}

function readLists(
  lists: PluginsDocument['multiPoint'],
  {point, at}: {point: ExtensionPoint | 'multiPoint'; at: DocumentPath},
  {catalogue, problems}: Reading,
): PluginLists {
  const enabled: PluginEntry[] = [];
  for (const [i, {name, weight = 0}] of (lists?.enabled ?? []).entries()) {
    const place = [...at, 'enabled', i, 'name'];
    const complaint = unusable(name, point, catalogue);
    if (enabled.some(other => other.name === name)) {
      problems.error(place, `plugin ${show(name)} is enabled twice for ${point}`);
    } else if (complaint !== undefined) problems.error(place, complaint);
    else if (catalogue.plugins.has(name)) enabled.push({name, weight});
    else problems.warn(place, `plugin ${name} is not modelled and does nothing`);
  }
  const disabled = (lists?.disabled ?? []).map(({name}) => name);
  for (const [i, name] of disabled.entries()) {
    if (name === '*' || isKnown(name, catalogue)) continue;
    problems.warn([...at, 'disabled', i, 'name'], unknownPlugin(name, catalogue));
  }
  return {enabled, disabled};
}

function unusable(
  name: string,
  point: ExtensionPoint | 'multiPoint',
  catalogue: PluginCatalogue,
): string | undefined {
  if (!isKnown(name, catalogue)) return unknownPlugin(name, catalogue);
  const known = upstreamPlugins.get(name);
  if (known === undefined || point === 'multiPoint' || known.includes(point)) return undefined;
  return `plugin ${name} has no ${point}; it has ${known.join(', ')}`;
}

function readArgs(
  configs: NonNullable<ProfileDocument['pluginConfig']>,
  {at, needed}: {at: DocumentPath; needed: ReadonlySet<string>},
  {catalogue, problems}: Reading,
): Record<string, unknown> {
  const given = new Map<string, {args: object; place: DocumentPath}>();
  for (const [i, {name, args = {}}] of configs.entries()) {
    const place = [...at, 'pluginConfig', i];
    if (given.has(name)) problems.error([...place, 'name'], `repeated config for plugin ${name}`);
    else if (!isKnown(name, catalogue)) {
      problems.error([...place, 'name'], unknownPlugin(name, catalogue));
    } else if (!catalogue.plugins.has(name)) {
      problems.warn([...place, 'name'], `plugin ${name} is not modelled, so its args do nothing`);
    } else given.set(name, {args: plain(args, name, {place, problems}), place: [...place, 'args']});
  }
  const args: Record<string, unknown> = {};
  for (const [name, {options}] of catalogue.plugins) {
    const own = given.get(name);
    if (own !== undefined) args[name] = checkArgs(own, {name, options}, problems);
    else if (needed.has(name) && options !== undefined) {
      args[name] = problems.checkAbsent(options, at, `plugin ${name} needs args`);
    }
  }
  return args;
}

function checkArgs(
  {args, place}: {args: object; place: DocumentPath},
  {name, options}: {name: string; options: z.ZodType | undefined},
  problems: ProblemList,
): unknown {
  if (options !== undefined) return problems.check(options, args, place);
  if (Object.keys(args).length > 0) problems.error(place, `plugin ${name} takes no args`);
  return undefined;
}

/** Without the type that args may carry, as every Kubernetes object does. */
function plain(
  args: object,
  name: string,
  {place, problems}: {place: DocumentPath; problems: ProblemList},
): object {
  const {apiVersion: version, kind, ...rest} = args as Record<string, unknown>;
  if (version !== undefined && version !== apiVersion) {
    const message = `expected ${apiVersion}, got ${show(version)}`;
    problems.error([...place, 'args', 'apiVersion'], message);
  }
  if (kind !== undefined && kind !== `${name}Args`) {
    problems.error([...place, 'args', 'kind'], `expected ${name}Args, got ${show(kind)}`);
  }
  return rest;
}
