// Whether the pods that somebody means can ever be there: of a workload that there is, on nodes
// that there are.

import type {ManifestObject} from '../manifests/manifest.ts';
import {didYouMean} from '../options/nearest.ts';
import type {PodTarget} from '../options/pod-target.ts';
import {show} from '../options/show.ts';
import type {KnownNodes, TargetMistake} from './known-nodes.ts';

type Known = {readonly nodes: KnownNodes; readonly objects: readonly ManifestObject[]};

/** Paths are within the target. */
export function podMistakes(
  target: PodTarget,
  namespace: string,
  {nodes, objects}: Known,
): TargetMistake[] {
  // Of pods most are made on the way.
  if (target.type === 'one') return [];
  const {workload, fitting} = target;
  const {zone, rack, pool} = fitting;
  const isAnywhere = [zone, rack, pool].every(place => place === undefined);
  const places = isAnywhere ? [] : nodes.mistakes({...fitting, selector: undefined});
  if (workload === undefined) return places;
  const message = missingWorkload(workload, namespace, objects);
  return message === undefined ? places : [...places, {path: [], message}];
}

/** In a namespace, or in any. */
export function missingWorkload(
  workload: {readonly kind: string; readonly name: string},
  namespace: string | undefined,
  objects: readonly ManifestObject[],
): string | undefined {
  const isThere = objects.some(
    one =>
      one.kind === workload.kind &&
      one.name === workload.name &&
      (namespace === undefined || one.namespace === namespace),
  );
  if (isThere) return undefined;
  const text = textOf(workload);
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const hint = didYouMean(text, new Set(objects.map(textOf)));
  return `no ${show(text)}${where} among the scenario's objects${hint}`;
}

function textOf({kind, name}: {kind: string; name: string}): string {
  return `${kind.toLowerCase()}/${name}`;
}
