// The Pod that a workload's options describe: its `template`, and what that leaves out.

import type {CommonOptions} from './common-options.ts';

/** As a manifest would have it. Its places are those of the `template` option, for messages. */
export function completePod({
  name,
  namespace,
  template = {},
}: Pick<CommonOptions, 'name' | 'namespace' | 'template'>): object {
  const {metadata, spec} = template as {metadata?: object; spec?: {containers?: unknown}};
  const container = {name: 'main', image: 'registry.k8s.io/pause:3.10'};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...template,
    metadata: {name, namespace, ...metadata},
    spec: {...spec, containers: spec?.containers ?? [container]},
  };
}
