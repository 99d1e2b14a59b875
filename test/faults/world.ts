// Machines without pods, and faults on them: cheap enough for years and thousands of nodes.

import {Signal} from '../../src/engine/signal.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {minute, type Time} from '../../src/engine/time.ts';
import {startFaults} from '../../src/faults/start-faults.ts';
import {type ContainerPhysics, noContainerPhysics} from '../../src/machines/container-physics.ts';
import {Machines} from '../../src/machines/machines.ts';
import {Masters} from '../../src/machines/masters.ts';
import {NameServers} from '../../src/machines/name-servers.ts';
import type {NodeReboot} from '../../src/machines/node-reboot.ts';
import {Partitions} from '../../src/machines/partitions.ts';
import {Registry} from '../../src/machines/registry.ts';
import type {Drainer} from '../../src/objects/drainer.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {rackLabel, zoneLabel} from '../../src/objects/node-targets.ts';
import {expandPool} from '../../src/objects/pools.ts';
import {Store} from '../../src/objects/store.ts';
import {pool} from '../../src/options/pool.ts';
import {faults} from '../../src/scenario/faults-schema.ts';

export type FaultWorldOptions = {
  readonly seed?: number;
  /** In zones a and b, racks r1 to r3, pool n. */
  readonly nodes?: number;
  /** One in each of zones a, b, c, a … */
  readonly masters?: number;
  readonly faults: readonly object[];
};

export function faultWorld(options: FaultWorldOptions) {
  const simulation = new Simulation({seed: options.seed ?? 1});
  const store = new Store(simulation);
  const machines = new Machines(simulation);
  const masters = new Masters(simulation);
  const partitions = new Partitions(simulation, {machines, masters});
  const registry = new Registry(simulation, {
    bytesPerSecond: 1e6,
    sizes: new Map(),
    defaultBytes: 1e6,
    missing: new Set(),
  });
  const struck: string[] = [];
  const nameServers = new NameServers(simulation);
  const world = {simulation, store, machines, masters, partitions, registry, nameServers, struck};
  const containers: ContainerPhysics = {
    started: noContainerPhysics.started,
    crash: (pod, {container = 'all', exitCode}) => note(`crash ${pod} ${container} ${exitCode}`),
    hang: (pod, lasts) => note(`hang ${pod} ${lasts}`),
    leak: (pod, bytes) => note(`leak ${pod} ${bytes}`),
  };
  const note = (text: string) => struck.push(`${simulation.now / 1e6} ${text}`);
  startFaults(faults.parse(options.faults), {
    ...world,
    containers,
    ...hands(world),
    etcdLeader: () => [...masters.all()].at(-1)?.[0],
  });
  const addNodes = (name: string, count: number) => {
    if (count === 0) return;
    for (const node of expandPool(pool.parse({...like, name, count}))) {
      const place = {zone: node.labels.get(zoneLabel), rack: node.labels.get(rackLabel)};
      machines.add(store.nodes.add(node, simulation.now), place);
    }
  };
  /** As when the run begins; a run to be restored into has not begun. */
  const start = () => {
    addNodes('n', options.nodes ?? 0);
    for (let i = 0; i < (options.masters ?? 0); i++) {
      masters.add({name: `master-${i}`, zone: 'abc'[i % 3], rack: undefined, node: undefined});
    }
  };
  return {...world, addNodes, start};
}

const like = {
  zones: ['a', 'b'],
  racks: ['r1', 'r2', 'r3'],
  allocatable: {cpu: 1, memory: '1Gi'},
};

/** Drains in an instant what has no pods, and reboots without a kubelet that ends any. */
function hands({
  simulation,
  store,
  machines,
}: {
  simulation: Simulation;
  store: Store;
  machines: Machines;
}) {
  const drainer: Drainer = {
    ended: new Signal(),
    drain: node => drained.after(minute, node),
    uncordon: node => cordon(node, false),
  };
  const reboots: NodeReboot = {
    wentDown: new Signal(),
    cameUp: new Signal(),
    reboot(node, downtime) {
      machines.withoutPower.take(node);
      reboots.wentDown.emit(node);
      booted.after(downtime, node);
    },
  };
  const cordon = (node: NodeId, unschedulable: boolean) => {
    const object = store.nodes.get(node);
    if (object) store.nodes.replace(node, {...object, unschedulable}, simulation.now);
  };
  const drained = simulation.event('test.drained', (node: NodeId) => {
    cordon(node, true);
    drainer.ended.emit(node, 'drained');
  });
  const booted = simulation.event('test.booted', (node: NodeId) => {
    machines.withoutPower.release(node);
    reboots.cameUp.emit(node);
  });
  return {drainer, reboots};
}

export type Life = {readonly node: NodeId; readonly from: Time; to: Time};

/** When machines were without power, from the start on; `to` is Infinity while it lasts. */
export function downTimes({machines, simulation}: ReturnType<typeof faultWorld>): Life[] {
  const lives: Life[] = [];
  const last = new Map<NodeId, Life>();
  machines.poweredOff.watch(node => {
    const life = {node, from: simulation.now, to: Infinity};
    lives.push(life);
    last.set(node, life);
  });
  machines.poweredOn.watch(node => {
    const life = last.get(node);
    if (life !== undefined) life.to = simulation.now;
  });
  return lives;
}
