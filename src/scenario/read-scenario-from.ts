// From the text of a scenario to what a run is built from. Reads on after a mistake, as far as sense
// can be made of the rest, so that all mistakes are reported at once.

import {isMap} from '../options/is-map.ts';
import {hasErrors, type Problem} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {assemble} from './assemble.ts';
import type {Files} from './files.ts';
import {firstDocument, type Parts} from './first-document.ts';
import type {LoadedScenario} from './loaded.ts';
import {check} from './mistakes.ts';
import {Notebook} from './notebook.ts';
import {readManifestFiles, readNodes, readOwnObjects} from './read-objects.ts';
import {checkReferences} from './references.ts';
import {chooseScheduler} from './scheduler-choice.ts';
import {type Scenario, scenario as schema} from './schema.ts';
import {applySettings} from './settings.ts';
import {Source} from './source.ts';
import {readYaml} from './yaml-document.ts';

export type ReadOptions = {
  /** As `--set`: `cluster.nodes[0].count=80`. */
  readonly set?: readonly string[];
  readonly seed?: number;
  /** Files of strategies beside those that the scenario names, relative to the working directory. */
  readonly plugins?: readonly string[];
};

export type Reading = {
  /** `undefined` when there is an error among the problems. */
  readonly scenario: LoadedScenario | undefined;
  readonly problems: readonly Problem[];
};

export async function readScenarioFrom(
  files: Files,
  file: string,
  options: ReadOptions = {},
): Promise<Reading> {
  const read = files.read(file);
  if ('wrong' in read) return refused(file, read.wrong);
  const parts = firstDocument(read.text);
  const {scenario: text} = parts;
  if (text.length > longestScenario) {
    return refused(
      file,
      `expected a scenario of at most ${longestScenario} characters, got ${text.length}`,
    );
  }
  const document = readYaml(text, file);
  const notebook = new Notebook(file, document);
  const source = new Source(file, {notebook, files});
  source.texts.push(read.text, ...settingTexts(options));
  if (document.problems.length === 0 && !isMap(document.value)) {
    notebook.error(
      [],
      `expected a scenario, which begins with apiVersion: orrery/v1, got ${show(document.value)}`,
    );
  }
  if (!isMap(document.value)) return {scenario: undefined, problems: notebook.problems};
  const settings = applySettings(document.value, settingTexts(options));
  notebook.useSettings(settings.applied);
  notebook.problems.push(...settings.problems);
  return readSections(settings.value as object, {parts, options, source});
}

async function readSections(
  raw: object,
  {parts, options, source}: {parts: Parts; options: ReadOptions; source: Source},
): Promise<Reading> {
  const {notebook} = source;
  const {value: whole, mistakes} = check(schema, raw);
  notebook.mistakes(mistakes);
  const sections = whole ?? soundSections(raw);
  const own = readOwnObjects(parts, source);
  const nodes = sections.cluster === undefined ? [] : readNodes(sections.cluster, source);
  const manifests = [...own, ...readManifestFiles(sections.manifests ?? [], source)];
  const scheduler = await chooseScheduler(sections, options.plugins ?? [], source);
  checkReferences({sections, nodes, manifests, scheduler}, notebook);
  const {problems} = notebook;
  if (hasErrors(problems) || whole === undefined || scheduler === undefined) {
    return {scenario: undefined, problems};
  }
  return {scenario: assemble({scenario: whole, nodes, manifests, scheduler}, source), problems};
}

/** The sections that are right by themselves, so that what they refer to can be checked too. */
function soundSections(raw: object): Partial<Scenario> {
  const sections = Object.entries(schema.shape).map(([name, type]) => {
    const written = Object.hasOwn(raw, name) ? raw[name as keyof typeof raw] : undefined;
    return [name, check(type, written).value];
  });
  return Object.fromEntries(sections);
}

function settingTexts({set = [], seed}: ReadOptions): string[] {
  return seed === undefined ? [...set] : [...set, `seed=${seed}`];
}

function refused(file: string, message: string): Reading {
  const place = {file, line: 0, column: 0, path: undefined};
  return {scenario: undefined, problems: [{...place, message, severity: 'error'}]};
}

const longestScenario = 4 * 1024 * 1024;
