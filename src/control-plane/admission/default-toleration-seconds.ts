// Every pod puts up with a node that is not ready or unreachable for a while, unless it says
// otherwise itself (plugin/pkg/admission/defaulttolerationseconds). Templates that share a spec,
// which is what pods of several owners may do, share the new one too.

import type {PodSpec, PodTemplate, Toleration} from '../../objects/pod-spec.ts';
import type {AdmissionPlugin} from './plugin.ts';

export type TolerationSeconds = {readonly notReady: number; readonly unreachable: number};

/** As kube-apiserver's --default-not-ready-toleration-seconds and its like. */
export const usualTolerationSeconds: TolerationSeconds = {notReady: 300, unreachable: 300};

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';

export function defaultTolerationSeconds(seconds: TolerationSeconds): AdmissionPlugin {
  const specs = new WeakMap<PodSpec, PodSpec>();
  const specOf = (spec: PodSpec): PodSpec => {
    const known = specs.get(spec) ?? withDefaultTolerations(spec, seconds);
    specs.set(spec, known);
    return known;
  };
  return {
    name: 'DefaultTolerationSeconds',
    review: ({template, ...pod}) => {
      const spec = specOf(template.spec);
      return {...pod, template: withSpec(template, spec)};
    },
  };
}

function withSpec(template: PodTemplate, spec: PodSpec): PodTemplate {
  return spec === template.spec ? template : {...template, spec};
}

export function withDefaultTolerations(spec: PodSpec, seconds: TolerationSeconds): PodSpec {
  const {tolerations} = spec;
  const added: Toleration[] = [];
  if (!mentions(tolerations, notReady)) added.push(tolerating(notReady, seconds.notReady));
  if (!mentions(tolerations, unreachable)) added.push(tolerating(unreachable, seconds.unreachable));
  if (added.length === 0) return spec;
  return {...spec, tolerations: [...tolerations, ...added]};
}

/** Whatever its operator and its value: only key and effect are looked at. */
function mentions(tolerations: readonly Toleration[], taint: string): boolean {
  return tolerations.some(
    ({key, effect}) => (key === taint || key === '') && (effect === 'NoExecute' || effect === ''),
  );
}

function tolerating(key: string, tolerationSeconds: number): Toleration {
  return {key, operator: 'Exists', value: '', effect: 'NoExecute', tolerationSeconds};
}
