// Starts the kubelets of all nodes, simple or detailed, and what belongs to them: their processes,
// the heartbeats and statuses of their nodes, reboots, and nodes that come later.

import type {Simulation} from '../engine/simulation.ts';
import {second} from '../engine/time.ts';
import {type ContainerPhysics, noContainerPhysics} from '../machines/container-physics.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeReboot} from '../machines/node-reboot.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {Heartbeats} from '../objects/heartbeats.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeJoiner} from '../objects/node-joiner.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {WatchDelay} from '../objects/watch.ts';
import type {Distribution} from '../options/distribution.ts';
import type {BehaviourEntry} from './behaviour-options.ts';
import {DetailedKubelet} from './detailed-kubelet.ts';
import {NodeHeartbeats} from './heartbeats.ts';
import {JoiningNodes} from './joining-nodes.ts';
import {Kubelet} from './kubelet.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import {KubeletProcesses} from './kubelet-processes.ts';
import {NodeShutdown} from './node-shutdown.ts';
import {NodeStatus} from './node-status.ts';

export type StartKubeletsOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** `undefined` where nobody calls any pod. */
  readonly listeners: Listeners | undefined;
  readonly registry: Registry;
  readonly api: ApiConnector;
  readonly lines: NodeLines;
  readonly watchDelay: WatchDelay;
  readonly options: KubeletOptions;
  readonly behaviours: readonly BehaviourEntry[];
};

export type StartedKubelets = {
  readonly heartbeats: Heartbeats;
  readonly reboots: NodeReboot;
  readonly joiner: NodeJoiner;
  readonly physics: ContainerPhysics;
};

/** From seeing a bound pod to its start, where the scenario says nothing. */
const simpleStart: Distribution = {measure: 'duration', law: 'constant', value: second};

export function startKubelets(given: StartKubeletsOptions): StartedKubelets {
  const {options} = given;
  const processes = new KubeletProcesses({...given, boot: options.boot});
  const heartbeats = new NodeHeartbeats({...given, processes});
  // Its own client, which has no limit, as the kubelet's for heartbeats.
  const limits = {qps: undefined, burst: 1};
  const api = given.api.connect({name: 'kubelet-status', program: 'kubelet', limits, replies: {}});
  const status = new NodeStatus({...given, processes, api, delay: given.watchDelay});
  const parts = {
    ...given,
    processes,
    refuses: (node: NodeId) => status.isShuttingDown(node),
  };
  const detailed = options.lifecycle === 'detailed' ? new DetailedKubelet(parts) : undefined;
  const kubelet = detailed ?? new Kubelet({...parts, podStart: options.podStart ?? simpleStart});
  const reboots = new NodeShutdown({...parts, status, kubelet});
  const joiner = new JoiningNodes({...given, api, boot: options.boot});
  return {heartbeats, reboots, joiner, physics: detailed?.physics ?? noContainerPhysics};
}
