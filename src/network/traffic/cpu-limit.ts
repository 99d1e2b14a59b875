// How many CPUs the program that listens at a port may use.

import type {PodTemplate} from '../../objects/pod-spec.ts';

/**
 * The limit of the container that has the port; where none says so, the pod's, which has one if all
 * its containers do. `Infinity`: none.
 */
export function cpuLimit({spec}: PodTemplate, port: number): number {
  const sidecars = spec.initContainers.filter(({sidecar}) => sidecar);
  const running = [...sidecars, ...spec.containers];
  const having = running.find(({ports}) => ports.some(({containerPort}) => containerPort === port));
  const meant = having === undefined ? running : [having];
  // A limit of 0 is none.
  return meant.reduce((sum, {limits}) => sum + ((limits.get('cpu') ?? 0) || Infinity), 0) / 1000;
}
