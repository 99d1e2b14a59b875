// Pods of ingress controllers that listen at ports of their own node: a connection to the node is
// one to the pod that is there, whatever Services and proxies know (the CNI's portmap, or the
// host's network). Where none is, nobody listens.

import type {Links} from '../../machines/links.ts';
import type {Choices} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {IngressControllers} from './ingress-controllers.ts';

const nobody: Choices = {verdict: 'refuse', targets: [], sticky: undefined};
const silence: Choices = {...nobody, verdict: 'drop'};

export class HostPorts {
  readonly #controllers: IngressControllers;
  readonly #links: Links;
  /** By serial of the pod and port, so that equal ones are the same. */
  readonly #known = new Map<string, Choices>();

  constructor(controllers: IngressControllers, links: Links) {
    this.#controllers = controllers;
    this.#links = links;
  }

  get changed() {
    return this.#controllers.moved;
  }

  /** `front`: the Service that selects the controller's pods. */
  choices(front: string, node: NodeId, port: number): Choices {
    if (!this.#links.connect(undefined, node)) return silence;
    const found = this.#controllers.at(front, node);
    if (found === undefined) return nobody;
    const {serial, pod} = found;
    const key = `${serial}/${port}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // The node's own address, which nobody asks for.
    const target = {serial, pod, address: 0, port, node, zone: undefined};
    const made: Choices = {verdict: 'choose', targets: [target], sticky: undefined};
    this.#known.set(key, made);
    return made;
  }
}
