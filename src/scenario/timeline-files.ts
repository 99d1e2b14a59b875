// The manifest files that a timeline applies, read with the scenario so that their mistakes are
// told before the run.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {AppliedObject} from '../objects/applied-object.ts';
import type {TimelineEntry} from '../operators/start-operator.ts';
import {appliedObject} from './applied-objects.ts';
import {generationOf} from './apply-manifests.ts';
import {readManifestFile} from './read-objects.ts';
import type {Source} from './source.ts';

export type AppliedFile = {
  /** Place of its entry in the timeline. */
  readonly index: number;
  readonly objects: readonly ManifestObject[];
};

export function readTimelineFiles(
  timeline: readonly TimelineEntry[],
  source: Source,
): AppliedFile[] {
  return timeline.flatMap(({do: operation, options}, index) => {
    if (operation !== 'apply') return [];
    const path = ['timeline', index, 'file'];
    const objects = readManifestFile((options as {file: string}).file, path, source);
    if (objects.some(({value}) => value.type === 'node')) {
      source.notebook.error(path, 'a node cannot be applied; add-nodes adds nodes');
    }
    return [{index, objects}];
  });
}

/** The timeline with what its files hold, as the operation wants it. */
export function withFiles(
  timeline: readonly TimelineEntry[],
  files: readonly AppliedFile[],
): TimelineEntry[] {
  return timeline.map((entry, index) => {
    const file = files.find(known => known.index === index);
    if (file === undefined) return entry;
    return {...entry, options: {...(entry.options as object), objects: appliedOf(file)}};
  });
}

/** Namespaces first, owners before what they own. */
function appliedOf({objects}: AppliedFile): AppliedObject[] {
  const rank = (object: ManifestObject) =>
    object.value.type === 'namespace' ? -1 : generationOf(object);
  return objects
    .toSorted((one, other) => rank(one) - rank(other))
    .map(appliedObject)
    .filter(object => object !== undefined);
}
