// What the pods of a scenario usually ask for, as its manifests and workloads say: those of a trace
// as the trace has them, whatever is left out or repeated of it.

import {effectiveRequests} from '../objects/effective-requests.ts';
import {Fragmentation} from '../objects/fragmentation.ts';
import {gpusOf} from '../objects/gpu.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {type TypicalShape, typicalShapes} from '../objects/typical-pods.ts';
import type {ExpectedPods} from '../workload/expected-pods.ts';
import {workloads} from '../workload/index.ts';
import {decodePod} from './apply-manifests.ts';
import type {LoadedScenario} from './loaded.ts';

/** `undefined` where no node has devices to begin with, or no pod asks for any. */
export function fragmentationOf(scenario: LoadedScenario): Fragmentation | undefined {
  if (!scenario.nodes.some(node => gpusOf(node) !== undefined)) return undefined;
  const seen: TypicalShape[] = [];
  for (const {template, pods} of expected(scenario))
    if (pods > 0) seen.push(shapeOf(template, pods));
  return seen.some(({count}) => count > 0) ? new Fragmentation(typicalShapes(seen)) : undefined;
}

function* expected({manifests, workload, duration}: LoadedScenario): Generator<ExpectedPods> {
  for (const {value} of manifests) {
    if (value.type === 'pod') yield {template: value.template, pods: 1};
    if (value.type !== 'workload') continue;
    // One pod a node is nothing that anybody chooses a node for.
    const {template, replicas = 0} = value.workload;
    yield {template, pods: replicas};
  }
  for (const {kind, options} of workload) {
    const definition = workloads.find(known => known.kind === kind);
    yield* definition?.expected?.(options, {decodePod, duration}) ?? [];
  }
}

function shapeOf({spec}: PodTemplate, pods: number): TypicalShape {
  const {count, milli, models} = spec.gpu ?? {count: 0, milli: 0, models: []};
  const {cpuMillicores} = effectiveRequests(spec);
  return {cpuMillicores, count, milli, models, pods};
}
