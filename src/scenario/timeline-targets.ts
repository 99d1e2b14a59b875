// Whether what a timeline acts on is there when its time comes: among the scenario's objects and
// nodes, or brought by an earlier entry.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {expandPool} from '../objects/pools.ts';
import {isNamespaced, type ObjectTarget} from '../operators/object-target.ts';
import type {TimelineEntry} from '../operators/start-operator.ts';
import {targetText, type WorkloadTarget} from '../operators/workload-target.ts';
import {didYouMean} from '../options/nearest.ts';
import type {Pool} from '../options/pool.ts';
import {show} from '../options/show.ts';
import type {Target} from '../options/target.ts';
import {missingContainer} from './known-containers.ts';
import {KnownNodes} from './known-nodes.ts';
import type {Notebook} from './notebook.ts';
import type {PlacedNode} from './read-objects.ts';
import type {AppliedFile} from './timeline-files.ts';

type Parts = {
  readonly timeline: readonly TimelineEntry[];
  readonly nodes: readonly PlacedNode[];
  readonly manifests: readonly ManifestObject[];
  readonly applied: readonly AppliedFile[];
};

/** What entries of any operation may say of what they act on. */
type Named = {
  readonly target?: WorkloadTarget | ObjectTarget;
  readonly namespace?: string;
  readonly node?: Target;
  readonly nodes?: Pool;
  readonly container?: string;
  readonly service?: string;
};

export function checkTargets({timeline, nodes, manifests, applied}: Parts, notebook: Notebook) {
  const ownNodes = manifests.flatMap(({value}) => (value.type === 'node' ? [value.node] : []));
  const there = new There([...nodes.map(({node}) => node), ...ownNodes], manifests);
  const inTime = timeline.map((entry, index) => ({entry, index}));
  inTime.sort((one, other) => one.entry.at - other.entry.at || one.index - other.index);
  for (const {entry, index} of inTime) {
    const options = entry.options as Named;
    const {target, namespace = 'default', container, node, nodes: added, service} = options;
    const path = ['timeline', index];
    if (target !== undefined) {
      const complaint = there.missing(target, namespace);
      if (complaint !== undefined) notebook.error([...path, 'target'], complaint);
      const wrong = there.missingContainer(target, namespace, container);
      if (wrong !== undefined) notebook.error([...path, 'container'], wrong);
    }
    const unknown =
      service === undefined ? undefined : there.missing(asService(service), namespace);
    if (unknown !== undefined) notebook.error([...path, 'service'], unknown);
    for (const mistake of node === undefined ? [] : there.nodes.mistakes(node)) {
      notebook.error([...path, 'node', ...mistake.path], mistake.message);
    }
    if (added !== undefined) there.addNodes(expandPool(added));
    there.addObjects(applied.find(file => file.index === index)?.objects ?? []);
  }
}

const asService = (name: string): ObjectTarget => {
  return {word: 'service', kind: 'Service', name, as: 'service'};
};

class There {
  nodes: KnownNodes;
  #nodeList: readonly NodeObject[];
  /** By full name, as it is written. */
  readonly #objects = new Map<string, string>();
  readonly #found: ManifestObject[] = [];

  constructor(nodes: readonly NodeObject[], objects: readonly ManifestObject[]) {
    this.#nodeList = nodes;
    this.nodes = new KnownNodes(nodes);
    this.addObjects(objects);
  }

  addNodes(nodes: readonly NodeObject[]): void {
    this.#nodeList = [...this.#nodeList, ...nodes];
    this.nodes = new KnownNodes(this.#nodeList);
  }

  addObjects(objects: readonly ManifestObject[]): void {
    this.#found.push(...objects);
    for (const {kind, namespace, name} of objects) {
      const full = namespace === undefined ? name : `${namespace}/${name}`;
      this.#objects.set(`${kind}/${full}`, `${kind.toLowerCase()}/${name}`);
    }
  }

  missingContainer(
    {kind, name}: WorkloadTarget | ObjectTarget,
    namespace: string,
    container: string | undefined,
  ): string | undefined {
    if (container === undefined) return undefined;
    const isMeant = (one: ManifestObject) =>
      one.kind === kind && one.name === name && one.namespace === namespace;
    return missingContainer(this.#found.filter(isMeant), {container, init: false});
  }

  missing(target: WorkloadTarget | ObjectTarget, namespace: string): string | undefined {
    const {kind, name} = target;
    // Of pods most are made on the way.
    if (kind === 'Pod') return undefined;
    if (kind === 'Node') return this.nodes.mistakes({type: 'one', name})[0]?.message;
    const namespaced = !('as' in target) || isNamespaced(target);
    const full = namespaced ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
    if (this.#objects.has(full)) return undefined;
    const text = 'as' in target ? `${target.word}/${name}` : targetText(target);
    const where = namespaced ? ` in namespace ${namespace}` : '';
    const hint = didYouMean(text, new Set(this.#objects.values()));
    return `no ${show(text)}${where} among the scenario's objects${hint}`;
  }
}
