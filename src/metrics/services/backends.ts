// The pods behind Services, as far as any node's view holds them: whether a connection to each
// would be answered, and if not, to what that is put down.

import type {Listeners} from '../../machines/listeners.ts';
import type {Machines} from '../../machines/machines.ts';
import type {Target} from '../../machines/service-views.ts';
import {type CauseId, noCause} from '../../objects/causes.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {Roots} from '../roots.ts';
import type {ViewGroup} from './view-group.ts';

export type Backend = {
  readonly serial: number;
  readonly pod: PodId;
  readonly node: NodeId | undefined;
  /** It listens, and its machine has power. */
  good: boolean;
  /** To what it is put down that it is not good, and what is wrong with it. */
  root: CauseId;
  wrong: Wrong;
  /** Views that hold it. */
  readonly groups: ViewGroup[];
};

export type Wrong = '' | 'no power' | 'absent' | 'closed' | 'hung';

export class Backends {
  readonly #listeners: Listeners;
  readonly #machines: Machines;
  readonly #roots: Roots;
  readonly #bySerial = new Map<number, Backend>();
  readonly #byNode = new Map<NodeId, Set<Backend>>();
  /** Of saved ones that were not good. */
  #saved = new Map<number, CauseId>();

  constructor({listeners, machines, roots}: BackendsWorld) {
    this.#listeners = listeners;
    this.#machines = machines;
    this.#roots = roots;
    listeners.changed.watch(listener => {
      const backend = this.#bySerial.get(listeners.serial(listener));
      if (backend !== undefined) this.#look(backend);
    });
    const lookAtNode = (node: NodeId): void => {
      for (const backend of this.#byNode.get(node) ?? []) this.#look(backend);
    };
    machines.poweredOff.watch(lookAtNode);
    machines.poweredOn.watch(lookAtNode);
  }

  /** `undefined` for what is no pod: it counts as always answering. */
  hold(target: Target, group: ViewGroup): Backend | undefined {
    const {pod, serial, node} = target;
    if (pod === undefined) return undefined;
    const backend = this.#bySerial.get(serial) ?? this.#add({serial, pod, node});
    backend.groups.push(group);
    return backend;
  }

  release(backend: Backend, group: ViewGroup): void {
    backend.groups.splice(backend.groups.indexOf(group), 1);
    if (backend.groups.length > 0) return;
    this.#bySerial.delete(backend.serial);
    if (backend.node !== undefined) this.#byNode.get(backend.node)?.delete(backend);
  }

  save(): readonly (readonly [serial: number, root: CauseId])[] {
    const bad = [...this.#bySerial.values()].filter(({good}) => !good);
    return bad.map(({serial, root}) => [serial, root] as const);
  }

  /** Before the views that hold them are made again. */
  restore(saved: ReturnType<Backends['save']>): void {
    this.#bySerial.clear();
    this.#byNode.clear();
    this.#saved = new Map(saved);
  }

  #look(backend: Backend): void {
    const wrong = this.#wrongWith(backend);
    if (wrong === backend.wrong) return;
    for (const {owner} of backend.groups) owner.advance();
    const good = wrong === '';
    backend.wrong = wrong;
    if (good === backend.good) {
      for (const {owner} of backend.groups) owner.waver?.();
      return;
    }
    const before = backend.root;
    const after = this.#roots.now();
    backend.good = good;
    backend.root = good ? noCause : after;
    for (const group of backend.groups) group.owner.turn(group, {good, before, after});
  }

  #add(of: Pick<Backend, 'serial' | 'pod' | 'node'>): Backend {
    const {serial, node} = of;
    const wrong = this.#wrongWith(of);
    const good = wrong === '';
    const root = good ? noCause : (this.#saved.get(serial) ?? this.#roots.now());
    this.#saved.delete(serial);
    const backend = {...of, good, root, wrong, groups: []};
    this.#bySerial.set(serial, backend);
    if (node !== undefined) {
      const there = this.#byNode.get(node);
      if (there === undefined) this.#byNode.set(node, new Set([backend]));
      else there.add(backend);
    }
    return backend;
  }

  #wrongWith({serial, node}: Pick<Backend, 'serial' | 'node'>): Wrong {
    if (node !== undefined && !this.#machines.powered(node)) return 'no power';
    const listener = this.#listeners.find(serial);
    if (listener === undefined) return 'absent';
    const state = this.#listeners.state(listener, serial);
    return state === 'open' ? '' : state;
  }
}

type BackendsWorld = {
  readonly listeners: Listeners;
  readonly machines: Machines;
  readonly roots: Roots;
};
