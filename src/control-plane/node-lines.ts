// Which nodes reach an API server: those whose link to the masters is not cut.

import {Signal} from '../engine/signal.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeLines} from '../objects/node-lines.ts';

export function nodeLines(machines: Machines): NodeLines {
  const lost = new Signal<[node: NodeId]>();
  const found = new Signal<[node: NodeId]>();
  machines.cutOff.watch(node => lost.emit(node));
  machines.joined.watch(node => found.emit(node));
  return {open: node => !machines.withoutLink.has(node), lost, found};
}
