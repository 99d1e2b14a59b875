// What the parts of a scenario say of one another: names that must differ, and names that must
// exist.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {expandPool} from '../objects/pools.ts';
import {didYouMean} from '../options/nearest.ts';
import type {Pool} from '../options/pool.ts';
import {show} from '../options/show.ts';
import {checkCompare} from './compare-check.ts';
import {checkFaults, type MasterPlace} from './fault-targets.ts';
import {checkLives, lifecycleOf, type TemplateAt} from './kubelet-lifecycle.ts';
import type {LoadedScheduler} from './loaded.ts';
import {checkMasters, mastersOf} from './masters.ts';
import {checkNetwork} from './network-check.ts';
import type {Notebook} from './notebook.ts';
import type {PlacedNode} from './read-objects.ts';
import type {Scenario} from './schema.ts';
import type {AppliedFile} from './timeline-files.ts';
import {checkMasterWork} from './timeline-masters.ts';
import {checkTargets} from './timeline-targets.ts';
import {checkTraffic} from './traffic-check.ts';
import type {TrafficSections} from './traffic-sections.ts';
import type {PlacedTemplate} from './workload-templates.ts';

type Parts = {
  readonly sections: Partial<Scenario>;
  readonly nodes: readonly PlacedNode[];
  readonly manifests: readonly ManifestObject[];
  /** By the timeline. */
  readonly applied: readonly AppliedFile[];
  readonly scheduler: LoadedScheduler | undefined;
  /** Of the workloads. */
  readonly templates: readonly PlacedTemplate[];
  readonly traffic: TrafficSections;
};

export function checkReferences(parts: Parts, notebook: Notebook): void {
  checkNodes(parts, notebook);
  checkObjectNames(parts.manifests, notebook);
  checkWorkloadNames(parts.sections, notebook);
  checkTemplates(parts, notebook);
  checkLives(livesOf(parts), notebook);
  checkTargets({...parts, timeline: parts.sections.timeline ?? []}, notebook);
  const there = whatIsThere(parts);
  if (parts.sections.cluster !== undefined) {
    const names = new Set(there.nodes.map(({name}) => name));
    const {controlPlane} = parts.sections.cluster;
    checkMasters(controlPlane, names, notebook);
    const masters = mastersOf(controlPlane, there.nodes).map(({name}) => name);
    checkMasterWork(parts.sections.timeline ?? [], masters, notebook);
    const nodeCount = there.nodes.length;
    const {network} = parts.sections.cluster;
    checkNetwork(network, {...there, manifests: parts.manifests, nodeCount}, notebook);
  }
  checkCompare(parts.sections, notebook);
  checkFaults(parts.sections.faults ?? [], there, notebook);
  checkTraffic(
    {
      ...{...parts.traffic, sections: parts.sections, nodes: there.nodes},
      ...{objects: there.objects, templates: templatesEver(parts)},
    },
    notebook,
  );
}

function checkNodes({sections, nodes, manifests}: Parts, notebook: Notebook): void {
  const manifestNodes = manifests.flatMap(object =>
    object.value.type === 'node' ? [{node: object.value.node, from: object}] : [],
  );
  const names = new Set<string>();
  const told = new Set<unknown>();
  for (const {node, from} of [...nodes, ...manifestNodes]) {
    // One sentence a pool, not one a node.
    if (names.has(node.name) && !told.has(from)) {
      told.add(from);
      notebook.complain(
        from,
        `a second node called ${show(node.name)}; names of nodes must differ`,
        'error',
      );
    }
    names.add(node.name);
  }
  if (names.size === 0 && sections.cluster?.nodes.length === 0) {
    notebook.warn(['cluster'], 'no nodes: every pod will stay pending');
  }
}

function checkObjectNames(manifests: readonly ManifestObject[], notebook: Notebook): void {
  const byKind = new Map<string, Map<string, ManifestObject>>();
  for (const object of manifests) {
    if (object.value.type === 'node') continue;
    const kind = `${object.apiVersion} ${object.kind} ${object.namespace ?? ''}`;
    const names = byKind.get(kind) ?? new Map<string, ManifestObject>();
    byKind.set(kind, names);
    const first = names.get(object.name);
    if (first === undefined) names.set(object.name, object);
    else notebook.complain(object, secondOf(object, first), 'error');
  }
}

