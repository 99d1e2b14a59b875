// What happens to listeners, machines and links, and with them to the requests that are there.

import type {Simulation} from '../../engine/simulation.ts';
import {unreachable} from '../../engine/unreachable.ts';
import type {Links} from '../../machines/links.ts';
import type {ListenerId, Listeners} from '../../machines/listeners.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import * as column from './attempt-columns.ts';
import type {Attempts} from './attempts.ts';
import type {Callings} from './callings.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import {silenceEnds} from './packets.ts';
import type {Fate, Server} from './server.ts';
import type {Servers} from './servers.ts';
import type {Serving} from './serving.ts';

export type FateParts = {
  readonly machines: Machines;
  readonly listeners: Listeners;
  readonly links: Links;
  readonly attempts: Attempts;
  readonly callings: Callings;
  readonly clients: ClientPlaces;
  readonly servers: Servers;
  readonly serving: Serving;
  /** A client is gone, or has lost all that it had under way. */
  withdraw(client: ClientPlace): void;
  remove(client: ClientPlace): void;
};

export class Fates {
  readonly #simulation: Simulation;
  readonly #parts: FateParts;

  constructor(simulation: Simulation, parts: FateParts) {
    this.#simulation = simulation;
    this.#parts = parts;
    parts.listeners.changed.watch(listener => this.#changed(listener));
    parts.machines.poweredOff.watch(node => this.#lostPower(node));
    parts.links.changed.watch(() => {
      if (!parts.links.whole) parts.serving.awaitAll();
    });
  }

  #changed(listener: ListenerId): void {
    const {servers, listeners} = this.#parts;
    const server = servers.ofListener(listener);
    if (server === undefined) return;
    servers.setState(server, listeners.state(listener, server.serial));
    switch (server.state) {
      case 'open':
        for (const {station} of server.endpoints) station.reopen(this.#simulation.now);
        return;
      case 'closed':
        // It finishes what it has, and is told of again when it has ended.
        if (!listeners.drains(listener)) this.#end(server, 'reset');
        return;
      case 'hung':
        this.#end(server, 'silent');
        return;
      case 'absent':
        this.#remove(server);
        return;
      default:
        unreachable(server.state);
    }
  }

  #end(server: Server, fate: Fate): void {
    const {serving, attempts} = this.#parts;
    server.fate = fate;
    serving.close(server);
    if (fate === 'silent' || server.stuck === 0) return;
    server.stuck = 0;
    for (const id of [...attempts.stuckAt(server)]) {
      attempts.rows.set(id, column.stage, column.served);
      attempts.endAt(id, this.#simulation.now + attempts.rows.get(id, column.back), 'reset');
    }
  }

  /** With the machine's power goes whoever could have told its clients. */
  #remove(server: Server): void {
    const {machines, servers, callings} = this.#parts;
    const powered = server.node === undefined || machines.powered(server.node);
    servers.hide(server);
    this.#end(server, powered ? 'reset' : 'silent');
    if (!powered && server.stuck > 0) this.#giveUpAtLast(server);
    for (const {record} of callings.all) record.forgetServer(server.slot);
    servers.remove(server);
    for (const client of server.callers) if (client !== undefined) this.#parts.remove(client);
  }

  /** Those who had no patience of their own have their kernel's. */
  #giveUpAtLast(server: Server): void {
    const {attempts} = this.#parts;
    for (const id of [...attempts.stuckAt(server)]) {
      if (attempts.patience(id) < Infinity) continue;
      attempts.endAt(id, this.#simulation.now + silenceEnds, 'timeout');
    }
  }

  #lostPower(node: NodeId): void {
    const {clients, serving} = this.#parts;
    const there = clients.all.filter(({place, gone}) => place === node && !gone);
    if (there.length === 0) return;
    serving.awaitAll();
    for (const client of there) this.#parts.withdraw(client);
  }
}
