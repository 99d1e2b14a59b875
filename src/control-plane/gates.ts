// The gates of a control plane that can fail (see gate.ts): of programs with one line, and of the
// kubelets of all nodes, whose requests share a client.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Machines} from '../machines/machines.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import type {ApiLine} from '../objects/api-line.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Connections} from './connections.ts';
import type {Etcd} from './etcd.ts';
import {etcdTimeout, type Gate, noNodeKey, requestTimeout} from './gate.ts';

export function programGate(
  line: ApiLine & {readonly server: MasterId | undefined},
  etcd: Etcd,
  masters: Masters,
): Gate {
  const changed = new Signal<[key: number | undefined]>();
  const isOpen = () => line.open && line.server !== undefined && etcd.writableFrom(line.server);
  const deletes = () => line.open && line.server !== undefined && etcd.commitsFrom(line.server);
  const tell = () => changed.emit(undefined);
  line.lost.watch(tell);
  line.found.watch(tell);
  // Behind a line that is down, etcd makes no difference.
  const tellIfAsked = () => {
    if (line.open) tell();
  };
  for (const signal of [etcd.writableLost, etcd.writableFound]) signal.watch(tellIfAsked);
  for (const signal of [masters.cutOff, masters.joined]) signal.watch(tellIfAsked);
  return {
    byNode: false,
    get allOpen() {
      return isOpen();
    },
    open: isOpen,
    openToDeletions: deletes,
    limit: () => (line.open ? (etcd.full ? 0 : etcdTimeout) : requestTimeout),
    changed,
    gone: new Signal<[key: number]>(),
  };
}

/** Kubelets ask until they are answered, but one that has stopped asks nothing. */
export class KubeletGate implements Gate {
  readonly byNode = true;
  readonly changed = new Signal<[key: number | undefined]>();
  readonly gone = new Signal<[key: number]>();
  readonly #lines: Connections<NodeId>;
  readonly #etcd: Etcd;
  readonly #machines: Machines;
  readonly #masters: Masters;
  #stopped = 0;

  constructor(
    simulation: Simulation,
    parts: {lines: Connections<NodeId>; etcd: Etcd; machines: Machines; masters: Masters},
  ) {
    const {lines, etcd, machines, masters} = parts;
    this.#lines = lines;
    this.#etcd = etcd;
    this.#machines = machines;
    this.#masters = masters;
    const tell = (node: NodeId) => this.changed.emit(node);
    const tellAll = () => this.changed.emit(undefined);
    lines.lost.watch(tell);
    lines.found.watch(tell);
    for (const signal of [etcd.writableLost, etcd.writableFound]) signal.watch(tellAll);
    for (const signal of [masters.cutOff, masters.joined]) signal.watch(tellAll);
    machines.kubeletStopped.watch(node => this.#stop(node, 1));
    machines.kubeletStarted.watch(node => this.#stop(node, -1));
    machines.poweredOff.watch(node => this.gone.emit(node));
    simulation.part('control-plane.kubelet-gate', {
      save: () => this.#stopped,
      restore: (saved: number) => {
        this.#stopped = saved;
      },
    });
  }

  get allOpen(): boolean {
    if (!this.#etcd.writable || this.#lines.shut > 0 || this.#stopped > 0) return false;
    for (const [master] of this.#masters.all()) {
      if (this.#masters.withoutLink.has(master)) return false;
    }
    return true;
  }

  open(key: number): boolean {
    return this.#etcd.writable && this.openToDeletions(key);
  }

  openToDeletions(key: number): boolean {
    if (key === noNodeKey) return this.#etcd.commits;
    const node = key as NodeId;
    const server = this.#lines.server(node);
    if (server === undefined || !this.#lines.open(node)) return false;
    return this.#etcd.commitsFrom(server) && !this.#machines.withoutKubelet.has(node);
  }

  limit(): number {
    return Infinity;
  }

  #stop(node: NodeId, by: 1 | -1): void {
    this.#stopped += by;
    this.changed.emit(node);
  }
}
