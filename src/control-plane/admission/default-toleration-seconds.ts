// Every pod puts up with a node that is not ready or unreachable for a while, unless it says
// otherwise itself (plugin/pkg/admission/defaulttolerationseconds). Siblings share what they come
// with, so this is worked out once for each template.

import type {PodTemplate, Toleration} from '../../objects/pod-spec.ts';
import type {AdmissionPlugin} from './plugin.ts';

export type TolerationSeconds = {readonly notReady: number; readonly unreachable: number};

/** As kube-apiserver's --default-not-ready-toleration-seconds and its like. */
export const usualTolerationSeconds: TolerationSeconds = {notReady: 300, unreachable: 300};

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';

export function defaultTolerationSeconds(seconds: TolerationSeconds): AdmissionPlugin {
  return {
    name: 'DefaultTolerationSeconds',
    review: pod => ({...pod, template: withDefaultTolerations(pod.template, seconds)}),
  };
}

export function withDefaultTolerations(
  template: PodTemplate,
  seconds: TolerationSeconds,
): PodTemplate {
  const {tolerations} = template.spec;
  const added: Toleration[] = [];
  if (!mentions(tolerations, notReady)) added.push(tolerating(notReady, seconds.notReady));
  if (!mentions(tolerations, unreachable)) added.push(tolerating(unreachable, seconds.unreachable));
  if (added.length === 0) return template;
  return {...template, spec: {...template.spec, tolerations: [...tolerations, ...added]}};
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
