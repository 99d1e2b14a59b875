// The pods of ingress controllers, each with its own view of Ingresses and endpoints. A pod is one
// of a controller while it listens and the controller's Service selects it; it has synced before.

import type {EventKind} from '../../engine/event-kind.ts';
import type {RandomStream} from '../../engine/random.ts';
import {Signal} from '../../engine/signal.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {ListenerId, Listeners} from '../../machines/listeners.ts';
import type {ChangeLog} from '../../objects/change-log.ts';
import type {NodeId, PodId, ServiceId} from '../../objects/ids.ts';
import type {IngressObject} from '../../objects/ingress-object.ts';
import type {NodeLines} from '../../objects/node-lines.ts';
import type {Store} from '../../objects/store.ts';
import {Watch} from '../../objects/watch.ts';
import type {Distribution} from '../../options/distribution.ts';
import type {EndpointHistory} from '../proxy/endpoint-history.ts';
import type {EndpointsVersion} from '../proxy/endpoints-version.ts';
import {checkAt} from '../rules/health-checks.ts';
import {ControllerPod, type Snapshot} from './controller-pod.ts';
import {frontService, type IngressController} from './ingress-options.ts';

export type ControllersParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly listeners: Listeners;
  readonly lines: NodeLines;
  readonly history: EndpointHistory;
  readonly watchDelay: Time | Distribution;
  readonly controllers: readonly IngressController[];
};

/** Of one controller, and what it was made of. */
type Latest = {readonly end: number; readonly ingressEnd: number; readonly snapshot: Snapshot};

export class IngressControllers {
  /** A pod serves by another view. */
  readonly changed = new Signal<[pod: ControllerPod]>();
  /** A pod has come to listen on a node, or is gone from there. */
  readonly moved = new Signal<[node: NodeId]>();
  readonly #parts: ControllersParts;
  readonly #bySerial = new Map<number, ControllerPod>();
  readonly #synced: EventKind<number>;
  readonly #polled: EventKind<number>;
  readonly #streams = new Map<number, RandomStream>();
  readonly #latest: (Latest | undefined)[] = [];

  constructor(parts: ControllersParts) {
    this.#parts = parts;
    const {simulation, store, listeners, lines, watchDelay: delay} = parts;
    this.#synced = simulation.event('ingress.synced', (serial: number) => this.#sync(serial));
    this.#polled = simulation.event('ingress.polled', (serial: number) => this.#poll(serial));
    listeners.changed.watch(listener => this.#look(listener));
    lines.found.watch(node => {
      for (const pod of this.#bySerial.values()) if (pod.identity.node === node) this.#wake(pod);
    });
    const watch = <Kind extends string, Value>(name: string, log: ChangeLog<Kind, Value>) =>
      new Watch(simulation, log, {name: `ingress.${name}`, delay, changed: () => this.#tell()});
    watch('slices', store.endpointSlices.log);
    watch('services', store.services.log);
    watch('ingresses', store.ingresses.log);
    simulation.part('network.ingress', this);
  }

  /** `undefined`: it is none of any controller's pods. */
  pod(serial: number): ControllerPod | undefined {
    return this.#bySerial.get(serial);
  }

  /** A pod on that node of the controller behind that Service, one that listens first. */
  at(front: string, node: NodeId): {readonly serial: number; readonly pod: PodId} | undefined {
    const {controllers, listeners} = this.#parts;
    let found: {serial: number; pod: PodId} | undefined;
    for (const {identity} of this.#bySerial.values()) {
      const {serial, controller} = identity;
      if (identity.node !== node || frontService(controllers[controller]) !== front) continue;
      const listener = listeners.find(serial);
      if (listener === undefined) continue;
      found = {serial, pod: listeners.pod(listener)};
      if (listeners.state(listener, serial) === 'open') return found;
    }
    return found;
  }

  /** What the API holds now. */
  snapshot(controller: number): Snapshot {
    const {history, store} = this.#parts;
    const known = this.#latest[controller];
    const {end} = history;
    const ingressEnd = store.ingresses.log.end;
    if (known?.end === end && known.ingressEnd === ingressEnd) return known.snapshot;
    const ingresses =
      known?.ingressEnd === ingressEnd ? known.snapshot.ingresses : this.#ingresses(controller);
    const snapshot = {ingresses, versions: this.#versions(ingresses)};
    this.#latest[controller] = {end, ingressEnd, snapshot};
    return snapshot;
  }

  #ingresses(controller: number): readonly IngressObject[] {
    const {store, controllers} = this.#parts;
    const {class: wanted} = controllers[controller];
    const all = [...store.ingresses.all()].map(([, ingress]) => ingress);
    return wanted === undefined ? all : all.filter(({className}) => className === wanted);
  }

  #versions(ingresses: readonly IngressObject[]): ReadonlyMap<ServiceId, EndpointsVersion> {
    const {history, store} = this.#parts;
    const versions = new Map<ServiceId, EndpointsVersion>();
    for (const {namespace, rules, defaultBackend} of ingresses) {
      const backends = rules.flatMap(({paths}) => paths.map(({backend}) => backend));
      for (const backend of [...backends, defaultBackend]) {
        const service = backend && store.services.id(`${namespace}/${backend.service}`);
        const version = service === undefined ? undefined : history.at(service, history.end);
        if (service !== undefined && version !== undefined) versions.set(service, version);
      }
    }
    return versions;
  }

  #look(listener: ListenerId): void {
    const {listeners} = this.#parts;
    const serial = listeners.serial(listener);
    const state = listeners.state(listener, serial);
    const known = this.#bySerial.get(serial);
    if (known !== undefined) {
      if (state === 'absent') this.#bySerial.delete(serial);
      this.moved.emit(known.identity.node);
      return;
    }
    if (state !== 'open') return;
    const controller = this.#controllerOf(listener);
    if (controller < 0) return;
    const options = this.#parts.controllers[controller];
    const stream = this.#streamOf(serial);
    const phase = options.poll === 0 ? 0 : stream.integer(0, options.poll - 1);
    const identity = {serial, node: listeners.node(listener), controller};
    const snapshot = this.snapshot(controller);
    this.#bySerial.set(serial, new ControllerPod(identity, options, {snapshot, stream, phase}));
    this.moved.emit(identity.node);
  }

  /** A pod may come to listen again, in another sandbox. */
  #streamOf(serial: number): RandomStream {
    const known = this.#streams.get(serial);
    if (known !== undefined) return known;
    const stream = this.#parts.simulation.random(`ingress/${serial}`);
    this.#streams.set(serial, stream);
    return stream;
  }

  /** As the Service in front selects. */
  #controllerOf(listener: ListenerId): number {
    const {store, listeners, controllers} = this.#parts;
    const {namespace, labels} = store.pods.templateOf(
      store.pods.templateIdOf(listeners.pod(listener)),
    );
    return controllers.findIndex(options => {
      const name = frontService(options);
      const id = store.services.id(name);
      const selector = id === undefined ? undefined : store.services.get(id)?.selector;
      if (selector === undefined || !name.startsWith(`${namespace}/`)) return false;
      return [...selector].every(([key, value]) => labels.get(key) === value);
    });
  }

