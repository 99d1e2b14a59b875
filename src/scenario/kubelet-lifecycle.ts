// Whether kubelets play every step of a pod's life, or only its start and end. Unless the scenario
// says it, they do where it matters: controllers make the pods, or something is said of containers,
// probes, ConfigMaps, Secrets, images, the registry or the steps themselves. Pods that are made by
// the thousand to be scheduled need it not.

import {faults} from '../faults/index.ts';
import type {ManifestObject} from '../manifests/manifest.ts';
import {programOptions} from '../network/traffic/application-options.ts';
import {containerBehaviour} from '../node/behaviour-options.ts';
import {annotatedBehaviour} from '../node/behaviours.ts';
import {imageOptions} from '../node/image-options.ts';
import {kubeletOptions} from '../node/kubelet-options.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {valueText} from '../objects/template-text.ts';
import {annotated, unknownAnnotations} from '../options/annotations.ts';
import {missingConfigs} from './missing-configs.ts';
import type {Notebook} from './notebook.ts';
import type {Scenario} from './schema.ts';
import type {Path} from './yaml-document.ts';

export type Place = ManifestObject | Path;
export type TemplateAt = {readonly template: PodTemplate; readonly place: Place};

type Parts = {
  readonly sections: Partial<Scenario>;
  /** At the start, or brought by the timeline. */
  readonly objects: readonly ManifestObject[];
  readonly templates: readonly TemplateAt[];
};

export function lifecycleOf(parts: Parts): 'simple' | 'detailed' {
  const said = parts.sections.cluster?.kubelet.lifecycle ?? 'auto';
  if (said !== 'auto') return said;
  return needsDetail(parts) ? 'detailed' : 'simple';
}

function needsDetail({sections, objects, templates}: Parts): boolean {
  const {behaviour = [], images, faults: entries = []} = sections;
  if (objects.some(({value}) => value.type === 'workload' || value.type === 'config')) return true;
  if (behaviour.length > 0) return true;
  if (saysSomething(images) || entries.some(({kind}) => detailedFaults.has(kind))) return true;
  if (saysOfSteps(sections)) return true;
  return templates.some(({template}) => hasBehaviour(template) || hasProbes(template));
}

/** What simple kubelets heed, too. */
const ofBoth: ReadonlySet<string> = new Set([
  ...['lifecycle', 'podStart', 'boot'],
  ...['shutdownGracePeriod', 'shutdownGracePeriodCriticalPods'],
]);

/** Kubelets have another option of the steps than they have anyway. */
function saysOfSteps({cluster}: Partial<Scenario>): boolean {
  const usual: Readonly<Record<string, unknown>> = kubeletOptions.parse({});
  return Object.entries(cluster?.kubelet ?? {}).some(
    ([key, value]) => !ofBoth.has(key) && valueText(value) !== valueText(usual[key]),
  );
}

const detailedFaults = new Set(faults.filter(fault => fault.detailed).map(({kind}) => kind));

function saysSomething(images: Scenario['images'] | undefined): boolean {
  return images !== undefined && valueText(images) !== valueText(imageOptions.parse(noImages));
}

const noImages = {} as Parameters<typeof imageOptions.parse>[0];

function hasBehaviour({annotations}: PodTemplate): boolean {
  return annotated(annotations, containerBehaviour) !== undefined;
}

/** What containers do, as annotations say it, whether anybody looks, and what pods lack. */
export function checkLives(parts: Parts, notebook: Notebook): void {
  const {sections, templates} = parts;
  checkPulls(sections, notebook);
  const told = new Set<PodTemplate>();
  for (const {template, place} of templates) {
    if (told.has(template)) continue;
    told.add(template);
    const unknown = unknownAnnotations(template.annotations, containerBehaviour, programOptions);
    for (const mistake of [...unknown, ...annotatedBehaviour(template).mistakes]) {
      notebook.complain(place, mistake, 'error');
    }
  }
  if (lifecycleOf(parts) === 'detailed') {
    for (const {place, sentence} of missingConfigs(parts)) {
      notebook.complain(place, sentence, 'warning');
    }
    return;
  }
  warnOfNoEffect(sections, notebook);
  if ([...told].some(hasProbes)) {
    notebook.warn(['cluster'], noEffect('probes, hooks and init containers of pods have'));
  }
}

/** Of what is said to kubelets that play only the start and end of a pod. */
function warnOfNoEffect(sections: Partial<Scenario>, notebook: Notebook): void {
  const {behaviour, images, faults: entries} = sections;
  if (saysOfSteps(sections)) notebook.warn(['cluster', 'kubelet'], noEffect('steps of a pod have'));
  if ((behaviour ?? []).length > 0) {
    notebook.warn(['behaviour'], noEffect('how containers behave has'));
  }
  if (saysSomething(images)) notebook.warn(['images'], noEffect('images have'));
  for (const [i, {kind}] of (entries ?? []).entries()) {
    if (detailedFaults.has(kind)) notebook.warn(['faults', i], noEffect(`${kind} has`));
  }
}

// As ValidateKubeletConfiguration.
function checkPulls({cluster}: Partial<Scenario>, notebook: Notebook): void {
  const {serializeImagePulls, maxParallelImagePulls: most = 1} = cluster?.kubelet ?? {};
  if (serializeImagePulls !== true || most < 2) return;
  const path = ['cluster', 'kubelet', 'maxParallelImagePulls'];
  notebook.error(path, `expected 1, as serializeImagePulls is true, got ${most}`);
}

function noEffect(what: string): string {
  return `${what} no effect unless cluster.kubelet.lifecycle is detailed`;
}

function hasProbes({spec}: PodTemplate): boolean {
  return (
    spec.initContainers.length > 0 ||
    spec.containers.some(({startupProbe, livenessProbe, readinessProbe, preStop, postStart}) =>
      [startupProbe, livenessProbe, readinessProbe, preStop, postStart].some(Boolean),
    )
  );
}
