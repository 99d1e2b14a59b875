// What the pods of each template ask of a node, worked out once for all templates of a spec.

import {effectiveRequests} from '../objects/effective-requests.ts';
import type {PodSpec, PodTemplate} from '../objects/pod-spec.ts';
import type {Resources} from '../objects/resources.ts';

export class PodRequests {
  readonly #known = new WeakMap<PodSpec, Resources>();

  of({spec}: PodTemplate): Resources {
    const known = this.#known.get(spec);
    if (known !== undefined) return known;
    const requests = effectiveRequests(spec);
    this.#known.set(spec, requests);
    return requests;
  }
}
