// Whether the nodes that a target names are there, and what was probably meant if they are not.

import type {NodeObject} from '../objects/node-spec.ts';
import {isMeant, poolAnnotation, rackLabel, zoneLabel} from '../objects/node-targets.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Target} from '../options/target.ts';
import type {Path} from './yaml-document.ts';

export type TargetMistake = {readonly path: Path; readonly message: string};

export class KnownNodes {
  readonly #nodes: readonly NodeObject[];
  readonly names: ReadonlySet<string>;
  readonly zones: ReadonlySet<string>;
  readonly racks: ReadonlySet<string>;
  readonly pools: ReadonlySet<string>;

  constructor(nodes: readonly NodeObject[]) {
    this.#nodes = nodes;
    this.names = new Set(nodes.map(({name}) => name));
    this.zones = valuesOf(nodes, ({labels}) => labels.get(zoneLabel));
    this.racks = valuesOf(nodes, ({labels}) => labels.get(rackLabel));
    this.pools = valuesOf(nodes, ({annotations}) => annotations.get(poolAnnotation));
  }

  /** What is wrong with a target; paths are within it. */
  mistakes(target: Target): TargetMistake[] {
    if (target.type === 'one') return unknown([], 'node', {name: target.name, known: this.names});
    const {names, zone, rack, pool} = target;
    if (names !== undefined) {
      return names.flatMap((name, i) => unknown([i], 'node', {name, known: this.names}));
    }
    const mistakes = [
      ...unknown(['zone'], 'zone', {name: zone, known: this.zones}),
      ...unknown(['rack'], 'rack', {name: rack, known: this.racks}),
      ...unknown(['pool'], 'pool', {name: pool, known: this.pools}),
    ];
    if (mistakes.length > 0 || this.#nodes.some(node => isMeant(target, node))) return mistakes;
    return [{path: [], message: 'no node of the scenario is meant by this'}];
  }
}

/** `no zone "x" among the scenario's nodes; did you mean …`, where a name is given. */
export function unknown(
  path: Path,
  noun: string,
  {name, known}: {name: string | undefined; known: ReadonlySet<string>},
): TargetMistake[] {
  if (name === undefined || known.has(name)) return [];
  const all = [...known];
  const list = all.length > 0 && all.length <= 12 ? `; known: ${all.join(', ')}` : '';
  const hint = didYouMean(name, known) || list;
  return [{path, message: `no ${noun} ${show(name)} among the scenario's nodes${hint}`}];
}

function valuesOf(
  nodes: readonly NodeObject[],
  of: (node: NodeObject) => string | undefined,
): ReadonlySet<string> {
  return new Set(nodes.map(of).filter(value => value !== undefined));
}
