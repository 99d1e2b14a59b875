// Nodes that fail and are repaired, from a scenario file as a user writes it: no control-plane
// latency, one pinned replica a node where replicas are wanted, exponential times. The theory's
// unit of time is short here, so that long runs fit into what a scenario may last.

import {formatSeconds, minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';
import {Levels} from './levels.ts';

export type FailingNodes = {
  readonly nodes: number;
  /** Dice of its own for each answer, so that deviations are independent. */
  readonly seed: number;
  /** In units. */
  readonly meanUp: number;
  readonly meanDown: number;
  readonly crews: number | undefined;
  readonly replicas: boolean;
  /** How long to look, in units. */
  readonly horizon: number;
};

export type Seen = {
  /** Of nodes, or of replicas where there are any. */
  readonly levels: Levels;
  readonly shares: readonly Float64Array[];
  /** Repairs that ended in each batch, and the units from failure to return of all of them. */
  readonly repairs: readonly number[];
  readonly repairTimes: readonly number[];
};

const batches = 100;

/** Without replicas most nodes are back before the control plane finds them dead. */
const unitOf = ({replicas}: FailingNodes): Time => (replicas ? minutes(1) : seconds(1));

export async function watchFailingNodes(wish: FailingNodes): Promise<Seen> {
  const {scenario, problems} = await readScenarioFrom(
    memoryFiles({'oracle.yaml': failingNodesText(wish)}),
    'oracle.yaml',
  );
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, machines, start} = build(scenario, {plugins: [], replication: 0});
  const end = wish.horizon * unitOf(wish);
  const batch = Math.floor(end / batches);
  const levels = new Levels({things: wish.nodes, level: wish.replicas ? 0 : wish.nodes, batch});
  const repairs = new Array<number>(batches).fill(0);
  const repairTimes = new Array<number>(batches).fill(0);
  const downSince = new Map<NodeId, Time>();
  const serving = new Set<PodId>();
  const change = (by: number) => levels.change(by, simulation.now);
  const drop = (pod: PodId) => serving.delete(pod) && change(-1);
  const gain = (pod: PodId) => {
    const node = store.pods.node(pod);
    if (node === undefined || !machines.powered(node) || serving.has(pod)) return;
    serving.add(pod);
    change(1);
  };
  machines.poweredOff.watch(node => {
    downSince.set(node, simulation.now);
    if (wish.replicas) for (const pod of store.pods.on(node)) drop(pod);
    else change(-1);
  });
  machines.poweredOn.watch(node => {
    const index = Math.min(batches - 1, Math.floor(simulation.now / batch));
    repairs[index]++;
    repairTimes[index] += (simulation.now - (downSince.get(node) ?? 0)) / unitOf(wish);
    if (!wish.replicas) change(1);
  });
  if (wish.replicas) {
    store.signals.ready.watch(gain);
    store.signals.unready.watch(drop);
  }
  start();
  simulation.run(batch * batches);
  return {levels, shares: levels.shares(batch * batches), repairs, repairTimes};
}

export function failingNodesText(wish: FailingNodes): string {
  const {seed, nodes, meanUp, meanDown, crews, replicas, horizon} = wish;
  const limited = crews === undefined || crews >= nodes ? '' : `\n    crews: ${crews}`;
  const lasting = (units: number) => formatSeconds(Math.ceil(units * unitOf(wish)));
  return `
apiVersion: orrery/v1
kind: Scenario
seed: ${seed}
question: What share of the time are how many of ${nodes} up?
duration: ${lasting(horizon)}s
cluster:
  nodes: [{name: n, count: ${nodes}, allocatable: {cpu: 8, memory: 16Gi}}]
  controlPlane: {latency: none}
  kubelet: {lifecycle: simple, podStart: 0s, boot: 0s}
scheduler: {cost: {base: 0s, perNodeFiltered: 0s, perNodeScored: 0s}}
faults:
  - kind: node-failures
    up: {exponential: {mean: ${lasting(meanUp)}s}}
    down: {exponential: {mean: ${lasting(meanDown)}s}}${limited}
results: {pods: false, events: false}
${replicas ? pinned : ''}`;
}

const pinned = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: pinned}
spec:
  selector: {matchLabels: {app: pinned}}
  template:
    metadata: {labels: {app: pinned}}
    spec: {containers: [{name: main, image: app:1}]}
`;
