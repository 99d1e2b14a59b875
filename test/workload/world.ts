// A world that takes a workload's pods at once, and what it makes of the options.

import {Api} from '../../src/control-plane/api.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import type {PodTemplate} from '../../src/objects/pod-spec.ts';
import {Store} from '../../src/objects/store.ts';
import type {WorkloadDefinition, WorkloadWorld} from '../../src/workload/define-workload.ts';
import {workloads} from '../../src/workload/index.ts';
import {podTemplate} from '../control-plane/world.ts';

export type Options = Readonly<Record<string, unknown>> & {readonly kind: string};
export type MadePod = {
  readonly name: string;
  readonly time: number;
  readonly lifetime: number | undefined;
  readonly template: PodTemplate;
};

export function workloadWorld({seed = 1} = {}) {
  const simulation = new Simulation({seed});
  const store = new Store(simulation);
  const api = new Api({simulation, store, write: 0});
  const made: MadePod[] = [];
  const {pods} = store;
  store.signals.created.watch(pod =>
    made.push({
      name: pods.name(pod),
      time: simulation.now,
      lifetime: pods.lifetime(pod),
      template: pods.template(pod),
    }),
  );
  const world: WorkloadWorld = {
    simulation,
    store,
    api,
    nodes: [],
    applyOwner: owner => api.applyOwner(owner),
    decodePod: plainDecoder,
  };
  return {simulation, store, made, world, add: (options: Options) => add(world, options)};
}

/** The pods of some workloads, all of them up to a time. */
export function podsOf(until: number, ...options: readonly Options[]): readonly MadePod[] {
  const {simulation, made, add: addHere} = workloadWorld();
  for (const one of options) addHere(one);
  simulation.run(until);
  return made;
}

function add(world: WorkloadWorld, written: Options): void {
  const definition = definitionOf(written.kind);
  definition.create(world, definition.options.parse(written));
}

export function definitionOf(kind: string): WorkloadDefinition {
  const definition = workloads.find(known => known.kind === kind);
  if (definition === undefined) throw new Error(`no workload ${kind}`);
  return definition;
}

/** Of what a manifest's decoder reads, the little that these tests look at. */
function plainDecoder(pod: object): PodTemplate {
  const {metadata, spec} = pod as {
    metadata: {namespace: string; labels?: Record<string, string>};
    spec: {priorityClassName?: string};
  };
  const plain = podTemplate({priorityClassName: spec.priorityClassName});
  const labels = new Map(Object.entries(metadata.labels ?? {}));
  return {...plain, namespace: metadata.namespace, labels};
}
