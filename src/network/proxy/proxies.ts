// kube-proxy on every node: it learns of changes a little after they were stored, and programs them
// in syncs. What it knows is a position in the history of all Services.
//
//   change stored ──watch──▶ told ──gate──▶ sync begins ──its time──▶ programmed (moved)
//
// A proxy that stops leaves its rules in the kernel; a machine without power has none left.

import type {EventKind} from '../../engine/event-kind.ts';
import {NumberSet} from '../../engine/number-set.ts';
import {Signal} from '../../engine/signal.ts';
import {type Time, toTime} from '../../engine/time.ts';
import type {Choices, ServiceViews, Way} from '../../machines/service-views.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import {type Draw, drawer} from '../../options/drawer.ts';
import {EndpointHistory} from './endpoint-history.ts';
import type {EndpointsVersion} from './endpoints-version.ts';
import {type NodeProxy, newNodeProxy, type ProxyParts} from './node-proxy.ts';
import {SyncTimes} from './sync-times.ts';

/** No rules at all. */
const bare = -1;
const unknown: Choices = {verdict: 'drop', targets: [], sticky: undefined};

export class Proxies implements ServiceViews {
  readonly moved = new Signal<[node: NodeId, service: ServiceId]>();
  readonly history: EndpointHistory;
  readonly #parts: ProxyParts;
  readonly #times: SyncTimes;
  readonly #starts: Draw;
  readonly #watch: Draw | undefined;
  readonly #all: NodeProxy[] = [];
  /** By node: what its kernel has, a position in the history, or `bare`. Each request asks. */
  #positions: number[] = [];
  readonly #toldAll: EventKind;
  readonly #told: EventKind<NodeId, number>;
  readonly #begun: EventKind<NodeId, number>;
  readonly #done: EventKind<NodeId, number>;
  readonly #started: EventKind<NodeId, number>;
  /** Moments whose changes are on their way to all proxies, and the positions after them. */
  #stored: {readonly time: Time; end: number}[] = [];
  /** By Service: the move in which it was told of last. */
  readonly #moveOf: number[] = [];
  #move = 0;
  /** What all know that follow, where the delay is the same for all. */
  #common = 0;
  /** Those that follow, and have nothing to do until they hear of a change. */
  readonly #idle = new NumberSet();
  /** So many positions are remembered before any are forgotten. */
  #patience = 1024;

