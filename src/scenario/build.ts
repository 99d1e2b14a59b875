// Builds the world of a scenario: who is there, who may talk to whom through what, and what stands
// in the cluster at time zero. The only file that knows all parts.

import {FixedLatencyApi} from '../control-plane/fixed-latency-api.ts';
import {nodeLines} from '../control-plane/node-lines.ts';
import {startControllers} from '../controllers/start-controllers.ts';
import {Simulation} from '../engine/simulation.ts';
import {startFaults} from '../faults/start-faults.ts';
import {type MachinePlace, Machines} from '../machines/machines.ts';
import {Masters} from '../machines/masters.ts';
import {Partitions} from '../machines/partitions.ts';
import {Registry} from '../machines/registry.ts';
import {startKubelets} from '../node/start-kubelets.ts';
import type {Heartbeats} from '../objects/heartbeats.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {rackLabel, zoneLabel} from '../objects/node-targets.ts';
import {Store} from '../objects/store.ts';
import {Drains} from '../operators/drains.ts';
import {startOperator} from '../operators/start-operator.ts';
import {pluginCatalogue} from '../scheduler/configuration/plugin-catalogue.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import {Scheduler} from '../scheduler/scheduler.ts';
import {workloads} from '../workload/index.ts';
import {applyManifests, decodePod} from './apply-manifests.ts';
import type {LoadedScenario} from './loaded.ts';

export type BuildOptions = {
  /** Of the scenario's strategy files. */
  readonly plugins: readonly PluginDefinition[];
  readonly replication: number;
  readonly repeat?: string | undefined;
  /** Ask every node in every cycle instead of keeping answers: the same run, slower. */
  readonly plainScheduling?: boolean;
};

export type BuiltWorld = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly scheduler: Scheduler;
  /**
   * Puts the scenario's nodes and objects into the cluster. To be called once, when all who watch
   * are there.
   */
  start(): void;
};

export function build(scenario: LoadedScenario, options: BuildOptions): BuiltWorld {
  const {seed, kubernetes, controlPlane} = scenario;
  const {replication, repeat, plainScheduling = false} = options;
  const simulation = new Simulation({seed, replication, ...(repeat !== undefined && {repeat})});
  const store = new Store(simulation);
  const machines = new Machines(simulation);
  const masters = new Masters(simulation);
  const partitions = new Partitions(simulation, {machines, masters});
  const registry = registryOf(scenario, simulation);
  const api = new FixedLatencyApi({simulation, store, write: controlPlane.writeLatency});
  const scheduler = new Scheduler({
    simulation,
    store,
    api,
    kubernetes,
    configuration: scenario.scheduler.configuration,
    plugins: pluginCatalogue(options.plugins).plugins,
    cost: scenario.scheduler.cost,
    watchDelay: controlPlane.watchLatency,
    plain: plainScheduling,
  });
  const {physics: containers, heartbeats, reboots, joiner} = startKubelets({
    ...{simulation, store, machines, registry, api},
    lines: nodeLines(machines),
    watchDelay: controlPlane.watchLatency,
    options: scenario.kubelet,
    behaviours: scenario.behaviour,
  });
  startManager(scenario, {simulation, store, api, heartbeats});
  startWorkloads(scenario, {simulation, store, api});
  const drainer = new Drains({simulation, store, machines, api});
  startOperator(scenario.timeline, {simulation, store, api, machines, joiner, drainer});
  startFaults(scenario.faults, {
    ...{simulation, store, machines, masters, partitions, registry, reboots, containers, drainer},
    etcdLeader: () => undefined,
  });
  const start = (): void => {
    addNodes(scenario, {store, machines});
    applyManifests(scenario, {store, api});
  };
  return {simulation, store, machines, scheduler, start};
}

/** Where nothing is ever done or undone, controllers would only watch. */
function startManager(
  {manifests, timeline, faults, ...scenario}: LoadedScenario,
  parts: Pick<Parts, 'simulation' | 'store' | 'api'> & {readonly heartbeats: Heartbeats},
): void {
  const busy = manifests.some(({value}) => controlled.has(value.type));
  if (!busy && timeline.length === 0 && faults.length === 0) return;
  const {kubernetes, controllerManager: options, controlPlane} = scenario;
  const nodes = {heartbeats: parts.heartbeats, options, kubernetes};
  startControllers({...parts, watchDelay: controlPlane.watchLatency, nodes});
}

/** Manifests with a controller. */
const controlled: ReadonlySet<string> = new Set(['workload', 'pod-disruption-budget']);

type Parts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly api: FixedLatencyApi;
};

function registryOf({images}: LoadedScenario, simulation: Simulation): Registry {
  return new Registry(simulation, {
    bytesPerSecond: images.registry.bandwidth,
    sizes: new Map(images.sizes.map(({name, size}) => [name, size])),
    defaultBytes: images.defaultSize,
    missing: new Set(images.missing),
  });
}

function addNodes({nodes}: LoadedScenario, {store, machines}: Pick<Parts, 'store' | 'machines'>) {
  for (const node of nodes) machines.add(store.nodes.add(node, 0), placeOf(node));
  // A machine that comes later stands there as soon as its Node object does.
  store.nodeSignals.changed.watch((id, before, after) => {
    if (before === undefined && after !== undefined) machines.add(id, placeOf(after));
  });
}

function placeOf({labels}: NodeObject): MachinePlace {
  return {zone: labels.get(zoneLabel), rack: labels.get(rackLabel)};
}

function startWorkloads(
  {workload}: LoadedScenario,
  {simulation, store, api}: Pick<Parts, 'simulation' | 'store' | 'api'>,
): void {
  for (const {kind, options} of workload) {
    const definition = workloads.find(known => known.kind === kind);
    if (definition === undefined) throw new Error(`no workload ${kind}`);
    definition.create(
      {simulation, store, api, applyOwner: owner => api.applyOwner(owner), decodePod},
      options,
    );
  }
}
