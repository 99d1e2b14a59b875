// Keeps the slices of every Service with a selector (pkg/controller/endpointslice).
//
//   Service, pod or its node's zone changes ──▶ pack its endpoints ──▶ write the slices that differ
//   somebody else changes a slice ──1 s──▶ the same
//   its own last writes not seen yet, or a pod's node not there ──1 s, 2 s … 15 times──▶ the same
//
// Simplified: the slices of a deleted Service are deleted here, not by the garbage collector; there
// is no batch period, as by default.

import type {Simulation} from '../engine/simulation.ts';
import {second, type Time} from '../engine/time.ts';
import {type EndpointSlice, sliceController} from '../objects/endpoint-slice.ts';
import {type ServiceObject, selectsPods, serviceName} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import {overloads, type ZoneShares} from '../objects/topology-hints.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import type {ClusterView} from './cluster-view.ts';
import {wantedEndpoints} from './endpoint-slice-endpoints.ts';
import {dealOut, distribute} from './endpoint-slice-hints.ts';
import {type Draft, type Packing, pack} from './endpoint-slice-packing.ts';
import {EndpointSliceTracker} from './endpoint-slice-tracker.ts';
import {KnownSlices} from './known-slices.ts';
import type {NameStreams} from './name-streams.ts';
import {nothing, type Plan, type PlannedRequest} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {type ServiceId, ServicePods} from './service-pods.ts';
import {WorkLoop} from './work-loop.ts';
import {sharesChange, zoneShares} from './zone-cpu.ts';

// endpointSliceChangeMinSyncDelay, defaultSyncBackOff, maxRetries.
const sliceChangeDelay: Time = second;
const firstRetry: Time = second;
const maxRetries = 15;

