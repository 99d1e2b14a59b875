// Whether what a timeline acts on is there: every target must be among the scenario's objects.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {TimelineEntry} from '../operators/start-operator.ts';
import {targetName, targetText, type WorkloadTarget} from '../operators/workload-target.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Notebook} from './notebook.ts';

export function checkTargets(
  timeline: readonly TimelineEntry[],
  manifests: readonly ManifestObject[],
  notebook: Notebook,
): void {
  const known = new Map<string, string>();
  for (const {kind, namespace, name, value} of manifests) {
    if (value.type !== 'workload') continue;
    known.set(`${kind}/${namespace}/${name}`, `${kind.toLowerCase()}/${name}`);
  }
  for (const [i, {options}] of timeline.entries()) {
    const {target, namespace} = options as {target: WorkloadTarget; namespace: string};
    if (known.has(targetName(target, namespace))) continue;
    const text = targetText(target);
    const hint = didYouMean(text, new Set(known.values()));
    notebook.error(
      ['timeline', i, 'target'],
      `no ${show(text)} in namespace ${namespace} among the scenario's objects${hint}`,
    );
  }
}
