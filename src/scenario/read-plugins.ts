// Strategies in files of the user's own: those that the scenario names, then those of the command
// line.

import {show} from '../options/show.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import {defaultPlugins} from '../scheduler/plugins/index.ts';
import type {Source} from './source.ts';
import type {Path} from './yaml-document.ts';

export type Strategies = {
  readonly definitions: readonly PluginDefinition[];
  /** Absolute paths. */
  readonly files: readonly string[];
};

export async function importStrategies(
  named: readonly string[],
  given: readonly string[],
  source: Source,
): Promise<Strategies> {
  const wanted = [
    ...named.map((name, i) => ({file: source.path(name), path: ['scheduler', 'plugins', i]})),
    ...given.map(file => ({file, path: undefined})),
  ];
  const definitions: PluginDefinition[] = [];
  const files: string[] = [];
  for (const {file, path} of wanted) {
    const module = await source.files.importPlugins(file);
    if ('wrong' in module) {
      complain(source, {file, path}, `${path === undefined ? '' : `${file}: `}${module.wrong}`);
      continue;
    }
    for (const {name} of module.plugins) {
      if (isTaken(name, definitions)) complain(source, {file, path}, taken(name));
    }
    definitions.push(...module.plugins);
    files.push(module.file);
    source.texts.push(module.text);
  }
  return {definitions, files};
}

function isTaken(name: string, definitions: readonly PluginDefinition[]): boolean {
  const ours = defaultPlugins.map(({plugin}) => plugin);
  return [...ours, ...definitions].some(definition => definition.name === name);
}

function taken(name: string): string {
  return `a second plugin called ${show(name)}; names of plugins must differ`;
}

function complain(
  {notebook}: Source,
  {file, path}: {file: string; path: Path | undefined},
  message: string,
): void {
  if (path !== undefined) notebook.error(path, message);
  else notebook.errorOf(file, message);
}
