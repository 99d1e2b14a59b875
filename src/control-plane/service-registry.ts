// What a stored request does to a Service: it is given its cluster IP and node ports, or is refused
// (pkg/registry/core/service/storage, alloc.go and storage.go). An update keeps what it does not
// name.

import type {RandomStream} from '../engine/random.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import {
  type NewService,
  type ServiceObject,
  type ServicePort,
  serviceName,
  wantsClusterIP,
  wantsHealthCheck,
  wantsNodePorts,
} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import {valueText} from '../objects/template-text.ts';
import {type Address, type AddressRange, parseRange} from '../options/address.ts';
import {portsOf, ServiceNumbers} from './service-numbers.ts';

/** As kubeadm's. */
const defaultServiceRange = parseRange('10.96.0.0/12') as AddressRange;

type Draw = (below: number) => number;

export class ServiceRegistry {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #numbers: ServiceNumbers;

  constructor(simulation: Simulation, store: Store, range = defaultServiceRange) {
    this.#simulation = simulation;
    this.#store = store;
    this.#numbers = new ServiceNumbers(store, range);
    const numbers = this.#numbers;
    simulation.part('api.service-numbers', {
      save: () => undefined,
      restore: () => numbers.forget(),
    });
  }

  apply(wish: NewService): ApiOutcome {
    const {services} = this.#store;
    const {now} = this.#simulation;
    this.#numbers.bringUpToDate();
    const id = services.id(serviceName(wish));
    const before = id === undefined ? undefined : services.get(id);
    const kept = before === undefined ? wish : keeping(before, wish);
    if (before !== undefined && isForbidden(before, kept)) return 'invalid';
    const given = this.#allocate(kept, before);
    if (given === undefined) return 'invalid';
    const loadBalancer = given.type === 'LoadBalancer' ? (before?.loadBalancer ?? []) : [];
    const after: ServiceObject = {...given, loadBalancer};
    // A write that changes nothing is not stored.
    if (before !== undefined && valueText(before) === valueText(after)) return 'ok';
    if (id === undefined) services.add(after, now);
    else services.replace(id, after, now);
    this.#numbers.written(before, after);
    return 'ok';
  }

  delete(name: string): ApiOutcome {
    const {services} = this.#store;
    this.#numbers.bringUpToDate();
    const id = services.id(name);
    const before = id === undefined ? undefined : services.get(id);
    if (id === undefined) return 'not-found';
    services.delete(id, this.#simulation.now);
    this.#numbers.written(before, undefined);
    return 'ok';
  }

  assignLoadBalancer(name: string, loadBalancer: readonly Address[]): ApiOutcome {
    const {services} = this.#store;
    const id = services.id(name);
    const before = id === undefined ? undefined : services.get(id);
    if (id === undefined || before === undefined) return 'not-found';
    if (before.type !== 'LoadBalancer') return 'invalid';
    this.#numbers.bringUpToDate();
    const after = {...before, loadBalancer};
    services.replace(id, after, this.#simulation.now);
    this.#numbers.written(before, after);
    return 'ok';
  }

  #allocate(wish: NewService, before: ServiceObject | undefined): NewService | undefined {
    const clusterIP = this.#clusterIP(wish, before?.clusterIP);
    if (clusterIP === null) return undefined;
    const own = before === undefined ? new Set<number>() : portsOf(before);
    const draw = this.#draw('node-port', wish);
    const ports = wantsNodePorts(wish)
      ? this.#nodePorts(wish.ports, own, draw)
      : this.#asWritten(wish.ports, own);
    if (ports === undefined) return undefined;
    const taken = new Set(ports.flatMap(({nodePort}) => nodePort ?? []));
    const health = this.#healthCheck(wish, {own, taken, draw});
    if (health === null) return undefined;
    return {...wish, clusterIP, ports, healthCheckNodePort: health};
  }

  /** `null`: there is none to be had, or the one that was asked for is another's. */
  #clusterIP(wish: NewService, own: Address | undefined): Address | undefined | null {
    if (!wantsClusterIP(wish)) return undefined;
    const {clusterIP} = wish;
    if (clusterIP === undefined) {
      return this.#numbers.freeAddress(this.#draw('cluster-ip', wish)) ?? null;
    }
    return clusterIP === own || this.#numbers.isFree(clusterIP) ? clusterIP : null;
  }

