// --set and --seed: any value of a scenario from the command line, and what can be wrong with it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {type ReadOptions, readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

async function read(options: ReadOptions, lines: Record<string, string> = {}) {
  return readScenarioFrom(memoryFiles({'a.yaml': scenarioWith(lines)}), 'a.yaml', options);
}

async function said(...set: string[]): Promise<string> {
  const {problems} = await read({set});
  return problems.map(formatProblem).join('\n');
}

test('a setting replaces a value deep in the scenario', async () => {
  const {scenario} = await read({set: ['cluster.nodes[0].count=3', 'duration=2s']});
  assert.is(scenario?.nodes.length, 3);
  assert.is(scenario?.duration, 2_000_000);
});

test('a setting makes the maps and lists on its way', async () => {
  const {scenario} = await read({
    set: ['results.timeseries.every=1m', 'workload[0]={kind: batch, name: b, count: 2}'],
  });
  assert.equal(scenario?.results.timeseries, {every: 60_000_000});
  assert.is(scenario?.workload[0].name, 'b');
});

test('a setting reaches a key with dots in it', async () => {
  const {scenario} = await read({set: ['cluster.nodes[0].labels["example.com/a"]=b']});
  assert.is(scenario?.nodes[0].labels.get('example.com/a'), 'b');
});

test('a setting changes one of two pools that share an anchor', async () => {
  const cluster =
    '{nodes: [&p {name: n, count: 1, allocatable: &a {cpu: 1, memory: 1Gi}}, {<<: *p, name: m}]}';
  const {scenario} = await read({set: ['cluster.nodes[1].allocatable.cpu=7']}, {cluster});
  const cpus = scenario?.nodes.map(({allocatable}) => allocatable.get('cpu'));
  assert.equal(cpus, [1000, 7000]);
});

test('of two settings of one value the last counts', async () => {
  const {scenario} = await read({set: ['seed=1', 'seed=2']});
  assert.is(scenario?.seed, 2);
});

test('a seed of its own option comes before that of a setting', async () => {
  const {scenario} = await read({set: ['seed=1'], seed: 7});
  assert.is(scenario?.seed, 7);
});

test('settings change the hash, and so say that the run is another one', async () => {
  const [one, other] = [await read({}), await read({set: ['duration=2h']})];
  assert.is.not(one.scenario?.hash, other.scenario?.hash);
});

const wrong: readonly (readonly [setting: string, message: string])[] = [
  ['x', '--set x: expected path=value, such as cluster.nodes[0].count=80'],
  ['=1', '--set =1: expected path=value, such as cluster.nodes[0].count=80'],
  ['a..b=1', '--set a..b=1: expected a path such as cluster.nodes[0].count, got "a..b"'],
  ['a[x]=1', '--set a[x]=1: expected a path such as cluster.nodes[0].count, got "a[x]"'],
  [
    'cluster.nodes[0].count=ten',
    '--set cluster.nodes[0].count=ten: expected a whole number from 1 to 1000000, got "ten"',
  ],
  [
    'cluster.nodes[0].cuont=3',
    '--set cluster.nodes[0].cuont=3: cluster.nodes[0]: unknown key "cuont"; did you mean count?',
  ],
  [
    'cluster.nodes[4].count=1',
    '--set cluster.nodes[4].count=1: cluster.nodes has 1 entry; there is no cluster.nodes[4]',
  ],
  [
    'cluster.nodes.count=1',
    '--set cluster.nodes.count=1: cluster.nodes is a list; write cluster.nodes[0].count',
  ],
  ['cluster[0]=1', '--set cluster[0]=1: cluster is a map, not a list; its keys: nodes'],
  ['clster.nodes=[]', '--set clster.nodes=[]: unknown key "clster"; did you mean cluster?'],
  ['duration.x=3', '--set duration.x=3: duration is "1h", nothing that has a "x"'],
  ['duration=[', '--set duration=[: not YAML: Flow sequence must end with a ]'],
  [
    'cluster={kubernetes: 1.2}',
    '--set cluster={kubernetes: 1.2}: cluster.kubernetes: expected one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, got 1.2',
  ],
];

for (const [setting, message] of wrong) {
  test(`--set ${setting} is refused as a setting, not as a line of the file`, async () => {
    const [first] = (await said(setting)).split('\n');
    assert.is(first, message);
  });
}

test('a wrong seed is refused under the name of its option', async () => {
  const {problems} = await read({seed: 'x'});
  const message = 'expected a whole number from 0 to 1000000000000000, got "x"';
  assert.is(problems.map(formatProblem).join('\n'), `--seed x: ${message}`);
});

test.run();
