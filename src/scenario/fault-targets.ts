// Whether what faults act on is there: nodes of the scenario or of its timeline, masters, zones,
// racks, and the workloads of pods.

import {faults as kinds} from '../faults/index.ts';
import type {KnownTargets, TargetMistake} from '../faults/known-targets.ts';
import {type FaultEntry, faultNames} from '../faults/start-faults.ts';
import type {ManifestObject} from '../manifests/manifest.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {didYouMean} from '../options/nearest.ts';
import type {PodTarget} from '../options/pod-target.ts';
import {show} from '../options/show.ts';
import type {Target} from '../options/target.ts';
import {missingContainer} from './known-containers.ts';
import {KnownNodes, unknown} from './known-nodes.ts';
import {podMistakes} from './known-pods.ts';
import type {Notebook} from './notebook.ts';

type Cluster = {
  readonly nodes: readonly NodeObject[];
  /** `undefined`: not known, and anything goes. */
  readonly masters: readonly MasterPlace[] | undefined;
  readonly objects: readonly ManifestObject[];
};

export type MasterPlace = {
  readonly name: string;
  readonly zone: string | undefined;
  readonly rack: string | undefined;
};

export function checkFaults(faults: readonly FaultEntry[], cluster: Cluster, notebook: Notebook) {
  const names = new Set<string>();
  const known = new Known(cluster);
  for (const [i, name] of faultNames(faults).entries()) {
    const path = ['faults', i];
    if (names.has(name)) {
      notebook.error(
        [...path, 'name'],
        `a second fault called ${show(name)}; its dice would be the first one's`,
      );
    }
    names.add(name);
    const {kind, options} = faults[i];
    const definition = kinds.find(one => one.kind === kind);
    for (const mistake of definition?.mistakes(options, known) ?? []) {
      notebook.error([...path, ...mistake.path], mistake.message);
    }
  }
}

class Known implements KnownTargets {
  readonly #nodes: KnownNodes;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#nodes = new KnownNodes(cluster.nodes);
    this.#cluster = cluster;
  }

  nodes(target: Target): TargetMistake[] {
    return this.#nodes.mistakes(target);
  }

  zone(name: string): TargetMistake[] {
    return this.#place('zone', name);
  }

  rack(name: string): TargetMistake[] {
    return this.#place('rack', name);
  }

  #place(what: 'zone' | 'rack', name: string): TargetMistake[] {
    const own = (this.#cluster.masters ?? []).map(master => master[what]);
    const known = new Set([...this.#nodes[`${what}s`], ...own.filter(one => one !== undefined)]);
    return unknown([], what, {name, known});
  }

  masters(target: Target): TargetMistake[] {
    const {masters} = this.#cluster;
    if (masters === undefined) return [];
    if (target.type === 'one') {
      const names = masters.map(({name}) => name);
      if (names.includes(target.name)) return [];
      const hint = didYouMean(target.name, names) || `; known: ${names.join(', ')}`;
      return [{path: [], message: `no master ${show(target.name)}${hint}`}];
    }
    if (target.names !== undefined) {
      return target.names.flatMap((name, i) =>
        this.masters({type: 'one', name}).map(mistake => ({...mistake, path: [i]})),
      );
    }
    const mistakes = (['selector', 'pool'] as const)
      .filter(key => target[key] !== undefined)
      .map(key => ({path: [key], message: `masters have no ${key}; expected zone or rack`}));
    const {zone, rack} = target;
    const isThere = (['zone', 'rack'] as const).every(
      what => target[what] === undefined || masters.some(one => one[what] === target[what]),
    );
    if (mistakes.length > 0 || isThere) return mistakes;
    return [{path: [], message: `no master stands in ${show(zone ?? rack)}`}];
  }

  machines(target: Target): TargetMistake[] {
    if (target.type === 'one') {
      const {masters} = this.#cluster;
      if (masters === undefined) return [];
      const all = new Set([...this.#nodes.names, 'masters', ...masters.map(({name}) => name)]);
      return unknown([], 'node or master', {name: target.name, known: all});
    }
    const {names, zone, rack, selector, pool} = target;
    if (names !== undefined) {
      return names.flatMap((name, i) =>
        this.machines({type: 'one', name}).map(mistake => ({...mistake, path: [i]})),
      );
    }
    if (selector !== undefined || pool !== undefined) return this.nodes(target);
    return [
      ...(zone === undefined ? [] : this.zone(zone).map(one => ({...one, path: ['zone']}))),
      ...(rack === undefined ? [] : this.rack(rack).map(one => ({...one, path: ['rack']}))),
    ];
  }

  pods(target: PodTarget, namespace: string): TargetMistake[] {
    const {objects} = this.#cluster;
    return podMistakes(target, namespace, {nodes: this.#nodes, objects});
  }

  container(target: PodTarget, namespace: string, container: string | undefined) {
    const pod = {kind: 'Pod', name: target.type === 'one' ? target.name : ''};
    const {kind, name} = target.type === 'some' && target.workload ? target.workload : pod;
    return missingContainer(this.#named(`${kind}/${namespace}/${name}`), {container, init: true});
  }

  #named(full: string): ManifestObject[] {
    const {objects} = this.#cluster;
    return objects.filter(one => `${one.kind}/${one.namespace}/${one.name}` === full);
  }
}
