// From the text of a scenario to what a run is built from. Reads on after a mistake, as far as
// sense can be made of the rest, so that all mistakes are reported at once.

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
import {readTopology} from './read-topology.ts';
import {checkReferences, chosenLifecycle, templatesEver} from './references.ts';
import {chooseScheduler} from './scheduler-choice.ts';
import {type Scenario, scenario as schema} from './schema.ts';
import {applySettings, type WantedSetting} from './settings.ts';
import {Source} from './source.ts';
import {readTimelineFiles, withFiles} from './timeline-files.ts';
import {trafficSections} from './traffic-sections.ts';
import {readWorkloadTemplates} from './workload-templates.ts';
import {readTraces} from './workload-traces.ts';
import {readYaml} from './yaml-document.ts';

export type ReadOptions = {
  /** As `--set`: `cluster.nodes[0].count=80`. */
  readonly set?: readonly string[];
  /** Settings too, after those: what sets a variant of a comparison apart. */
  readonly vary?: readonly string[];
  readonly seed?: number | string;
  /** As `--primary`, `--precision` …: keys of the section `compare`. */
  readonly compare?: Readonly<Record<string, string>>;
  /**
   * Files of strategies beside those that the scenario names, relative to the working directory.
   */
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
  const wanted = wantedSettings(options);
  source.texts.push(read.text, ...wanted.map(({option, text}) => `${option} ${text}`));
  const other = document.problems.length === 0 ? whatElse(document.value) : undefined;
  if (other !== undefined) {
    notebook.error(
      [],
      `expected a scenario, which begins with apiVersion: orrery/v1, got ${other}`,
    );
  }
  if (other !== undefined || !isMap(document.value)) {
    return {scenario: undefined, problems: notebook.ordered};
  }
  const settings = applySettings(document.value, wanted);
  notebook.useSettings(settings.applied);
  notebook.problems.push(...settings.problems);
  return readSections(settings.value, {parts, options, source});
}

/** What the document is, if it is not even meant as a scenario. */
function whatElse(value: unknown): string | undefined {
  if (!isMap(value)) return show(value);
  const {apiVersion, kind} = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  return apiVersion.startsWith('orrery') || kind === 'Scenario'
    ? undefined
    : `a ${kind} of ${apiVersion}`;
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
  const graph = readTopology(sections.topology, source);
  const files = readManifestFiles(sections.manifests ?? [], source);
  const manifests = [...own, ...files, ...graph.objects];
  const applied = readTimelineFiles(sections.timeline ?? [], source);
  const scheduler = await chooseScheduler(sections, options.plugins ?? [], source);
  const around = {nodes: nodes.map(({node}) => node), duration: sections.duration};
  const {workload, traces} = await readTraces(sections.workload ?? [], around, source);
  const templates = readWorkloadTemplates(sections.workload ?? [], notebook);
  const traffic = trafficSections(
    sections,
    {templates: templatesEver({manifests, applied, templates}), graph: graph.applications},
    source,
  );
  if (source.complete) {
    checkReferences({sections, nodes, manifests, applied, scheduler, templates, traffic}, notebook);
  }
  const problems = notebook.ordered;
  if (hasErrors(problems) || whole === undefined || scheduler === undefined) {
    return {scenario: undefined, problems};
  }
  const lifecycle = chosenLifecycle({sections, manifests, applied, templates});
  const {cluster} = whole;
  const scenario = {
    ...whole,
    cluster: {...cluster, kubelet: {...cluster.kubelet, lifecycle}},
    timeline: withFiles(whole.timeline, applied),
    workload,
    traffic: traffic.traffic,
    applications: traffic.applications.map(({entry}) => entry),
  };
  return {scenario: assemble({scenario, nodes, manifests, scheduler, traces}, source), problems};
}

/** The sections that are right by themselves, so that what they refer to can be checked too. */
function soundSections(raw: object): Partial<Scenario> {
  const sections = Object.entries(schema.shape).map(([name, type]) => {
    const written = Object.hasOwn(raw, name) ? raw[name as keyof typeof raw] : undefined;
    return [name, check(type, written).value];
  });
  return Object.fromEntries(sections);
}

function wantedSettings({set = [], vary = [], seed, compare = {}}: ReadOptions): WantedSetting[] {
  return [
    ...set.map(text => ({option: '--set', text})),
    ...vary.map(text => ({option: '--vary', text})),
    ...(seed === undefined ? [] : [{option: '--seed', text: String(seed), path: ['seed']}]),
    ...Object.entries(compare).map(([key, text]) => {
      return {option: optionOf(key), text, path: ['compare', key]};
    }),
  ];
}

/** `maxReplications` gives `--max-replications`. */
export function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

function refused(file: string, message: string): Reading {
  const place = {file, line: 0, column: 0, path: undefined};
  return {scenario: undefined, problems: [{...place, message, severity: 'error'}]};
}

const longestScenario = 4 * 1024 * 1024;
