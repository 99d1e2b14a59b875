// Whether a node has room for what a pod requests (kube-scheduler's fitsRequest), and what it
// lacks.

import type {KubernetesMinor} from '../../objects/version.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {Rejection} from '../framework.ts';

/** A resource that the node has too little of. `unresolvable`: even an empty node would. */
export type Insufficient = {
  readonly resource: string;
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
  readonly unresolvable: boolean;
};

const tooManyPods = 1;
const noCpu = 2;
const noMemory = 4;
const noEphemeralStorage = 8;
const overAllocatable = 16;
/** The first scalar's bit; beyond the 20th the scalars share the last one. */
const firstScalar = 32;
const lastScalarIndex = 20;

/**
 * One pod shape's demand, with the rejections that it has met so far: a handful, shared by all
 * nodes.
 */
export class ResourceDemand {
  readonly shape: PodShape;
  readonly #cpuMillicores: number;
  readonly #memoryBytes: number;
  readonly #ephemeralStorageBytes: number;
  /** Scalars that are asked for and not ignored. */
  readonly #scalars: readonly (readonly [name: string, amount: number])[];
  readonly #tellsUnresolvable: boolean;
  readonly #rejections = new Map<number, Rejection>();

  constructor(
    shape: PodShape,
    rules: {ignores: (resource: string) => boolean; kubernetes: KubernetesMinor},
  ) {
    this.shape = shape;
    this.#cpuMillicores = shape.requests.cpuMillicores;
    this.#memoryBytes = shape.requests.memoryBytes;
    this.#ephemeralStorageBytes = shape.requests.ephemeralStorageBytes;
    this.#scalars = [...(shape.requests.scalars ?? [])].filter(
      ([name, amount]) => amount !== 0 && !rules.ignores(name),
    );
    // From 1.34 a request beyond the node's whole allocatable is unresolvable: preemption is not
    // tried.
    this.#tellsUnresolvable = rules.kubernetes >= 34;
  }

  check(node: NodeInfo): Rejection | undefined {
    let lacking = 0;
    if (node.pods.length + 1 > node.allocatablePods) lacking |= tooManyPods;
    const cpu = this.#cpuMillicores;
    if (cpu > 0 && cpu > node.allocatableCpuMillicores - node.requestedCpuMillicores) {
      lacking |= cpu > node.allocatableCpuMillicores ? noCpu | overAllocatable : noCpu;
    }
    const memory = this.#memoryBytes;
    if (memory > 0 && memory > node.allocatableMemoryBytes - node.requestedMemoryBytes) {
      lacking |= memory > node.allocatableMemoryBytes ? noMemory | overAllocatable : noMemory;
    }
    if (this.#ephemeralStorageBytes > 0) lacking |= this.#checkStorage(node);
    if (this.#scalars.length > 0) lacking |= this.#checkScalars(node);
    return lacking === 0 ? undefined : this.#rejection(lacking);
  }

  #checkStorage(node: NodeInfo): number {
    const wanted = this.#ephemeralStorageBytes;
    const capacity = node.allocatableEphemeralStorageBytes;
    if (wanted <= capacity - node.requestedEphemeralStorageBytes) return 0;
    return wanted > capacity ? noEphemeralStorage | overAllocatable : noEphemeralStorage;
  }

  #checkScalars(node: NodeInfo): number {
    let lacking = 0;
    for (let i = 0; i < this.#scalars.length; i++) {
      const name = this.#scalars[i][0];
      const wanted = this.#scalars[i][1];
      const capacity = node.allocatableScalar(name);
      if (wanted <= capacity - node.requestedScalar(name)) continue;
      lacking |= firstScalar << Math.min(i, lastScalarIndex);
      if (wanted > capacity) lacking |= overAllocatable;
    }
    return lacking;
  }

  #rejection(lacking: number): Rejection {
    const known = this.#rejections.get(lacking);
    if (known !== undefined) return known;
    const unresolvable = this.#tellsUnresolvable && (lacking & overAllocatable) !== 0;
    const rejection: Rejection = {
      code: unresolvable ? 'unresolvable' : 'unschedulable',
      reasons: this.#reasons(lacking),
    };
    this.#rejections.set(lacking, rejection);
    return rejection;
  }

  #reasons(lacking: number): string[] {
    const reasons: string[] = [];
    if ((lacking & tooManyPods) !== 0) reasons.push('Too many pods');
    if ((lacking & noCpu) !== 0) reasons.push('Insufficient cpu');
    if ((lacking & noMemory) !== 0) reasons.push('Insufficient memory');
    if ((lacking & noEphemeralStorage) !== 0) reasons.push('Insufficient ephemeral-storage');
    this.#scalars.forEach(([name], i) => {
      const bit = firstScalar << Math.min(i, lastScalarIndex);
      if ((lacking & bit) !== 0) reasons.push(`Insufficient ${name}`);
    });
    return reasons;
  }

  /** For people who ask why: the figures behind a rejection. */
  insufficient(node: NodeInfo): Insufficient[] {
    const {requests} = this.shape;
    const rows: [string, number, number, number][] = [
      ['pods', 1, node.pods.length, node.allocatablePods],
      ['cpu', requests.cpuMillicores, node.requestedCpuMillicores, node.allocatableCpuMillicores],
      ['memory', requests.memoryBytes, node.requestedMemoryBytes, node.allocatableMemoryBytes],
      [
        'ephemeral-storage',
        requests.ephemeralStorageBytes,
        node.requestedEphemeralStorageBytes,
        node.allocatableEphemeralStorageBytes,
      ],
    ];
    for (const [name, amount] of this.#scalars) {
      rows.push([name, amount, node.requestedScalar(name), node.allocatableScalar(name)]);
    }
    return rows
      .filter(([, requested, used, capacity]) => requested > 0 && requested > capacity - used)
      .map(([resource, requested, used, capacity]) => ({
        resource,
        requested,
        used,
        capacity,
        unresolvable: resource !== 'pods' && requested > capacity,
      }));
  }
}