function secondOf({kind, namespace, name}: ManifestObject, first: ManifestObject): string {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return `a second ${kind} called ${show(name)}${where}; the first is at ${first.file}:${first.line}`;
}

function checkWorkloadNames({workload = []}: Partial<Scenario>, notebook: Notebook): void {
  const names = new Set<string>();
  for (const [i, {name}] of workload.entries()) {
    if (names.has(name)) {
      notebook.error(
        ['workload', i, 'name'],
        `a second workload called ${show(name)}; its pods and dice would be the first one's`,
      );
    }
    names.add(name);
  }
}

function checkTemplates({manifests, scheduler, templates}: Parts, notebook: Notebook): void {
  const classes = new Set(['system-cluster-critical', 'system-node-critical']);
  for (const {value} of manifests) {
    if (value.type === 'priority-class') classes.add(value.priorityClass.name);
  }
  const profiles = scheduler?.configuration.profiles.map(({schedulerName}) => schedulerName);
  const told = new Set<PodTemplate>();
  for (const {template, place} of allTemplates({manifests, templates})) {
    if (told.has(template)) continue;
    told.add(template);
    const {priorityClassName, schedulerName, nodeName} = template.spec;
    if (isUnknown(priorityClassName, classes)) {
      notebook.complain(place, noClass(priorityClassName, classes), 'error');
    }
    if (nodeName === undefined && profiles?.includes(schedulerName) === false) {
      notebook.complain(place, noProfile(schedulerName, profiles), 'warning');
    }
  }
}

function isUnknown(name: string | undefined, classes: ReadonlySet<string>): name is string {
  return name !== undefined && name !== '' && !classes.has(name);
}

function allTemplates({manifests, templates}: Pick<Parts, 'manifests' | 'templates'>) {
  return [...manifests.flatMap(templateOf), ...templates.map(placed)];
}

type Bringing = Pick<Parts, 'manifests' | 'applied' | 'templates'>;

function livesOf({sections, ...parts}: Bringing & Pick<Parts, 'sections'>) {
  const objects = [...parts.manifests, ...parts.applied.flatMap(file => file.objects)];
  return {sections, objects, templates: templatesEver(parts)};
}

/** At the start, or brought by the timeline or a workload. */
export function templatesEver({manifests, applied, templates}: Bringing): TemplateAt[] {
  const objects = [...manifests, ...applied.flatMap(file => file.objects)];
  return allTemplates({manifests: objects, templates});
}

/** As `auto` comes out. */
export function chosenLifecycle(parts: Bringing & Pick<Parts, 'sections'>) {
  return lifecycleOf(livesOf(parts));
}

function templateOf(object: ManifestObject): TemplateAt[] {
  const {value} = object;
  if (value.type === 'pod') return [{template: value.template, place: object}];
  if (value.type !== 'workload') return [];
  return [{template: value.workload.template, place: object}];
}

function placed({template, path}: PlacedTemplate): TemplateAt {
  return {template, place: path};
}

// As the admission plugin Priority: "no PriorityClass with name … was found".
function noClass(name: string, classes: ReadonlySet<string>): string {
  return `no PriorityClass ${show(name)} among the scenario's objects${didYouMean(name, classes)}`;
}

function noProfile(name: string, schedulers: readonly string[]): string {
  return `no scheduler profile ${show(name)}${didYouMean(name, schedulers)}; its pods will stay pending`;
}

/** At any time of the run: at the start, or brought by the timeline. */
function whatIsThere({sections, nodes, manifests, applied}: Parts) {
  const added = (sections.timeline ?? []).flatMap(({options}) => {
    const {nodes: pool} = options as {nodes?: Pool};
    return pool === undefined ? [] : expandPool(pool);
  });
  const objects = [...manifests, ...applied.flatMap(file => file.objects)];
  const own = objects.flatMap(({value}) => (value.type === 'node' ? [value.node] : []));
  const all = [...nodes.map(({node}) => node), ...own];
  return {nodes: [...all, ...added], masters: mastersEver(sections, all), objects};
}

function mastersEver(
  {cluster, timeline = []}: Partial<Scenario>,
  nodes: readonly NodeObject[],
): MasterPlace[] | undefined {
  if (cluster === undefined) return undefined;
  const added = timeline.flatMap(entry =>
    entry.do === 'add-master' ? [entry.options as MasterPlace] : [],
  );
  return [...mastersOf(cluster.controlPlane, nodes), ...added];
}
