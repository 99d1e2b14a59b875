// The scheduler that a scenario wants, as data: the profile of a name, or the
// KubeSchedulerConfiguration of a file or in place; strategies of the user's own; costs and limits.

import {didYouMean} from '../options/nearest.ts';
import {hasErrors, type Problem} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {
  type PluginCatalogue,
  pluginCatalogue,
} from '../scheduler/configuration/plugin-catalogue.ts';
import {readConfiguration} from '../scheduler/configuration/read-configuration.ts';
import {readyMade} from '../scheduler/configuration/ready-made.ts';
import type {SchedulerConfiguration} from '../scheduler/scheduler.ts';
import type {LoadedScheduler} from './loaded.ts';
import {check} from './mistakes.ts';
import {Notebook} from './notebook.ts';
import {importStrategies} from './read-plugins.ts';
import type {Scheduler} from './scheduler-schema.ts';
import type {Scenario} from './schema.ts';
import type {Source} from './source.ts';
import {type Path, readYaml} from './yaml-document.ts';

export async function chooseScheduler(
  {scheduler}: Partial<Scenario>,
  plugins: readonly string[],
  source: Source,
): Promise<LoadedScheduler | undefined> {
  if (scheduler === undefined) return undefined;
  const strategies = await importStrategies(scheduler.plugins, plugins, source);
  const catalogue = pluginCatalogue(strategies.definitions);
  const configuration = configurationOf(scheduler, catalogue, source);
  if (configuration === undefined) return undefined;
  const {qps = configuration.client.qps, burst = configuration.client.burst} = scheduler.client;
  return {
    configuration: {...configuration, client: {qps, burst}, retry: scheduler.retry},
    cost: scheduler.cost,
    plugins: strategies.files,
  };
}

function configurationOf(
  {profile, path}: Scheduler,
  catalogue: PluginCatalogue,
  source: Source,
): SchedulerConfiguration | undefined {
  if (typeof profile !== 'string') {
    return read(profile, {catalogue, notebook: source.notebook, at: path});
  }
  const known = readyMade.get(profile);
  if (known !== undefined) return read(known, {catalogue, notebook: source.notebook, at: path});
  if (/[./]/.test(profile)) return readFile(profile, {path, catalogue, source});
  const names = [...readyMade.keys()];
  const hint = didYouMean(profile, names) || `; known: ${names.join(', ')}, or a file`;
  source.notebook.error(path, `no profile ${show(profile)}${hint}`);
  return undefined;
}

function readFile(
  name: string,
  {path, catalogue, source}: {path: Path; catalogue: PluginCatalogue; source: Source},
): SchedulerConfiguration | undefined {
  const text = source.read(name);
  if ('wrong' in text) {
    source.notebook.error(path, `${name}: ${text.wrong}`);
    return undefined;
  }
  const {configuration, problems} = readSchedulerFile(text.text, source.path(name), catalogue);
  source.notebook.problems.push(...problems);
  return configuration;
}

/** A KubeSchedulerConfiguration in a file of its own. */
export function readSchedulerFile(
  text: string,
  file: string,
  catalogue: PluginCatalogue,
): {configuration: SchedulerConfiguration | undefined; problems: readonly Problem[]} {
  const document = readYaml(text, file);
  const notebook = new Notebook(file, document);
  const configuration = hasErrors(notebook.problems)
    ? undefined
    : read(document.value, {catalogue, notebook, at: []});
  return {configuration, problems: notebook.problems};
}

function read(
  document: unknown,
  {catalogue, notebook, at}: {catalogue: PluginCatalogue; notebook: Notebook; at: Path},
): SchedulerConfiguration | undefined {
  const {configuration, problems} = readConfiguration(document, {catalogue, check});
  for (const {path, message, severity} of problems) {
    if (severity === 'error') notebook.error([...at, ...path], message);
    else notebook.warn([...at, ...path], message);
  }
  return configuration;
}
