import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenario} from '../../src/scenario/load.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';
import {inTemporaryFolder} from './temporary-folder.ts';

const openb = 'sn,cpu_milli,memory_mib,gpu,model\na,64000,1024,2,P100\nb,32000,2048,0,\n';
const own = 'name,gpus,gpu_model,cpu,memory,labels\na,1,T4,4,8Gi,zone=x;rack=y\nb,,,500m,1Gi,\n';

async function read(text: string, more: string) {
  const cluster = `{nodes: [{from: nodes.csv, ${more}}]}`;
  const files = memoryFiles({'a.yaml': scenarioWith({cluster}), 'nodes.csv': text});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml');
  return {scenario, said: problems.map(formatProblem)};
}

const amounts = ({allocatable}: NodeObject) => Object.fromEntries(allocatable);

test('a node list of openb is nodes with their devices', async () => {
  const {scenario} = await read(openb, 'format: openb');
  const [a, b] = scenario?.nodes ?? [];
  assert.equal(amounts(a), {
    ...{cpu: 64000, memory: 2 ** 30, pods: 1001},
    ...{'alibabacloud.com/gpu-count': 2, 'alibabacloud.com/gpu-milli': 2000},
  });
  assert.is(a.labels.get('alibabacloud.com/gpu-card-model'), 'P100');
  assert.is(a.labels.get('kubernetes.io/hostname'), 'a');
  assert.equal([b.name, amounts(b)], ['b', {cpu: 32000, memory: 2 ** 31, pods: 1001}]);
});

test('a table of nodes has quantities, labels and what it wants of columns', async () => {
  const {scenario} = await read(own, 'format: csv');
  const [a, b] = scenario?.nodes ?? [];
  assert.is(amounts(a)['alibabacloud.com/gpu-milli'], 1000);
  assert.equal([a.labels.get('zone'), a.labels.get('rack')], ['x', 'y']);
  assert.equal(amounts(b), {cpu: 500, memory: 2 ** 30, pods: 110});
});

const mistakes: readonly [text: string, format: string, message: RegExp][] = [
  ['sn,cpu\na,1\n', 'openb', /nodes\.csv:1:1: no column "cpu_milli"/],
  ['name,cpu,memory,gpus_\na,1,1,1\n', 'csv', /:1:1: unknown column "gpus_"; did you mean gpus\?/],
  ['name,cpu,memory\na,4 cores,1Gi\n', 'csv', /expected cpu as a quantity, got "4 cores"/],
  ['name,cpu,memory\na,-4,1Gi\n', 'csv', /expected cpu from 0, got "-4"/],
  ['name,cpu,memory\nA,4,1Gi\n', 'csv', /a name that a node may have, got "A"/],
  ['name,cpu,memory,labels\na,4,1Gi,x\n', 'csv', /expected labels such as app=web/],
  ['name,cpu,memory,labels\na,4,1Gi,?=x\n', 'csv', /row skipped/],
  ['name,cpu,memory\n', 'csv', /cluster\.nodes\[0\]\.from: no row of nodes\.csv can be used/],
  [openb, 'opnb', /expected one of kubernetes, openb, csv, got "opnb"; did you mean openb\?/],
];

for (const [text, format, message] of mistakes) {
  test(`${JSON.stringify(text.slice(0, 40))} as ${format} is told: ${message.source}`, async () => {
    const {scenario, said} = await read(text, `format: ${format}`);
    assert.is(scenario, undefined);
    assert.match(said.join('\n'), message);
  });
}

test('a second node of a name is skipped with a warning', async () => {
  const {scenario, said} = await read(`${openb}a,1,1,0,\n`, 'format: openb');
  assert.is(scenario?.nodes.length, 2);
  assert.match(said.join('\n'), /nodes\.csv:4:1: warning: row skipped: a second node of its name/);
});

test('a list of nodes as kubectl writes it is nodes, shuffled too', async () => {
  const item = (name: string) =>
    `- {kind: Node, apiVersion: v1, metadata: {name: ${name}}, status: {allocatable: {cpu: '4', memory: 8Gi, pods: '110'}}}\n`;
  const {scenario, said} = await read(
    `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`,
    'order: shuffled',
  );
  assert.equal(said, []);
  assert.equal(
    scenario?.nodes.map(({name}) => name),
    ['a', 'b'],
  );
  assert.equal(scenario?.shuffledNodes, [{from: 0, to: 2}]);
});

test('shuffled nodes have another order each replication, and the same again', async () => {
  const rows = Array.from({length: 9}, (_, i) => `n-${i},1,1Gi\n`).join('');
  const {scenario} = await read(`name,cpu,memory\n${rows}`, 'format: csv, order: shuffled');
  if (scenario === undefined) throw new Error('there is no scenario');
  const order = (replication: number) => {
    const world = build(scenario, {plugins: [], replication});
    world.start();
    return [...world.store.nodes.all()].map(([, {name}]) => name).join();
  };
  assert.is(order(3), order(3));
  assert.is(new Set([0, 1, 2, 3].map(order)).size, 4);
});

async function nodesOf(from: string, format: string) {
  const nodes: unknown[] = [];
  const cluster = `{nodes: [{from: ${from}, format: ${format}}]}`;
  await inTemporaryFolder({'a.yaml': scenarioWith({cluster})}, async folder => {
    const {scenario, problems} = await readScenario(join(folder, 'a.yaml'));
    assert.equal(problems, []);
    for (const node of scenario?.nodes ?? []) {
      nodes.push([node.name, node.labels.get('alibabacloud.com/gpu-card-model'), amounts(node)]);
    }
  });
  return nodes;
}

const data = process.env.ORRERY_DATA ?? '';
const listFile = join(data, 'openb/openb_node_list_gpu_node.csv');
const yamlFile = join(data, 'k8s-sims/nodes-1200.yaml.gz');
if (existsSync(listFile) && existsSync(yamlFile)) {
  test("openb's list and its nodes as YAML are the same nodes", async () => {
    const [listed, yaml] = [
      await nodesOf(listFile, 'openb'),
      await nodesOf(yamlFile, 'kubernetes'),
    ];
    assert.is(listed.length, 1213);
    assert.equal(listed, yaml);
  });
} else {
  console.log("skipped: openb's nodes; set ORRERY_DATA to the folder of data sets");
}

test.run();