  /** Any EndpointSlice, Service or Ingress is a reason to sync. */
  #tell(): void {
    for (const pod of this.#bySerial.values()) this.#wake(pod);
  }

  #wake(pod: ControllerPod): void {
    const {simulation, lines} = this.#parts;
    if (pod.due || !lines.open(pod.identity.node)) return;
    if (this.snapshot(pod.identity.controller) === pod.synced) return;
    const begins = pod.gate.change(simulation.now);
    pod.due = true;
    if (begins <= simulation.now) this.#sync(pod.identity.serial);
    else this.#synced.at(begins, pod.identity.serial);
  }

  #sync(serial: number): void {
    const pod = this.#bySerial.get(serial);
    if (pod === undefined) return;
    const {simulation} = this.#parts;
    const {controller} = pod.identity;
    pod.due = false;
    if (!pod.take(this.snapshot(controller))) {
      this.changed.emit(pod);
      return;
    }
    const {poll: interval} = pod.options;
    if (pod.polling) return;
    pod.polling = true;
    const {now} = simulation;
    const next = interval === 0 ? now : checkAt({interval, phase: pod.phase}, now, 1);
    this.#polled.at(next, serial);
  }

  #poll(serial: number): void {
    const pod = this.#bySerial.get(serial);
    if (pod === undefined) return;
    pod.polling = false;
    if (pod.served === pod.synced) return;
    pod.served = pod.synced;
    this.changed.emit(pod);
  }

  save() {
    const pods = [...this.#bySerial.values()];
    const latest = this.#latest.map(each => each && {...each});
    const snapshots = new Set(pods.flatMap(({synced, served}) => [synced, served]));
    for (const each of latest) if (each !== undefined) snapshots.add(each.snapshot);
    const all = [...snapshots];
    return {
      pods: pods.map(pod => ({
        state: pod.save(),
        synced: all.indexOf(pod.synced),
        served: all.indexOf(pod.served),
      })),
      latest: latest.map(each => each && {...each, snapshot: all.indexOf(each.snapshot)}),
      // One clone keeps what they share.
      snapshots: all.map(({ingresses, versions}) => ({
        ingresses,
        versions: [...versions].map(([service, version]) => [service, version.save()] as const),
      })),
    };
  }

  restore({pods, latest, snapshots}: ReturnType<IngressControllers['save']>): void {
    const {controllers, history} = this.#parts;
    const all = snapshots.map(({ingresses, versions}): Snapshot => {
      const revived = versions.map(([id, saved]) => [id, history.revive(saved)] as const);
      return {ingresses, versions: new Map(revived)};
    });
    this.#latest.length = 0;
    for (const [i, each] of latest.entries()) {
      this.#latest[i] = each && {...each, snapshot: all[each.snapshot]};
    }
    this.#bySerial.clear();
    for (const {state, synced, served} of pods) {
      const {identity, phase} = state;
      const stream = this.#streamOf(identity.serial);
      const options = controllers[identity.controller];
      const pod = new ControllerPod(identity, options, {snapshot: all[served], stream, phase});
      pod.synced = all[synced];
      pod.restore(state);
      this.#bySerial.set(identity.serial, pod);
    }
  }
}
