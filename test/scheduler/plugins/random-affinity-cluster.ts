// Small random clusters full of labels, zones, terminating pods and pods with affinity, for the
// laws of the plugins that count pods by topology.

import {RandomStream} from '../../../src/engine/random.ts';
import type {CaseWorld} from '../../conformance/case-world.ts';
import {cluster} from './small-cluster.ts';

export type Written = Record<string, unknown>;

export class RandomAffinityCluster {
  readonly world: CaseWorld;
  readonly #random: RandomStream;

  constructor(seed: number) {
    this.#random = new RandomStream(`affinity cluster ${seed}`);
    const nodes = times(this.#random.integer(1, 8), i => this.#node(i));
    const existingPods = times(this.#random.integer(0, 20), () => ({
      ...this.pod(),
      nodeName: this.#random.choice(nodes).name,
      terminating: this.#maybe(0.2),
    }));
    const namespaces = [
      {name: 'a', labels: {team: 'x'}},
      {name: 'b', labels: {team: 'y'}},
    ];
    this.world = cluster({nodes, existingPods, namespaces});
  }

  pod(): Written {
    const affinity: Written = {};
    if (this.#maybe(0.5)) affinity.podAffinity = this.#affinity();
    if (this.#maybe(0.5)) affinity.podAntiAffinity = this.#affinity();
    return {
      namespace: this.#random.choice(['a', 'b']),
      labels: this.#maybe(0.8) ? {app: this.#random.choice(['web', 'db'])} : {},
      ...(this.#maybe(0.3) && {nodeSelector: {disk: 'ssd'}}),
      ...(this.#maybe(0.6) && {affinity}),
      topologySpreadConstraints: times(this.#random.integer(0, 3), () => this.#constraint()),
    };
  }

  #node(i: number): Written & {name: string} {
    const labels: Record<string, string> = {};
    if (this.#maybe(0.9)) labels['kubernetes.io/hostname'] = `n${i}`;
    if (this.#maybe(0.8)) labels.zone = this.#random.choice(['z1', 'z2', 'z3']);
    if (this.#maybe(0.5)) labels.disk = this.#random.choice(['ssd', 'hdd']);
    const taints = this.#maybe(0.2) ? [{key: 'k', effect: 'NoSchedule'}] : [];
    return {name: `n${i}`, labels, taints};
  }

  #affinity(): Written {
    return {
      required: times(this.#random.integer(0, 2), () => this.#term()),
      preferred: times(this.#random.integer(0, 2), () => ({
        weight: this.#random.integer(1, 100),
        term: this.#term(),
      })),
    };
  }

  #term(): Written {
    return {
      topologyKey: this.#key(),
      labelSelector: this.#selector(),
      ...(this.#maybe(0.3) && {namespaces: [this.#random.choice(['a', 'b'])]}),
      ...(this.#maybe(0.3) && {
        namespaceSelector: this.#random.choice([{}, {matchLabels: {team: 'x'}}]),
      }),
    };
  }

  #constraint(): Written {
    return {
      maxSkew: this.#random.integer(1, 3),
      topologyKey: this.#key(),
      whenUnsatisfiable: this.#random.choice(['DoNotSchedule', 'ScheduleAnyway']),
      labelSelector: this.#selector(),
      minDomains: this.#random.integer(1, 3),
      nodeAffinityPolicy: this.#random.choice(['Honor', 'Ignore']),
      nodeTaintsPolicy: this.#random.choice(['Honor', 'Ignore']),
    };
  }

  #key(): string {
    return this.#random.choice(['zone', 'kubernetes.io/hostname', 'disk']);
  }

  #selector(): Written {
    return this.#random.choice([
      {matchLabels: {app: 'web'}},
      {matchExpressions: [{key: 'app', operator: 'Exists'}]},
      {matchExpressions: [{key: 'app', operator: 'NotIn', values: ['db']}]},
    ]);
  }

  #maybe(probability: number): boolean {
    return this.#random.uniform() < probability;
  }
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({length: count}, (_, i) => make(i));
}
