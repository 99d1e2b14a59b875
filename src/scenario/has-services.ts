// Whether a scenario has a Service at any time. Without one nobody calls a pod, and who would
// answer is not kept.

import type {AppliedObject} from '../objects/applied-object.ts';
import type {LoadedScenario} from './loaded.ts';

export function hasServices({manifests, timeline}: LoadedScenario): boolean {
  if (manifests.some(({value}) => value.type === 'service')) return true;
  return timeline.some(({options}) => {
    const {objects = []} = options as {objects?: readonly AppliedObject[]};
    return objects.some(applied => applied.type === 'object' && applied.object.kind === 'service');
  });
}
