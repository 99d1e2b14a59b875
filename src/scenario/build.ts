// Builds the world of a scenario: who is there, who may talk to whom through what, and what stands
// in the cluster at time zero. The only file that knows all parts.

import {Api} from '../control-plane/api.ts';
import {tolerationSeconds} from '../control-plane/api-server-options.ts';
import {ControlPlane} from '../control-plane/control-plane.ts';
import {EtcdSpace} from '../control-plane/etcd-space.ts';
import {startLeaders} from '../control-plane/start-leaders.ts';
import {startControllers} from '../controllers/start-controllers.ts';
import {Simulation} from '../engine/simulation.ts';
import {startFaults} from '../faults/start-faults.ts';
import {Links} from '../machines/links.ts';
import {Listeners} from '../machines/listeners.ts';
import {Machines} from '../machines/machines.ts';
import {Masters} from '../machines/masters.ts';
import {NameServers} from '../machines/name-servers.ts';
import {Partitions} from '../machines/partitions.ts';
import type {Registry} from '../machines/registry.ts';
import type {NetworkSeen} from '../metrics/services/service-records.ts';
import {dnsService} from '../network/dns/resolver-setups.ts';
import {startNetwork} from '../network/start-network.ts';
import type {DataPlane} from '../network/traffic/data-plane.ts';
import type {RecordOptions} from '../network/traffic/record.ts';
import {statedClients} from '../network/traffic/stated-client.ts';
import {startKubelets} from '../node/start-kubelets.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import type {Heartbeats} from '../objects/heartbeats.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {rackLabel, regionLabel, zoneLabel} from '../objects/node-targets.ts';
import {serviceName} from '../objects/service-object.ts';
import {Store} from '../objects/store.ts';
import {Drains} from '../operators/drains.ts';
import {startOperator} from '../operators/start-operator.ts';
import {pluginCatalogue} from '../scheduler/configuration/plugin-catalogue.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import {Scheduler} from '../scheduler/scheduler.ts';
import {workloads} from '../workload/index.ts';
import {applyManifests, decodePod} from './apply-manifests.ts';
import {hasServices} from './has-services.ts';
import {imageRegistry} from './image-registry.ts';
import {calledBy, ingressFrontsOf} from './ingress-fronts.ts';
import {innerClients} from './inner-clients.ts';
import type {LoadedScenario} from './loaded.ts';
import {nodesInOrder} from './node-order.ts';
import {fragmentationOf} from './typical-pods.ts';

export type BuildOptions = {
  /** Of the scenario's strategy files. */
  readonly plugins: readonly PluginDefinition[];
  readonly replication: number;
  readonly repeat?: string | undefined;
  /** Ask every node in every cycle instead of keeping answers: the same run, slower. */
  readonly plainScheduling?: boolean;
  /** How finely requests are recorded. */
  readonly requests?: RecordOptions;
};

export type BuiltWorld = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly listeners: Listeners;
  readonly links: Links;
  readonly scheduler: Scheduler;
  /** Where pods ask for shares of devices. */
  readonly fragmentation: Fragmentation | undefined;
  /** Where there is a Service at any time. */
  readonly network: NetworkSeen | undefined;
  /** Where somebody sends any. */
  readonly requests: DataPlane | undefined;
  /**
   * Puts the scenario's nodes and objects into the cluster. To be called once, when all who watch
   * are there.
   */
  start(): void;
};

export function build(scenario: LoadedScenario, options: BuildOptions): BuiltWorld {
  const {seed} = scenario;
  const {replication, repeat} = options;
  const simulation = new Simulation({seed, replication, ...(repeat !== undefined && {repeat})});
  const ground = groundOf(scenario, simulation);
  const fragmentation = fragmentationOf(scenario);
  const {store, machines, plane, api} = ground;
  const scheduler = startScheduler(scenario, {...options, fragmentation}, ground);
  const {network, requests} = networkOf(scenario, options, ground);
  const {
    heartbeats,
    reboots,
    joiner,
    physics: containers,
  } = startKubelets({
    ...ground,
    listeners: network && ground.listeners,
    lines: plane.nodeLines,
    watchDelay: scenario.controlPlane.watchLatency,
    options: scenario.kubelet,
    behaviours: scenario.behaviour,
  });
  const {administration} = startLeaders({
    ...{simulation, store, machines, controlPlane: plane},
    timing: scenario.controlPlane.timing,
    elects: scenario.controlPlane.leaderElection,
    led: {
      'kube-scheduler': scheduler,
      'kube-controller-manager': startManager(scenario, ground, heartbeats),
    },
  });
  startWorkloads(scenario, ground);
  const drainer = new Drains(ground);
  startOperator(scenario.timeline, {...ground, joiner, drainer, administration});
  startFaults(scenario.faults, {
    ...{...ground, reboots, containers, drainer},
    etcdLeader: () => plane.etcd.leader,
  });
  addMachinesOfNewNodes(ground);
  const start = (): void => {
    addNodes(scenario, ground);
    applyManifests(scenario, {store, api});
  };
  const {listeners, links} = ground;
  return {
    ...{simulation, store, machines, listeners, links, scheduler, fragmentation},
    ...{network, requests, start},
  };
}

