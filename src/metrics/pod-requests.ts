// What the pods of each template ask of a node, worked out once a template.

import {effectiveRequests} from '../objects/effective-requests.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Resources} from '../objects/resources.ts';

export class PodRequests {
  readonly #known = new Map<PodTemplate, Resources>();

  of(template: PodTemplate): Resources {
    const known = this.#known.get(template);
    if (known !== undefined) return known;
    const requests = effectiveRequests(template.spec);
    this.#known.set(template, requests);
    return requests;
  }
}
