// The control plane as a thing that can fail: whether etcd commits, which API servers serve, and
// over which lines everybody else reaches one. Components ask it nothing; they notice that their
// requests wait and their watches are silent.

import {Signal} from '../engine/signal.ts';
import type {Machines} from '../machines/machines.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import type {ApiLine} from '../objects/api-line.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import {nodeLines} from './node-lines.ts';

export class ControlPlane {
  readonly masters: Masters;
  readonly nodeLines: NodeLines;
  /** Etcd has a leader and a majority. */
  readonly writableLost = new Signal<[]>();
  readonly writableFound = new Signal<[]>();
  readonly apiServerLost = new Signal<[master: MasterId]>();
  readonly apiServerFound = new Signal<[master: MasterId]>();
  readonly etcdLeaderLost = new Signal<[master: MasterId, term: number]>();
  readonly etcdLeaderFound = new Signal<[master: MasterId, term: number]>();
  readonly #lines = new Map<string, ApiLine>();

  constructor({machines, masters}: {machines: Machines; masters: Masters}) {
    this.masters = masters;
    this.nodeLines = nodeLines(machines);
  }

  get writable(): boolean {
    return true;
  }

  /** Its API server runs and answers those who reach it. */
  serves(master: MasterId): boolean {
    const {withoutPower, withoutApiServer} = this.masters;
    return !withoutPower.has(master) && !withoutApiServer.has(master);
  }

  line(program: string): ApiLine {
    const line = this.#lines.get(program) ?? {
      open: true,
      lost: new Signal<[]>(),
      found: new Signal<[]>(),
    };
    this.#lines.set(program, line);
    return line;
  }
}