function networkOf(
  scenario: LoadedScenario,
  {requests: record}: BuildOptions,
  ground: Ground,
): {readonly network: NetworkSeen | undefined; readonly requests: DataPlane | undefined} {
  const {kubernetes, controlPlane, network: options, traffic, applications, startTime} = scenario;
  if (!hasServices(scenario) && traffic.length === 0) {
    return {network: undefined, requests: undefined};
  }
  const {plane, listeners, links} = ground;
  const watchDelay = controlPlane.watchLatency;
  const ingress = ingressFrontsOf(scenario);
  const dnsPods = hasDnsPods(scenario);
  const network = startNetwork({
    ...{...ground, lines: plane.nodeLines, watchDelay, kubernetes, options},
    ...{traffic, applications, startTime, record, dnsPods, ingress},
  });
  const outer = traffic.flatMap(entry => statedClients(entry, calledBy(entry, ingress)));
  const clients = [...outer, ...innerClients(outer, scenario)];
  const {views, doors, lookups} = network;
  const {nameServers} = ground;
  const names = {nameServers, lookups, service: dnsPods ? dnsService : undefined};
  return {network: {views, listeners, links, clients, doors, names}, requests: network.traffic};
}

/** The Service by which CoreDNS is called. */
function hasDnsPods({manifests}: LoadedScenario): boolean {
  return manifests.some(
    ({value}) => value.type === 'service' && serviceName(value.service) === dnsService,
  );
}

/** What everybody stands on: machines, and the API before them. */
type Ground = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly masters: Masters;
  readonly partitions: Partitions;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly registry: Registry;
  readonly nameServers: NameServers;
  readonly plane: ControlPlane;
  readonly api: Api;
};

function groundOf(scenario: LoadedScenario, simulation: Simulation): Ground {
  const {controlPlane} = scenario;
  const {writeLatency: write, members, timing, inFlight} = controlPlane;
  const store = new Store(simulation);
  const {podCIDR: pods, nodeCIDRMask: nodeMask, serviceCIDR: services} = scenario.network;
  const machines = new Machines(simulation, {pods, nodeMask});
  const masters = new Masters(simulation);
  for (const master of controlPlane.masters) masters.add(master);
  const partitions = new Partitions(simulation, {machines, masters});
  const links = new Links({machines, partitions});
  const listeners = new Listeners(simulation);
  const registry = imageRegistry(scenario, simulation);
  const nameServers = new NameServers(simulation);
  const plane = new ControlPlane({simulation, machines, masters, timing, inFlight});
  new EtcdSpace({simulation, store, etcd: plane.etcd, quota: controlPlane.etcdQuota});
  const api = new Api({
    ...{simulation, store, write, members, controlPlane: plane},
    ...{network: {services}, addresses: machines.addresses},
    tolerationSeconds: tolerationSeconds(scenario.apiServer),
  });
  return {
    ...{simulation, store, machines, masters, partitions, links, listeners, registry, plane, api},
    nameServers,
  };
}

function startScheduler(
  scenario: LoadedScenario,
  {
    plugins,
    plainScheduling = false,
    fragmentation,
  }: BuildOptions & Pick<BuiltWorld, 'fragmentation'>,
  {simulation, store, api}: Ground,
): Scheduler {
  const {kubernetes, scheduler, controlPlane} = scenario;
  return new Scheduler({
    ...{simulation, store, api, kubernetes},
    configuration: scheduler.configuration,
    plugins: pluginCatalogue(plugins).plugins,
    cost: scheduler.cost,
    fragmentation,
    watchDelay: {delay: controlPlane.watchLatency, line: api.line('kube-scheduler')},
    plain: plainScheduling,
  });
}

/** Where nothing is ever done or undone, controllers would only watch. */
function startManager(
  scenario: LoadedScenario,
  {simulation, store, api}: Ground,
  heartbeats: Heartbeats,
) {
  const {
    manifests,
    timeline,
    faults,
    controlPlane,
    controllerManager: options,
    startTime,
    kubernetes,
    network,
  } = scenario;
  const idle =
    timeline.length === 0 &&
    faults.length === 0 &&
    !manifests.some(({value}) => controlled.has(value.type));
  const line = api.line('kube-controller-manager');
  const watchDelay = {delay: controlPlane.watchLatency, line};
  const nodes = {heartbeats, options, kubernetes};
  const manager = idle
    ? undefined
    : startControllers({
        ...{simulation, store, api, watchDelay, nodes, startTime},
        cloud: network.loadBalancers,
      });
  return {stop: () => manager?.stop(), takeOver: () => manager?.start()};
}

/** Manifests with a controller. */
const controlled: ReadonlySet<string> = new Set([
  'workload',
  'pod-disruption-budget',
  'resource-quota',
  'service',
]);

function addNodes(scenario: LoadedScenario, {simulation, store, machines}: Ground) {
  for (const node of nodesInOrder(scenario, simulation))
    machines.add(store.nodes.add(node, 0), placeOf(node), node.network);
}

/** A machine that comes later stands there as soon as its Node object does. */
function addMachinesOfNewNodes({store, machines}: Ground): void {
  store.nodeSignals.changed.watch((id, before, after) => {
    if (before === undefined && after !== undefined) {
      machines.add(id, placeOf(after), after.network);
    }
    if (after === undefined) machines.addresses.removeNode(id);
  });
}

function placeOf({labels}: NodeObject) {
  return {
    region: labels.get(regionLabel),
    zone: labels.get(zoneLabel),
    rack: labels.get(rackLabel),
  };
}

function startWorkloads({workload, nodes}: LoadedScenario, {simulation, store, api}: Ground): void {
  for (const {kind, options} of workload) {
    const definition = workloads.find(known => known.kind === kind);
    if (definition === undefined) throw new Error(`no workload ${kind}`);
    definition.create(
      {simulation, store, api, nodes, applyOwner: owner => api.applyOwner(owner), decodePod},
      options,
    );
  }
}
