// What the resource scorers compare: for each configured resource that counts, how much of a node's
// allocatable would be requested with the pod on it (kube-scheduler's resourceAllocationScorer).

import type {Resources} from '../../objects/resources.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {WeightedResource} from './plugin-args.ts';

/** Two numbers per resource and node, in columns that are filled again for every node. */
export class ResourceShares {
  readonly weights: Float64Array;
  readonly requested: Float64Array;
  /** 0: the resource is left out on this node. */
  readonly allocatable: Float64Array;
  /** What the pod asks for, by resource. */
  readonly wanted: Float64Array;
  readonly #names: readonly string[];
  readonly #nonZero: boolean;

  /** `nonZero`: a container that names no cpu or memory counts for the default. */
  constructor(resources: readonly WeightedResource[], {nonZero}: {nonZero: boolean}) {
    this.#names = resources.map(({name}) => name);
    this.#nonZero = nonZero;
    this.weights = Float64Array.from(resources, ({weight}) => weight);
    this.requested = new Float64Array(resources.length);
    this.allocatable = new Float64Array(resources.length);
    this.wanted = new Float64Array(resources.length);
  }

  want(requests: Resources): void {
    this.#names.forEach((name, i) => {
      this.wanted[i] = amountOf(requests, name);
    });
  }

  fill(node: NodeInfo): void {
    for (let i = 0; i < this.#names.length; i++) this.#fillOne(i, node);
  }

  #fillOne(i: number, node: NodeInfo): void {
    const wanted = this.wanted[i];
    const name = this.#names[i];
    switch (name) {
      case 'cpu':
        this.allocatable[i] = node.allocatableCpuMillicores;
        this.requested[i] =
          wanted + (this.#nonZero ? node.nonZeroCpuMillicores : node.requestedCpuMillicores);
        return;
      case 'memory':
        this.allocatable[i] = node.allocatableMemoryBytes;
        this.requested[i] =
          wanted + (this.#nonZero ? node.nonZeroMemoryBytes : node.requestedMemoryBytes);
        return;
      case 'ephemeral-storage':
        this.allocatable[i] = node.allocatableEphemeralStorageBytes;
        this.requested[i] = wanted + node.requestedEphemeralStorageBytes;
        return;
      default:
        // As calculateResourceAllocatableRequest: a scalar that the pod does not ask for is left
        // out.
        this.allocatable[i] = wanted === 0 ? 0 : node.allocatableScalar(name);
        this.requested[i] = wanted + node.requestedScalar(name);
    }
  }
}

function amountOf(requests: Resources, name: string): number {
  switch (name) {
    case 'cpu':
      return requests.cpuMillicores;
    case 'memory':
      return requests.memoryBytes;
    case 'ephemeral-storage':
      return requests.ephemeralStorageBytes;
    default:
      return requests.scalars?.get(name) ?? 0;
  }
}
