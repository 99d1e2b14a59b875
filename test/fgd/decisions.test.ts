// Every decision of the simulated scheduler under the published strategies is that of the reference
// that shares no code with it, on a sixth of the openb cluster; and so are the metrics. The trace is
// not ours to ship: $ORRERY_DATA/openb.

import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenario} from '../../src/scenario/load.ts';
import {playInOrder} from '../oracles/fgd/experiment.ts';
import {openbNodes, openbPods} from '../oracles/fgd/openb.ts';
import {policies, profiles, scenarioFile} from './reproduction.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'openb');
const present = process.env.ORRERY_DATA !== undefined && existsSync(folder);
if (!present) console.log('skipped: decisions on openb; set ORRERY_DATA to the folder of openb');

const every = 6;

type Policy = (typeof policies)[number];

/** Where each pod went, as `node/device,device`, and what was measured. */
async function simulated(list: string, policy: Policy) {
  const set = [
    `cluster.nodes[0].from=${nodeFile}`,
    `workload[0].pods=${join(folder, `openb_pod_list_${list}.csv`)}`,
    `scheduler.profile=${profiles[policy]}`,
  ];
  const {scenario, problems} = await readScenario(scenarioFile, {set});
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const world = build(scenario, {plugins: [], replication: 0});
  const measures = new Measures(world, {pods: false, events: false, timeseries: undefined});
  const {simulation, store} = world;
  const pods: PodId[] = [];
  store.signals.created.watch(pod => void pods.push(pod));
  world.start();
  simulation.run(scenario.duration);
  measures.finish(simulation.now);
  const where = (pod: PodId): string | undefined => {
    const node = store.pods.node(pod);
    return node === undefined
      ? undefined
      : `${store.nodes.nameOf(node)}/${listOf(store.pods.devices[pod])}`;
  };
  return {
    nodes: [...store.nodes.all()].map(([, {name}]) => name),
    pods: pods.map(pod => store.pods.name(pod)),
    placed: pods.map(where),
    at: (metric: string) => {
      const figure = measures.figures().find(one => one.metric === metric && one.object === '100%');
      return Number(figure?.value);
    },
  };
}

const nodeFolder = present ? mkdtempSync(join(tmpdir(), 'orrery-openb-')) : '';
const nodeFile = join(nodeFolder, 'openb_node_list_gpu_node.csv');
if (present) {
  const [head, ...lines] = readFileSync(join(folder, 'openb_node_list_gpu_node.csv'), 'utf8')
    .trim()
    .split('\n');
  writeFileSync(nodeFile, [head, ...lines.filter((_, i) => i % every === 0)].join('\n'));
}
test.after(() => {
  if (present) rmSync(nodeFolder, {recursive: true});
});

for (const list of present ? ['default', 'gpuspec33', 'multigpu20'] : []) {
  for (const policy of policies.filter(name => name !== 'Random')) {
    test(`${policy} decides on ${list} as the reference does`, async () => {
      const run = await simulated(list, policy);
      const original = openbPods(folder, list);
      const byName = new Map(original.map(pod => [pod.name, pod]));
      const nodes = new Map(openbNodes(nodeFolder).map(node => [node.name, node]));
      const expected = playInOrder({
        nodes: run.nodes.flatMap(name => nodes.get(name) ?? []),
        list: run.pods.flatMap(name => byName.get(name.replace(/-copy-\d+$/, '')) ?? []),
        ...{original, policy, random: new RandomStream('none')},
      });
      assert.is(expected.placed.length, run.pods.length);
      const first = run.placed.findIndex((place, i) => place !== expected.placed[i]);
      assert.is(first, -1, `${run.pods[first]}: ${run.placed[first]}, ${expected.placed[first]}`);
      near(100 * run.at('gpu_allocated_share_at'), expected.allocated.get(100));
      near(100 * run.at('gpu_fragmented_share_at'), expected.fragmented.get(100));
    });
  }
}

/** Six decimals of a share are four of a percentage. */
function near(value: number, expected = Number.NaN): void {
  assert.ok(Math.abs(value - expected) < 0.0001, `${value}, expected ${expected}`);
}

/** The reference names them in the order in which it takes them. */
function listOf(devices: number): string {
  const places: number[] = [];
  for (let i = 0; i < 32; i++) if ((devices >>> i) & 1) places.push(i);
  return places.join();
}

test.run();