  // As initNodePorts: TCP and UDP of one port share their node port.
  #nodePorts(
    ports: readonly ServicePort[],
    own: ReadonlySet<number>,
    draw: Draw,
  ): ServicePort[] | undefined {
    const given = new Map<number, number>();
    const taken = new Set<number>();
    const result: ServicePort[] = [];
    for (const each of ports) {
      const wanted =
        each.nodePort ??
        given.get(each.port) ??
        ports.find(({port, nodePort}) => port === each.port && nodePort !== undefined)?.nodePort;
      const nodePort = wanted ?? this.#numbers.freePort(draw, taken);
      if (nodePort === undefined || !this.#mayHave(nodePort, own)) return undefined;
      if (!given.has(each.port)) given.set(each.port, nodePort);
      taken.add(nodePort);
      result.push({...each, nodePort});
    }
    return result;
  }

  /** A LoadBalancer without node ports still gets those that it asks for; others get none. */
  #asWritten(
    ports: readonly ServicePort[],
    own: ReadonlySet<number>,
  ): readonly ServicePort[] | undefined {
    const fits = ports.every(
      ({nodePort}) => nodePort === undefined || this.#mayHave(nodePort, own),
    );
    return fits ? ports : undefined;
  }

  #healthCheck(
    wish: NewService,
    {own, taken, draw}: {own: ReadonlySet<number>; taken: ReadonlySet<number>; draw: Draw},
  ): number | undefined | null {
    if (!wantsHealthCheck(wish)) return undefined;
    const wanted = wish.healthCheckNodePort;
    if (wanted === undefined) return this.#numbers.freePort(draw, taken) ?? null;
    return this.#mayHave(wanted, own) && !taken.has(wanted) ? wanted : null;
  }

  #mayHave(port: number, own: ReadonlySet<number>): boolean {
    return own.has(port) || this.#numbers.isFreePort(port);
  }

  #draw(what: string, service: NewService): Draw {
    let stream: RandomStream | undefined;
    return below => {
      stream ??= this.#simulation.passingRandom(`api.${what}/${serviceName(service)}`);
      return stream.integer(0, below - 1);
    };
  }
}

// As patchAllocatedValues: a port keeps its node port by its name.
function keeping(before: ServiceObject, wish: NewService): NewService {
  const clusterIP =
    wish.clusterIP ??
    (wantsClusterIP(before) && wantsClusterIP(wish) ? before.clusterIP : undefined);
  const health =
    wish.healthCheckNodePort ??
    (wantsHealthCheck(before) && wantsHealthCheck(wish) ? before.healthCheckNodePort : undefined);
  const patched = {...wish, clusterIP, healthCheckNodePort: health};
  if (!wantsNodePorts(before) || !wantsNodePorts(wish)) return patched;
  const written = new Set(wish.ports.flatMap(({nodePort}) => nodePort ?? []));
  const byName = new Map(before.ports.map(({name, nodePort}) => [name, nodePort]));
  const ports = wish.ports.map(port => {
    const old = byName.get(port.name);
    if (port.nodePort !== undefined || old === undefined || written.has(old)) return port;
    written.add(old);
    return {...port, nodePort: old};
  });
  return {...patched, ports};
}

// As ValidateServiceClusterIPsRelatedFields: a cluster IP never changes, but comes and goes with
// the type ExternalName.
function isForbidden(before: ServiceObject, after: NewService): boolean {
  if (before.type === 'ExternalName' || after.type === 'ExternalName') return false;
  return before.headless !== after.headless || before.clusterIP !== after.clusterIP;
}
