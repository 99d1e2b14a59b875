// The Kubernetes objects of a scenario: those behind it in its own file, those of the files that it
// names, and the nodes of its pools.

import type {ManifestObject} from '../manifests/manifest.ts';
import {readManifests} from '../manifests/read.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {expandPool} from '../objects/pools.ts';
import type {Cluster, NodesFromFile} from './cluster-schema.ts';
import type {Parts} from './first-document.ts';
import {readNodeCsv} from './node-csv.ts';
import type {Scenario} from './schema.ts';
import type {Source} from './source.ts';
import type {Path} from './yaml-document.ts';

export type PlacedNode = {
  readonly node: NodeObject;
  /** The pool or file in the scenario, or the manifest, that it is from. */
  readonly from: Path | ManifestObject;
  /** The entry of `cluster.nodes` whose nodes are to be shuffled, if it is of one. */
  readonly shuffled?: number;
};

/** Of `cluster.nodes`, in order. */
export function readNodes({nodes}: Cluster, source: Source): PlacedNode[] {
  return nodes.flatMap((entry, i): PlacedNode[] => {
    const path: Path = ['cluster', 'nodes', i];
    if (!('from' in entry)) return expandPool(entry).map(node => ({node, from: path}));
    const all = nodesOfFile(entry, path, source);
    const found = entry.order === 'file' ? all : all.map(node => ({...node, shuffled: i}));
    return firstOf(found, entry.first, {path, what: 'nodes', file: entry.from}, source);
  });
}

function nodesOfFile({from, format}: NodesFromFile, path: Path, source: Source): PlacedNode[] {
  if (format !== 'kubernetes') {
    return readNodeCsv({from, format}, path, source).map(node => ({node, from: path}));
  }
  const objects = readManifestFile(from, [...path, 'from'], source);
  const found = objects.flatMap(object =>
    object.value.type === 'node' ? [{node: object.value.node, from: object}] : [],
  );
  if (objects.length > 0 && found.length === 0) {
    source.notebook.error([...path, 'from'], `no Node object in ${from}`);
  }
  return found;
}

/** Of `manifests`, in order. */
export function readManifestFiles(
  manifests: Scenario['manifests'],
  source: Source,
): ManifestObject[] {
  return manifests.flatMap((entry, i) => {
    const path = ['manifests', i];
    if (typeof entry === 'string') return readManifestFile(entry, path, source);
    const objects = readManifestFile(entry.file, [...path, 'file'], source);
    return firstOf(objects, entry.first, {path, what: 'objects', file: entry.file}, source);
  });
}

/** Those behind the scenario in its own file. */
export function readOwnObjects({rest, restLine}: Parts, source: Source): ManifestObject[] {
  const {objects, problems} = readManifests(rest, {file: source.file, line: restLine});
  source.notebook.problems.push(...problems);
  return [...objects];
}

export function readManifestFile(name: string, path: Path, source: Source): ManifestObject[] {
  const text = source.read(name);
  if ('wrong' in text) {
    source.notebook.error(path, `${name}: ${text.wrong}`);
    return [];
  }
  const {objects, problems} = readManifests(text.text, {file: source.path(name)});
  source.notebook.problems.push(...problems);
  return [...objects];
}

function firstOf<Item>(
  items: Item[],
  first: number | undefined,
  {path, what, file}: {path: Path; what: string; file: string},
  source: Source,
): Item[] {
  if (first === undefined) return items;
  if (first > items.length && items.length > 0) {
    const message = `expected at most ${items.length}, the ${what} in ${file}, got ${first}`;
    source.notebook.error([...path, 'first'], message);
  }
  return items.slice(0, first);
}
