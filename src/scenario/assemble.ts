// A checked scenario and what it refers to, as the plain data that a run is built from.

import {createHash} from 'node:crypto';
import {basename} from 'node:path';
import type {ManifestObject} from '../manifests/manifest.ts';
import {pricedByLabels} from '../objects/node-price.ts';
import type {LoadedScenario, LoadedScheduler, LoadedTrace} from './loaded.ts';
import {loadedControlPlane} from './loaded-control-plane.ts';
import {shuffledRanges} from './node-order.ts';
import type {PlacedNode} from './read-objects.ts';
import type {Scenario} from './schema.ts';
import type {Source} from './source.ts';

export function assemble(
  {
    scenario,
    nodes,
    manifests,
    scheduler,
    traces,
  }: {
    scenario: Omit<Scenario, 'traffic' | 'applications' | 'workload'> &
      Pick<LoadedScenario, 'traffic' | 'applications' | 'workload'>;
    nodes: readonly PlacedNode[];
    manifests: readonly ManifestObject[];
    scheduler: LoadedScheduler;
    traces: readonly LoadedTrace[];
  },
  source: Source,
): LoadedScenario {
  const {cluster} = scenario;
  const allNodes = [
    ...nodes.map(({node}) => node),
    ...manifests.flatMap(({value}) => (value.type === 'node' ? [value.node] : [])),
  ].map(node => pricedByLabels(node, cluster.prices));
  return {
    file: source.file,
    name: scenario.name ?? nameOfFile(source.file),
    question: scenario.question,
    seed: scenario.seed,
    duration: scenario.duration,
    startTime: scenario.startTime,
    kubernetes: cluster.kubernetes,
    nodes: allNodes,
    shuffledNodes: shuffledRanges(nodes),
    controlPlane: loadedControlPlane(cluster.controlPlane, allNodes),
    network: cluster.network,
    kubelet: cluster.kubelet,
    apiServer: cluster.apiServer,
    controllerManager: cluster.controllerManager,
    images: scenario.images,
    behaviour: scenario.behaviour,
    manifests: manifests.filter(({value}) => value.type !== 'node'),
    scheduler,
    workload: scenario.workload,
    traces,
    timeline: scenario.timeline,
    faults: scenario.faults,
    outage: scenario.outage,
    applications: scenario.applications,
    traffic: scenario.traffic,
    slos: scenario.slos,
    results: resultsOf(scenario),
    compare: scenario.compare,
    hash: hashOf(source.texts),
  };
}

/** A steady analysis reads time series: samples are taken even where none are asked for. */
function resultsOf({
  results,
  compare,
  duration,
}: Pick<Scenario, 'results' | 'compare' | 'duration'>) {
  if (compare.analysis !== 'steady' || results.timeseries !== undefined) return results;
  return {...results, timeseries: {every: Math.max(1, Math.round(duration / 400))}};
}

/** `my Cluster.yaml` gives `my-cluster`. */
function nameOfFile(file: string): string {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return name.slice(0, 63).replace(/^-+|-+$/g, '') || 'scenario';
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}
