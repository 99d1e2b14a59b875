// The Pod that a workload's options describe: its `template`, and what that leaves out.

import {gpuCountName, gpuMilliName, gpuModelName} from '../objects/gpu.ts';
import type {CommonOptions} from './common-options.ts';

/** As a manifest would have it. Its places are those of the `template` option, for messages. */
export function completePod({
  name,
  namespace,
  gpu,
  template = {},
}: Pick<CommonOptions, 'name' | 'namespace' | 'template'> &
  Partial<Pick<CommonOptions, 'gpu'>>): object {
  const {metadata, spec} = template as {metadata?: object; spec?: {containers?: unknown}};
  const container = {name: 'main', image: 'registry.k8s.io/pause:3.10'};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...template,
    metadata: {name, namespace, ...metadata, ...annotated(metadata, gpu)},
    spec: {...spec, containers: spec?.containers ?? [container]},
  };
}

/** The pod's devices, as annotations beside its own. */
function annotated(metadata: object | undefined, gpu: CommonOptions['gpu']): object {
  if (gpu === undefined) return {};
  const own = (metadata as {annotations?: object} | undefined)?.annotations;
  const annotations = {
    ...own,
    [gpuCountName]: String(gpu.count),
    [gpuMilliName]: String(gpu.milli),
    ...(gpu.models.length === 0 ? {} : {[gpuModelName]: gpu.models.join('|')}),
  };
  return {annotations};
}