  constructor(parts: ProxyParts) {
    const {simulation, store, machines, options, watchDelay} = parts;
    this.#parts = parts;
    const {mode} = options;
    const appended = () => this.#tell();
    this.history = new EndpointHistory(simulation, {store, mode, appended});
    this.#common = this.history.end;
    const nameOf = (node: NodeId) => store.nodes.nameOf(node);
    this.#times = new SyncTimes(simulation, {options, nameOf});
    this.#starts = drawer(options.starts, simulation.random('kube-proxy/starts'));
    if (typeof watchDelay !== 'number') {
      this.#watch = drawer(watchDelay, simulation.random('kube-proxy/watch-delay'));
    }
    this.#toldAll = simulation.event('kube-proxy.changes-told', () => this.#tellAll());
    this.#told = simulation.event('kube-proxy.told', (node: NodeId, end: number) =>
      this.#learn(node, end),
    );
    this.#begun = simulation.event('kube-proxy.sync-begun', (node: NodeId, life: number) => {
      if (this.#all[node].life === life) this.#begin(node);
    });
    this.#done = simulation.event('kube-proxy.synced', (node: NodeId, life: number) => {
      if (this.#all[node].life === life) this.#finish(node);
    });
    this.#started = simulation.event('kube-proxy.started', (node: NodeId, life: number) => {
      if (this.#all[node].life === life) this.#list(node);
    });
    machines.added.watch(node => this.#add(node));
    for (let node = 0; node < machines.count; node++) this.#add(node as NodeId);
    this.#watchMachines();
    simulation.part('kube-proxy.proxies', this);
  }

  choices(node: NodeId, service: ServiceId, port: number, way: Way): Choices {
    const {place} = this.#all[node];
    return this.version(node, service)?.choices(place, port, way) ?? unknown;
  }

  position(node: NodeId): number {
    return this.#positions[node];
  }

  /** Endpoints as that node's rules have them; `undefined` where they know no such Service. */
  version(node: NodeId, service: ServiceId): EndpointsVersion | undefined {
    const position = this.#positions[node];
    return position === bare ? undefined : this.history.at(service, position);
  }

  /** Its process is there to answer health checks. */
  runs(node: NodeId): boolean {
    return this.#all[node].runs && this.#parts.machines.powered(node);
  }

  #add(node: NodeId): void {
    this.#all[node] = newNodeProxy(node, this.#parts, this.history.end);
    this.#positions[node] = this.#all[node].full ? bare : this.history.end;
    if (this.#all[node].full) this.#start(node, this.#starts());
    else this.#idle.add(node);
  }

  #watchMachines(): void {
    const {machines, lines} = this.#parts;
    machines.poweredOff.watch(node => {
      this.#stop(node);
      this.#positions[node] = bare;
    });
    machines.poweredOn.watch(node => {
      if (!machines.withoutProxy.has(node)) this.#start(node, this.#starts());
    });
    machines.proxyStopped.watch(node => this.#stop(node));
    machines.proxyStarted.watch(node => {
      if (machines.powered(node)) this.#start(node, 0);
    });
    lines.lost.watch(node => this.#leave(node));
    lines.found.watch(node => {
      if (this.#all[node].runs) this.#told.after(this.#delay(), node, this.history.end);
    });
  }

  #stop(node: NodeId): void {
    const proxy = this.#all[node];
    this.#leave(node);
    proxy.runs = false;
    proxy.due = false;
    proxy.syncing = false;
    proxy.life++;
  }

  /** Its process starts: it lists everything, and its first sync writes all of it. */
  #start(node: NodeId, after: Time): void {
    const proxy = this.#all[node];
    proxy.life++;
    proxy.runs = true;
    proxy.full = true;
    proxy.gate.forget();
    this.#started.after(toTime(after), node, proxy.life);
  }

  #list(node: NodeId): void {
    if (this.#parts.lines.open(node)) this.#learn(node, this.history.end);
  }

  /** One event tells all proxies where the delay is the same for all. */
  #tell(): void {
    const {now} = this.#parts.simulation;
    const {end} = this.history;
    if (this.#watch !== undefined) {
      for (const [node, {runs}] of this.#all.entries()) {
        if (runs) this.#told.after(this.#watch(), node as NodeId, end);
      }
      return;
    }
    const last = this.#stored.at(-1);
    if (last?.time === now) {
      last.end = end;
      return;
    }
    this.#stored.push({time: now, end});
    this.#toldAll.after(this.#delay());
  }

  #tellAll(): void {
    this.#common = this.#stored.shift()?.end ?? 0;
    for (const node of this.#idle) this.#wake(node as NodeId, this.#all[node]);
  }

  #learn(node: NodeId, end: number): void {
    const proxy = this.#all[node];
    if (!proxy.runs || !this.#parts.lines.open(node)) return;
    if (proxy.full) proxy.listed = true;
    if (end > proxy.told) proxy.told = end;
    proxy.follows = true;
    this.#wake(node, proxy);
  }

  /** It hears of no more changes, until it is told of all of them. */
  #leave(node: NodeId): void {
    const proxy = this.#all[node];
    proxy.told = this.#toldTo(proxy);
    proxy.follows = false;
    this.#idle.delete(node);
  }

  #toldTo({follows, told}: NodeProxy): number {
    return follows ? Math.max(told, this.#common) : told;
  }

  #wake(node: NodeId, proxy: NodeProxy): void {
    if (proxy.due || proxy.syncing) return;
    if (proxy.full ? !proxy.listed : this.#toldTo(proxy) <= proxy.taken) {
      if (proxy.follows) this.#idle.add(node);
      return;
    }
    this.#idle.delete(node);
    const {now} = this.#parts.simulation;
    const begins = proxy.gate.change(now);
    if (begins === now) {
      this.#begin(node);
      return;
    }
    proxy.due = true;
    this.#begun.at(begins, node, proxy.life);
  }

  #begin(node: NodeId): void {
    const proxy = this.#all[node];
    const takes = this.#times.next(node, this.history, proxy.full);
    proxy.gate.takes(takes);
    proxy.due = false;
    proxy.syncing = true;
    proxy.taken = this.#toldTo(proxy);
    if (takes === 0) this.#finish(node);
    else this.#done.after(takes, node, proxy.life);
  }

  #finish(node: NodeId): void {
    const proxy = this.#all[node];
    const position = this.#positions[node];
    const {taken} = proxy;
    proxy.syncing = false;
    proxy.full = false;
    proxy.listed = false;
    this.#positions[node] = taken;
    if (position === bare) {
      for (const service of this.history.all()) this.#tellMove(node, service);
    } else this.#moveSince(node, position, taken);
    this.#forget();
    this.#wake(node, proxy);
  }

  /** Each Service once, however often it changed. */
  #moveSince(node: NodeId, position: number, taken: number): void {
    this.#move++;
    for (let at = position; at < taken; at++) {
      const service = this.history.changed(at);
      if (this.#moveOf[service] === this.#move) continue;
      this.#moveOf[service] = this.#move;
      this.#tellMove(node, service);
    }
  }

  #tellMove(node: NodeId, service: ServiceId): void {
    const {simulation} = this.#parts;
    simulation.cause = this.version(node, service)?.cause ?? simulation.cause;
    this.moved.emit(node, service);
  }

  #forget(): void {
    if (this.history.remembered < this.#patience) return;
    let least = this.history.end;
    for (const [node, {syncing, taken}] of this.#all.entries()) {
      const position = this.#positions[node];
      if (position !== bare) least = Math.min(least, position);
      else if (syncing) least = Math.min(least, taken);
    }
    this.history.forget(least);
    this.#patience = 1024 + 2 * this.history.remembered;
  }

  #delay(): Time {
    const {watchDelay} = this.#parts;
    return typeof watchDelay === 'number' ? watchDelay : (this.#watch?.() ?? 0);
  }

  save() {
    return {
      proxies: this.#all.map(({place, gate, ...state}) => ({...state, gate: gate.save()})),
      positions: [...this.#positions],
      stored: this.#stored.map(each => ({...each})),
      patience: this.#patience,
      common: this.#common,
      idle: this.#idle.save(),
    };
  }

  restore(saved: ReturnType<Proxies['save']>): void {
    const {proxies, positions, stored, patience, common, idle} = saved;
    for (const [node, {gate, ...state}] of proxies.entries()) {
      this.#all[node] ??= newNodeProxy(node as NodeId, this.#parts, 0);
      Object.assign(this.#all[node], state);
      this.#all[node].gate.restore(gate);
    }
    this.#positions = [...positions];
    this.#stored = stored.map(each => ({...each}));
    this.#patience = patience;
    this.#common = common;
    this.#idle.restore(idle);
  }
}
