// A cloud's service controller (kubernetes/cloud-provider, controllers/service): a Service of type
// LoadBalancer is given an address when its load balancer has been made, and keeps it as long as it
// is of that type. Nothing is said of what the cloud charges, or of how often it fails.
//
//   Service seen ──takes──▶ address written ──▶ its status has it

import type {EventKind, Simulation} from '../engine/simulation.ts';
import {toTime} from '../engine/time.ts';
import type {ServiceId} from '../objects/ids.ts';
import type {ServiceObject} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import {type Address, type AddressRange, sizeOf} from '../options/address.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawer} from '../options/drawer.ts';
import {Errands} from './errands.ts';
import type {ControllerParts} from './replica-set.ts';

export type CloudOptions = {
  readonly store: Store;
  readonly watchDelay: WatchDelay;
  readonly takes: Distribution;
  readonly range: AddressRange;
};

export class CloudProvider {
  readonly #simulation: Simulation;
  readonly #options: CloudOptions;
  readonly #errands: Errands<ServiceId>;
  readonly #made: EventKind<ServiceId>;
  /** Being made, and what that goes back to. */
  #making = new Map<ServiceId, number>();
  /** Addresses given so far; none is given twice. */
  #given = 0;

  constructor({simulation, api, manager}: ControllerParts, options: CloudOptions) {
    const {store, watchDelay} = options;
    this.#simulation = simulation;
    this.#options = options;
    this.#errands = new Errands({simulation, api}, 'service-controller', (id, outcome) => {
      if (outcome !== 'ok') this.#look(id);
    });
    this.#made = simulation.event('service-controller.load-balancer-made', (id: ServiceId) =>
      this.#assign(id),
    );
    simulation.part('service-controller.load-balancers', this);
    const {log} = store.services;
    new Watch(simulation, log, {
      name: 'service-controller.services',
      delay: watchDelay,
      selects: row => log.value(row)?.type === 'LoadBalancer',
      changed: row => this.#look(log.id(row) as ServiceId),
    });
    manager.join({stop: () => this.#errands.abandon(), start: () => this.#takeOver()});
  }

  #takeOver(): void {
    for (const [id] of this.#options.store.services.all()) this.#look(id);
  }

  /** Those of another class are somebody else's. */
  #look(id: ServiceId): void {
    const service = this.#options.store.services.get(id);
    if (service === undefined || !isPending(service) || this.#making.has(id)) return;
    this.#making.set(id, this.#simulation.cause);
    const name = `service-controller/load-balancer/${service.namespace}/${service.name}`;
    const takes = drawer(this.#options.takes, this.#simulation.passingRandom(name))();
    this.#made.after(toTime(takes), id);
  }

  #assign(id: ServiceId): void {
    this.#simulation.cause = this.#making.get(id) ?? 0;
    this.#making.delete(id);
    const service = this.#options.store.services.get(id);
    if (service === undefined || !isPending(service)) return;
    const address = service.loadBalancerIP ?? this.#nextAddress();
    if (address === undefined) return;
    const name = `${service.namespace}/${service.name}`;
    const request = {verb: 'assign-load-balancer', name, addresses: [address]} as const;
    this.#errands.api.writeObject(request, this.#errands.ticket(id));
  }

  /** Without its network's own and the broadcast address. */
  #nextAddress(): Address | undefined {
    const {range} = this.#options;
    return this.#given < sizeOf(range) - 2 ? range.first + ++this.#given : undefined;
  }

  save() {
    return {making: this.#making, given: this.#given};
  }

  restore({making, given}: ReturnType<CloudProvider['save']>): void {
    this.#making = new Map(making);
    this.#given = given;
  }
}

function isPending({type, loadBalancerClass, loadBalancer}: ServiceObject): boolean {
  return type === 'LoadBalancer' && loadBalancerClass === undefined && loadBalancer.length === 0;
}
