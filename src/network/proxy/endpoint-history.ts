// The versions of every Service's endpoints, in the order in which the API came to hold them: each
// change of a Service or of one of its slices is a position in this history. Versions that nobody
// can hold any more are dropped.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Cursor} from '../../objects/change-log.ts';
import type {EndpointSlice} from '../../objects/endpoint-slice.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import {type ServiceObject, serviceName} from '../../objects/service-object.ts';
import type {Store} from '../../objects/store.ts';
import type {ProxyMode} from '../latency/first-packet.ts';
import {type Cluster, EndpointsVersion} from './endpoints-version.ts';

type Dated = {readonly position: number; readonly version: EndpointsVersion};

export class EndpointHistory {
  /** Positions so far: a proxy that is here knows all. */
  end = 0;
  /** Of the newest versions. */
  services = 0;
  endpoints = 0;
  readonly #store: Store;
  readonly #cluster: Cluster;
  readonly #appended: (time: Time) => void;
  readonly #serviceRows: Cursor;
  readonly #sliceRows: Cursor;
  /** By Service, the oldest first. */
  #versions: Dated[][] = [];
  /** Slices of each Service by its full name, and Services by theirs, as far as there are. */
  #slices = new Map<string, Map<number, EndpointSlice>>();
  /** From `#first` on: which Service each position changed. */
  #changed: ServiceId[] = [];
  #first = 0;

  constructor(
    simulation: Simulation,
    {store, mode, appended}: {store: Store; mode: ProxyMode; appended: (time: Time) => void},
  ) {
    this.#store = store;
    this.#appended = appended;
    const {nodes} = store;
    const nodeNamed = (name: string): NodeId | undefined => nodes.id(name);
    this.#cluster = {mode, nodeNamed};
    this.#serviceRows = store.services.log.cursor(() => this.#readServices());
    this.#sliceRows = store.endpointSlices.log.cursor(() => this.#readSlices());
    simulation.part('kube-proxy.history', this);
  }

  /** What a proxy holds that has taken up all before `position`. */
  at(service: ServiceId, position: number): EndpointsVersion | undefined {
    const versions = this.#versions[service];
    if (versions === undefined) return undefined;
    for (let i = versions.length - 1; i >= 0; i--) {
      if (versions[i].position < position) return versions[i].version;
    }
    return undefined;
  }

  /** The Service that a position changed. */
  changed(position: number): ServiceId {
    return this.#changed[position - this.#first];
  }

  *all(): Generator<ServiceId> {
    for (const service of this.#versions.keys()) {
      if (this.#versions[service] !== undefined) yield service as ServiceId;
    }
  }

  /** No proxy is before that position any more. */
  forget(position: number): void {
    if (position <= this.#first) return;
    const services = new Set(this.#changed.splice(0, position - this.#first));
    this.#first = position;
    for (const service of services) {
      const versions = this.#versions[service];
      let old = 0;
      while (old + 1 < versions.length && versions[old + 1].position < position) old++;
      if (old > 0) versions.splice(0, old);
    }
  }

  get remembered(): number {
    return this.#changed.length;
  }

  /** A version that was saved. */
  revive({service, slices, cause}: ReturnType<EndpointsVersion['save']>): EndpointsVersion {
    return new EndpointsVersion(service, slices, {cluster: this.#cluster, cause});
  }

  #readServices(): void {
    const {log} = this.#store.services;
    while (this.#serviceRows.next < log.end) {
      const row = this.#serviceRows.next++;
      const object = log.value(row);
      const gone = log.kind(row) === 'deleted';
      const service = log.id(row) as ServiceId;
      const name = this.#store.services.nameOf(service);
      this.#append(service, gone ? undefined : object, name, log.time(row), log.cause(row));
    }
  }

  #readSlices(): void {
    const {log} = this.#store.endpointSlices;
    while (this.#sliceRows.next < log.end) {
      const row = this.#sliceRows.next++;
      const slice = log.value(row);
      // As kube-proxy, which asks for no slices of headless Services (cmd/kube-proxy, server.go).
      if (slice?.service === undefined || slice.headless) continue;
      const name = serviceName({namespace: slice.namespace, name: slice.service});
      this.#note(name, log.id(row), log.kind(row) === 'deleted' ? undefined : slice);
      const service = this.#store.services.id(name);
      if (service === undefined) continue;
      const object = this.#store.services.get(service);
      this.#append(service, object, name, log.time(row), log.cause(row));
    }
  }

  #note(name: string, id: number, slice: EndpointSlice | undefined): void {
    const slices = this.#slices.get(name) ?? new Map<number, EndpointSlice>();
    if (slice === undefined) slices.delete(id);
    else slices.set(id, slice);
    if (slices.size === 0) this.#slices.delete(name);
    else this.#slices.set(name, slices);
  }

  #append(
    service: ServiceId,
    object: ServiceObject | undefined,
    name: string,
    time: Time,
    cause: number,
  ): void {
    const slices = [...(this.#slices.get(name)?.values() ?? [])];
    const heeded = object !== undefined && isProxied(object) ? object : undefined;
    this.#versions[service] ??= [];
    const versions = this.#versions[service];
    const before = versions.at(-1)?.version;
    const version = new EndpointsVersion(heeded, slices, {cluster: this.#cluster, cause});
    this.services += count(version) - count(before);
    this.endpoints += version.size - (before?.size ?? 0);
    versions.push({position: this.end++, version});
    this.#changed.push(service);
    this.#appended(time);
  }

  save() {
    const {end, services, endpoints} = this;
    return {
      ...{end, services, endpoints, first: this.#first, changed: [...this.#changed]},
      versions: this.#versions.map(versions =>
        versions.map(({position, version}) => ({position, version: version.save()})),
      ),
      slices: [...this.#slices].map(([name, slices]) => [name, [...slices]] as const),
    };
  }

  restore(saved: ReturnType<EndpointHistory['save']>): void {
    this.end = saved.end;
    this.services = saved.services;
    this.endpoints = saved.endpoints;
    this.#first = saved.first;
    this.#changed = [...saved.changed];
    this.#versions = saved.versions.map(versions =>
      versions.map(({position, version}) => ({position, version: this.revive(version)})),
    );
    this.#slices = new Map(saved.slices.map(([name, slices]) => [name, new Map(slices)]));
  }
}

/** ExternalName is a matter of DNS, and a headless Service has no address to watch. */
function isProxied({type, headless, labels}: ServiceObject): boolean {
  const foreign = labels.has('service.kubernetes.io/service-proxy-name');
  return type !== 'ExternalName' && !headless && !foreign;
}

function count(version: EndpointsVersion | undefined): number {
  return version?.service?.ports.length ?? 0;
}