export class EndpointSliceController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #names: NameStreams;
  readonly #pods: ServicePods;
  readonly #loop: WorkLoop;
  readonly #tracker = new EndpointSliceTracker();
  readonly #slices = new KnownSlices();
  readonly #services = new Map<ServiceId, ServiceObject>();
  /** Of Services whose endpoints are dealt out by cpu: how many each zone has. */
  #hinted = new Map<ServiceId, ReadonlyMap<string, number>>();
  /** `undefined`: to be worked out when somebody asks. */
  #shares: {readonly known: ZoneShares | undefined} | undefined;

  constructor(parts: ControllerParts, options: {store: Store; watchDelay: WatchDelay}) {
    const {simulation, api, view, manager, names} = parts;
    this.#simulation = simulation;
    this.#view = view;
    this.#names = names;
    this.#pods = new ServicePods(() => view.pods());
    this.#loop = new WorkLoop({
      ...{simulation, api, manager, firstRetry, maxRetries},
      name: 'endpointslice-controller',
      workers: 5,
      sync: item => this.#sync(item),
      requestFailed: item => this.#tracker.forget(item),
    });
    simulation.part('endpointslice-controller.services', this);
    this.#watch(options);
    view.listen({
      podAdded: pod => this.#enqueue(this.#pods.follow(pod)),
      podUpdated: pod => this.#enqueue(this.#pods.follow(pod)),
      podDeleted: pod => this.#enqueue(this.#pods.forget(pod)),
      nodeChanged: (_, after, before) => {
        if (sharesChange(before, after)) this.#shareAnew();
      },
    });
    const stop = () => {
      this.#tracker.clear();
      this.#hinted.clear();
    };
    manager.join({stop, start: () => this.#takeOver()});
  }

  #watch({store, watchDelay: delay}: {store: Store; watchDelay: WatchDelay}): void {
    const {services, endpointSlices} = store;
    new Watch(this.#simulation, services.log, {
      name: 'controllers.services',
      delay,
      changed: row => {
        const gone = services.log.kind(row) === 'deleted';
        this.#serviceChanged(services.log.id(row), gone ? undefined : services.log.value(row));
      },
    });
    new Watch(this.#simulation, endpointSlices.log, {
      name: 'controllers.endpoint-slices',
      delay,
      selects: row => endpointSlices.log.value(row)?.managedBy === sliceController,
      changed: row => {
        const slice = endpointSlices.log.value(row);
        if (slice !== undefined) this.#sliceChanged(slice, endpointSlices.log.kind(row));
      },
    });
  }

  #serviceChanged(id: ServiceId, service: ServiceObject | undefined): void {
    const before = this.#services.get(id);
    const after = service ?? before;
    if (after === undefined) return;
    this.#slices.know(serviceName(after), id);
    if (service === undefined) this.#services.delete(id);
    else this.#services.set(id, service);
    this.#pods.put(id, service !== undefined && selectsPods(service) ? service : undefined);
    this.#loop.queue.add(id);
  }

  #sliceChanged(slice: EndpointSlice, kind: 'added' | 'updated' | 'deleted'): void {
    const deleted = kind === 'deleted';
    this.#slices.put(slice, deleted);
    const service = this.#slices.serviceOf(slice);
    if (service === undefined) return;
    const foreign = deleted
      ? this.#tracker.handleDeletion(service, slice.name)
      : this.#tracker.isForeign(service, slice);
    if (foreign) this.#loop.queue.addAfter(service, sliceChangeDelay);
  }

  #takeOver(): void {
    this.#enqueue(this.#services.keys());
    this.#enqueue(this.#slices.services());
  }

  // As checkNodeTopologyDistribution.
  #shareAnew(): void {
    this.#shares = undefined;
    if (this.#hinted.size === 0) return;
    const shares = this.#zoneShares();
    for (const [service, hinted] of this.#hinted) {
      if (shares === undefined || shares.size < 2 || overloads(shares, hinted)) {
        this.#loop.queue.add(service);
      }
    }
  }

  #zoneShares(): ZoneShares | undefined {
    this.#shares ??= {known: zoneShares(this.#view.nodes.values())};
    return this.#shares.known;
  }

  #enqueue(services: Iterable<ServiceId>): void {
    for (const service of services) this.#loop.queue.add(service);
  }

  #sync(id: ServiceId): Plan {
    const service = this.#services.get(id);
    const seen = this.#slices.of(id);
    if (service === undefined) return this.#deleteAll(id, seen);
    if (!selectsPods(service)) return nothing;
    if (this.#tracker.isAhead(id, seen)) return {batches: [], failed: true};
    const wanted = wantedEndpoints(service, this.#pods.podsOf(id), this.#view.nodes);
    const packing = pack(seen, wanted.groups, service.headless);
    this.#hint(id, service, packing);
    const requests = this.#requests(id, service, packing);
    return {batches: requests.map(request => [request]), failed: wanted.incomplete};
  }

  #deleteAll(id: ServiceId, seen: readonly EndpointSlice[]): Plan {
    this.#tracker.forget(id);
    this.#hinted.delete(id);
    return {batches: seen.map(slice => [this.#deletion(id, slice)])};
  }

  #hint(id: ServiceId, service: ServiceObject, packing: Packing): void {
    this.#hinted.delete(id);
    if (!service.topologyAuto) {
      distribute(packing, service.trafficDistribution);
      return;
    }
    const hinted = dealOut(packing, this.#zoneShares());
    if (hinted !== undefined) this.#hinted.set(id, hinted);
  }

  #requests(id: ServiceId, service: ServiceObject, packing: Packing): PlannedRequest[] {
    const {create, update, remove} = packing;
    return [
      ...create.map(draft => this.#write(id, service, draft)),
      ...update.map(draft => this.#write(id, service, draft)),
      ...remove.map(slice => this.#deletion(id, slice)),
    ];
  }

  #write(id: ServiceId, service: ServiceObject, {slice, ports, endpoints}: Draft): PlannedRequest {
    const {namespace, headless} = service;
    const name = slice?.name ?? this.#names.sliceName(service);
    const version = slice?.version;
    this.#tracker.wrote(id, name, 1 + (version ?? 0));
    const next = {
      ...{namespace, name, service: service.name, managedBy: sliceController},
      ...{headless, ports, endpoints},
    };
    const request = {verb: 'write-slice', slice: next, version} as const;
    return {verb: 'write-object', request};
  }

  #deletion(id: ServiceId, {namespace, name}: EndpointSlice): PlannedRequest {
    this.#tracker.deleted(id, name);
    const kind = 'endpoint-slice';
    const request = {verb: 'delete', kind, name: `${namespace}/${name}`} as const;
    return {verb: 'write-object', request};
  }

  save() {
    return {
      services: this.#services,
      slices: this.#slices.save(),
      tracker: this.#tracker.save(),
      hinted: this.#hinted,
    };
  }

  restore(saved: ReturnType<EndpointSliceController['save']>): void {
    this.#services.clear();
    for (const [id, service] of saved.services) this.#services.set(id, service);
    this.#pods.restore([...saved.services].filter(([, service]) => selectsPods(service)));
    this.#slices.restore(saved.slices);
    this.#tracker.restore(saved.tracker);
    this.#hinted = new Map(saved.hinted);
    this.#shares = undefined;
  }
}
