// The chance behind generated names: one stream for each object that makes names, so that another
// workload beside it changes none.

import type {RandomStream} from '../engine/random.ts';
import type {Simulation} from '../engine/simulation.ts';
import {type WorkloadObject, workloadName} from '../objects/workload-object.ts';
import {nameSuffix} from './template-hash.ts';

export class NameStreams {
  readonly #simulation: Simulation;
  readonly #streams = new Map<string, RandomStream>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** As `generateName: NAME-` makes them, or `NAME-INDEX-`. */
  podName(owner: WorkloadObject, index?: number): string {
    const base = index === undefined ? owner.name : `${owner.name}-${index}`;
    return `${base}-${nameSuffix(this.#stream(`pod-names/${workloadName(owner)}`))}`;
  }

  /** Of an EndpointSlice of the Service. */
  sliceName({namespace, name}: {readonly namespace: string; readonly name: string}): string {
    return `${name}-${nameSuffix(this.#stream(`slice-names/${namespace}/${name}`))}`;
  }

  #stream(name: string): RandomStream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = this.#simulation.random(`controllers.${name}`);
    this.#streams.set(name, stream);
    return stream;
  }
}
