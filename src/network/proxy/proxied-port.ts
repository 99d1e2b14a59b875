// One port of a Service as the nodes' proxies treat it: the proxy at which a new connection arrives
// chooses its endpoint, once.

import type {Time} from '../../engine/time.ts';
import type {Choices, ServiceViews, Target, Way} from '../../machines/service-views.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {Caller, Route} from '../destination.ts';
import type {Affinity} from './affinity.ts';
import type {Chooser} from './choosers.ts';

export type ProxiedPortParts = {
  readonly service: ServiceId;
  /** Its place in the Service's ports. */
  readonly port: number;
  readonly way: Way;
  readonly views: ServiceViews;
  readonly chooser: Chooser;
  /** All that is called by this port's name, whoever calls. */
  readonly affinity: Affinity;
  /** What going through the proxy's rules costs a new connection to one of so many endpoints. */
  readonly ruleTime: (endpoints: number) => Time;
};

export class ProxiedPort {
  readonly #parts: ProxiedPortParts;
  /** By node: what its proxy does, at which position, and what its rules cost. */
  readonly #choices: Choices[] = [];
  readonly #positions: number[] = [];
  readonly #ruleTimes: Time[] = [];

  constructor(parts: ProxiedPortParts) {
    this.#parts = parts;
  }

  /** As that node's proxy sends on what comes to it from a caller. */
  through(node: NodeId, caller: Caller, route: Route): void {
    const choices = this.#choicesAt(node);
    route.delay = this.#ruleTimes[node];
    route.target = undefined;
    if (choices.verdict !== 'choose') {
      route.arrival = choices.verdict === 'refuse' ? 'refused' : 'dropped';
      return;
    }
    route.arrival = 'there';
    route.target = this.#choose(node, choices, sourceOf(caller));
  }

  #choose(node: NodeId, choices: Choices, source: number): Target {
    const {targets, sticky} = choices;
    const {chooser, affinity} = this.#parts;
    if (sticky === undefined) return targets[chooser.choose(node, choices, source)];
    const kept = affinity.target(node, source, choices);
    const target = kept ?? targets[chooser.choose(node, choices, source)];
    affinity.keep(node, source, {target, sticky});
    return target;
  }

  #choicesAt(node: NodeId): Choices {
    const {views, service, port, way, ruleTime} = this.#parts;
    const position = views.position(node);
    if (this.#positions[node] === position) return this.#choices[node];
    const choices = views.choices(node, service, port, way);
    this.#positions[node] = position;
    this.#choices[node] = choices;
    this.#ruleTimes[node] = ruleTime(choices.targets.length);
    return choices;
  }

  save() {
    return {chooser: this.#parts.chooser.save()};
  }

  restore({chooser}: ReturnType<ProxiedPort['save']>): void {
    this.#parts.chooser.restore(chooser);
    this.#positions.length = 0;
  }
}

/** A number for the address that a connection comes from: a pod's, a node's, or one outside. */
function sourceOf({id, place, pod}: Caller): number {
  if (pod !== undefined) return 3 * pod;
  return place !== undefined ? 3 * place + 1 : 3 * id + 2;
}
