// The lines of all programs but kubelets: the scheduler, the controller manager, and whoever else
// asks something of the API. Those of the control plane ask the API server of their own master, as
// kubeadm sets them up; all others, and until it is known where they run these too, any.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {MasterId} from '../machines/masters.ts';
import type {ApiLine} from '../objects/api-line.ts';
import {type ConnectionRules, Connections} from './connections.ts';

type ProgramId = number & {readonly id: 'program'};

export type ProgramRules = Pick<
  ConnectionRules<ProgramId>,
  'serves' | 'runs' | 'reconnect' | 'backOff' | 'silence'
> & {
  readonly servers: () => readonly MasterId[];
  readonly answers: (server: MasterId, home: MasterId | undefined) => boolean;
};

class ProgramLine implements ApiLine {
  readonly lost = new Signal<[]>();
  readonly found = new Signal<[]>();
  readonly id: ProgramId;
  readonly #connections: Connections<ProgramId>;

  constructor(id: ProgramId, connections: Connections<ProgramId>) {
    this.id = id;
    this.#connections = connections;
  }

  get open(): boolean {
    return this.#connections.open(this.id);
  }

  get server(): MasterId | undefined {
    return this.#connections.server(this.id);
  }
}

export class ProgramLines {
  readonly #connections: Connections<ProgramId>;
  readonly #lines: ProgramLine[] = [];
  readonly #names: string[] = [];
  #homes: (MasterId | undefined)[] = [];

  constructor(simulation: Simulation, rules: ProgramRules) {
    this.#connections = new Connections<ProgramId>(simulation, {
      ...rules,
      who: 'program',
      nameOf: id => this.#names[id],
      servers: id => {
        const home = this.#homes[id];
        return home === undefined ? rules.servers() : [home];
      },
      answers: (server, id) => rules.answers(server, this.#homes[id]),
    });
    this.#connections.lost.watch(id => this.#lines[id].lost.emit());
    this.#connections.found.watch(id => this.#lines[id].found.emit());
    simulation.part('control-plane.program-homes', {
      save: () => this.#homes.slice(),
      restore: (saved: readonly (MasterId | undefined)[]) => {
        this.#homes = saved.slice();
      },
    });
  }

  /** The one line of that program. */
  line(program: string): ApiLine & {readonly server: MasterId | undefined} {
    const known = this.#names.indexOf(program);
    if (known >= 0) return this.#lines[known];
    const id = this.#names.length as ProgramId;
    this.#names.push(program);
    this.#homes.push(undefined);
    const line = new ProgramLine(id, this.#connections);
    this.#lines.push(line);
    this.#connections.add(id);
    return line;
  }

  /** Its process has just started, on that master. */
  started(program: string, home: MasterId | undefined): void {
    this.line(program);
    const id = this.#names.indexOf(program) as ProgramId;
    if (this.#homes[id] === home) this.#connections.renew(id);
    else {
      this.#homes[id] = home;
      this.#connections.restart(id);
    }
  }

  look(): void {
    this.#connections.lookAtAll();
  }
}
