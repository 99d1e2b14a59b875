// What the scheduler reads of a pod template, worked out once for all its pods.

import {effectiveRequests, nonZeroRequests} from '../../objects/effective-requests.ts';
import type {GpuRequest} from '../../objects/gpu.ts';
import type {ContainerPort, PodSpec, PodTemplate} from '../../objects/pod-spec.ts';
import type {Resources} from '../../objects/resources.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import {distinctText} from './distinct-text.ts';
import {imageName} from './image-name.ts';

export type PodShape = SpecShape & {readonly template: PodTemplate};

/** The part that follows from the spec, which pods of many owners may share. */
type SpecShape = {
  /**
   * Equal for shapes whose answers from one node cannot differ, whatever plugin answers by `reads:
   * node`.
   */
  readonly answerClass: number;
  readonly requests: Resources;
  /**
   * For the resource scorers: a container that does not name cpu or memory counts 100m or 200 MiB.
   */
  readonly nonZeroCpuMillicores: number;
  readonly nonZeroMemoryBytes: number;
  readonly gpu: GpuRequest | undefined;
  readonly hostPorts: readonly ContainerPort[];
  /** Normalised names, repeated where repeated. */
  readonly images: readonly string[];
  /** Init containers and containers together. */
  readonly containerCount: number;
  readonly hasAffinity: boolean;
  readonly hasRequiredAntiAffinity: boolean;
};

/** Makes each template's shape once, and knows which shapes get the same answers from nodes. */
export class PodShapes {
  readonly #kubernetes: KubernetesMinor;
  readonly #byTemplate = new Map<PodTemplate, PodShape>();
  readonly #bySpec = new WeakMap<PodSpec, SpecShape>();
  readonly #answerClasses = new Map<string, number>();

  constructor(kubernetes: KubernetesMinor) {
    this.#kubernetes = kubernetes;
  }

  of(template: PodTemplate): PodShape {
    const known = this.#byTemplate.get(template);
    if (known !== undefined) return known;
    const shape = {template, ...this.#ofSpec(template.spec)};
    this.#byTemplate.set(template, shape);
    return shape;
  }

  #ofSpec(spec: PodSpec): SpecShape {
    const known = this.#bySpec.get(spec);
    if (known !== undefined) return known;
    const shape = this.#make(spec);
    this.#bySpec.set(spec, shape);
    return shape;
  }

  #make(spec: PodSpec): SpecShape {
    // As feature gate PodLevelResources: on from 1.34.
    const honoured = {skipPodLevelResources: this.#kubernetes < 34};
    const nonZero = nonZeroRequests(spec, honoured);
    const affinities = [spec.podAffinity, spec.podAntiAffinity];
    return {
      answerClass: this.#answerClass(spec),
      requests: effectiveRequests(spec, honoured),
      nonZeroCpuMillicores: nonZero.cpuMillicores,
      nonZeroMemoryBytes: nonZero.memoryBytes,
      gpu: spec.gpu,
      hostPorts: hostPorts(spec, this.#kubernetes),
      images: images(spec, this.#kubernetes),
      containerCount: spec.initContainers.length + spec.containers.length,
      hasAffinity: affinities.some(affinity => affinity !== undefined),
      hasRequiredAntiAffinity: (spec.podAntiAffinity?.required.length ?? 0) > 0,
    };
  }

  // Everything a node's answer may depend on; not names, labels, owner or namespace.
  #answerClass(spec: PodSpec): number {
    const {podAffinity, podAntiAffinity, topologySpreadConstraints, ...rest} = spec;
    const key = distinctText(rest);
    const known = this.#answerClasses.get(key);
    if (known !== undefined) return known;
    this.#answerClasses.set(key, this.#answerClasses.size);
    return this.#answerClasses.size - 1;
  }
}

// As kube-scheduler's GetHostPorts: sidecars count from 1.33 on, other init containers never.
function hostPorts(spec: PodSpec, kubernetes: KubernetesMinor): ContainerPort[] {
  const sidecars = kubernetes >= 33 ? spec.initContainers.filter(({sidecar}) => sidecar) : [];
  return [...sidecars, ...spec.containers].flatMap(({ports}) =>
    ports.filter(({hostPort}) => hostPort > 0),
  );
}

// As ImageLocality: init containers count in all versions, image volumes from 1.36 on.
function images(spec: PodSpec, kubernetes: KubernetesMinor): string[] {
  const mounted = kubernetes >= 36 ? spec.imageVolumes : [];
  const run = [...spec.initContainers, ...spec.containers].map(({image}) => image);
  return [...run, ...mounted].map(imageName);
}
