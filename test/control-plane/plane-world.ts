// Masters, nodes and clients of a control plane that can fail, for tests.

import {Api} from '../../src/control-plane/api.ts';
import {ControlPlane} from '../../src/control-plane/control-plane.ts';
import type {InFlightLimits} from '../../src/control-plane/in-flight.ts';
import type {ControlPlaneTiming} from '../../src/control-plane/timing.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {Machines} from '../../src/machines/machines.ts';
import {type MasterId, Masters} from '../../src/machines/masters.ts';
import type {ApiComponent} from '../../src/objects/api-client.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {Store} from '../../src/objects/store.ts';
import type {Distribution} from '../../src/options/distribution.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {write} from './world.ts';

export const nowhere = {zone: undefined, rack: undefined};

export type PlaneOptions = {
  readonly seed?: number;
  readonly masters?: number;
  readonly nodes?: number;
  readonly latency?: Distribution;
  readonly timing?: ControlPlaneTiming;
  readonly inFlight?: InFlightLimits;
  /** The first master stands on the first node. */
  readonly shared?: boolean;
};

export class PlaneWorld {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly masters: Masters;
  readonly plane: ControlPlane;
  readonly api: Api;

  constructor(options: PlaneOptions) {
    const {seed = 1, masters = 3, nodes = 0, latency, shared = false} = options;
    const {timing, inFlight} = options;
    const simulation = new Simulation({seed});
    this.simulation = simulation;
    this.store = new Store(simulation);
    this.machines = new Machines(simulation);
    this.masters = new Masters(simulation);
    for (let i = 0; i < masters; i++) {
      const node = shared && i === 0 ? (0 as NodeId) : undefined;
      this.masters.add({name: `master-${i}`, node, ...nowhere});
    }
    const {store, machines} = this;
    const parts = {simulation, machines, masters: this.masters};
    this.plane = new ControlPlane({
      ...parts,
      ...(timing && {timing}),
      ...(inFlight && {inFlight}),
    });
    this.api = new Api({
      simulation,
      store,
      write: latency ?? write,
      controlPlane: this.plane,
    });
    for (let i = 0; i < nodes; i++) {
      machines.add(store.nodes.add(nodeWith(`node-${i}`), 0), nowhere);
    }
  }

  connect(component: Partial<ApiComponent> = {}) {
    const limits = {qps: undefined, burst: 1};
    return this.api.connect({name: 'tester', limits, replies: {}, ...component});
  }

  run(until: number): void {
    this.simulation.run(until);
  }
}

export function master(number: number): MasterId {
  return number as MasterId;
}

export function node(number: number): NodeId {
  return number as NodeId;
}
