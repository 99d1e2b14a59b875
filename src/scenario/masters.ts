// The masters of a scenario, and what can be wrong with what it says of them.

import type {Master} from '../machines/masters.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {rackLabel, zoneLabel} from '../objects/node-targets.ts';
import {show} from '../options/show.ts';
import type {ControlPlane} from './control-plane-schema.ts';
import {unknown} from './known-nodes.ts';
import type {Notebook} from './notebook.ts';

const usual = 3;

/** `nodes` in the order in which they get their numbers. */
export function mastersOf(options: ControlPlane, nodes: readonly NodeObject[]): Master[] {
  const {zones = [], racks = []} = typeof options.masters === 'object' ? options.masters : {};
  return Array.from({length: countOf(options)}, (_, i): Master => {
    const name = `master-${i}`;
    const id = nodes.findIndex(node => node.name === options.on[i]);
    if (id < 0) return {name, node: undefined, zone: inTurn(zones, i), rack: inTurn(racks, i)};
    const {labels} = nodes[id];
    return {name, node: id as NodeId, zone: labels.get(zoneLabel), rack: labels.get(rackLabel)};
  });
}

function inTurn(places: readonly string[], i: number): string | undefined {
  return places.length === 0 ? undefined : places[i % places.length];
}

function countOf({masters, on}: ControlPlane): number {
  if (masters === undefined) return on.length > 0 ? on.length : usual;
  return typeof masters === 'number' ? masters : masters.count;
}

export function checkMasters(
  options: ControlPlane,
  known: ReadonlySet<string>,
  notebook: Notebook,
): void {
  const {on, leaderElection} = options;
  const count = countOf(options);
  if (count > 1 && !leaderElection) {
    notebook.error(
      ['cluster', 'controlPlane', 'leaderElection'],
      'expected true where there are several masters, of which one is to lead, got false',
    );
  }
  const path = ['cluster', 'controlPlane', 'on'];
  if (on.length > count) {
    const nodes = count === 1 ? 'node' : 'nodes';
    const most = `expected at most ${count} ${nodes}, one for each master`;
    notebook.error(path, `${most}, got ${on.length}`);
  }
  for (const [i, name] of on.entries()) {
    for (const {message} of unknown([], 'node', {name, known})) {
      notebook.error([...path, i], message);
    }
    if (on.indexOf(name) < i) {
      notebook.error([...path, i], `a second master on node ${show(name)}; one machine runs one`);
    }
  }
}
