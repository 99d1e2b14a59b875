// Files as they are found on a disk: gzipped, damaged, missing, not files at all.

import {chmodSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {importPlugins, readScenario, readTextFile} from '../../src/scenario/load.ts';
import {scenarioWith} from './good-scenario.ts';
import {type Contents, inTemporaryFolder} from './temporary-folder.ts';

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: b}]}\n`;

/** What is said of `a.yaml`, with the folder's name left out. */
async function said(contents: Contents, prepare?: (folder: string) => void): Promise<string> {
  let text = '';
  await inTemporaryFolder(contents, async folder => {
    prepare?.(folder);
    const {problems} = await readScenario(join(folder, 'a.yaml'));
    text = problems.map(formatProblem).join('\n').replaceAll(`${folder}/`, '');
  });
  return text;
}

const bomb = (depth: number) => [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({length: depth}, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`),
];

const refused: readonly (readonly [title: string, contents: Contents, message: string])[] = [
  ['a scenario that is not there', {}, 'a.yaml: no such file'],
  [
    'an empty file',
    {'a.yaml': ''},
    'a.yaml:1:1: expected a scenario, which begins with apiVersion: orrery/v1, got null',
  ],
  [
    'a file of comments',
    {'a.yaml': '# hello\n'},
    'a.yaml:1:1: expected a scenario, which begins with apiVersion: orrery/v1, got null',
  ],
  [
    'a list',
    {'a.yaml': '- 1\n'},
    'a.yaml:1:1: expected a scenario, which begins with apiVersion: orrery/v1, got a list',
  ],
  [
    'a binary file',
    {'a.yaml': Uint8Array.from([80, 75, 3, 4, 0, 0])},
    'a.yaml: a binary file, not text',
  ],
  [
    'a file in another encoding',
    {'a.yaml': Uint8Array.from([0x71, 0xe9, 0x0a])},
    'a.yaml: not UTF-8 text',
  ],
  [
    'a damaged gzip file',
    {'a.yaml': Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2])},
    'a.yaml: a damaged gzip file',
  ],
  [
    'a bracket never closed',
    {'a.yaml': 'a: [1, 2\nb: 3\n'},
    'a.yaml:2:1: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['a tab', {'a.yaml': 'a:\n\tb: 1\n'}, 'a.yaml:2:1: a tab where spaces should indent'],
  [
    'a key twice',
    {'a.yaml': scenarioWith({}, 'seed: 1\nseed: 2\n')},
    'a.yaml:7:1: the same key stands twice in one map',
  ],
  [
    'an alias of nothing',
    {'a.yaml': scenarioWith({seed: '*s'})},
    'a.yaml:6:7: no anchor &s before this alias',
  ],
  [
    'an alias bomb',
    {'a.yaml': `${bomb(8).join('\n')}\n`},
    'a.yaml:1:1: aliases expand to too much, as in an alias bomb',
  ],
  [
    'brackets without end',
    {'a.yaml': `a: ${'['.repeat(100_000)}`},
    'a.yaml:1:1: nested too deeply to be read',
  ],
  [
    'a Pod in place of a scenario',
    {'a.yaml': pod('p')},
    'a.yaml:1:1: expected a scenario, which begins with apiVersion: orrery/v1, got a Pod of v1',
  ],
  [
    'a manifest that is a folder',
    {'a.yaml': scenarioWith({manifests: '[b]'}), 'b/c.yaml': ''},
    'a.yaml:6:13: manifests[0]: b: a directory, not a file',
  ],
  [
    'a binary manifest',
    {'a.yaml': scenarioWith({manifests: '[b]'}), b: Uint8Array.from([0])},
    'a.yaml:6:13: manifests[0]: b: a binary file, not text',
  ],
  [
    'a wrong type in a manifest',
    {
      'a.yaml': scenarioWith({manifests: '[b.yaml]'}),
      'b.yaml': pod('p').replace('[{name: a, image: b}]', '3'),
    },
    'b.yaml:4:20: spec.containers: expected a list, got 3',
  ],
  [
    'a wrong type behind the scenario',
    {'a.yaml': scenarioWith({}, `---\n${pod('p').replace('{name: a', '{name: 3')}`)},
    'a.yaml:10:28: spec.containers[0].name: expected a text, got 3; write "3"',
  ],
  [
    'the same object twice',
    {'a.yaml': scenarioWith({manifests: '[b.yaml]'}, `---\n${pod('p')}`), 'b.yaml': pod('p')},
    'b.yaml:1:1: a second Pod called "p" in namespace default; the first is at a.yaml:8',
  ],
  [
    'more nodes than there are',
    {
      'a.yaml': scenarioWith({cluster: '{nodes: [{from: n.yaml, first: 3}]}'}),
      'n.yaml': 'apiVersion: v1\nkind: Node\nmetadata: {name: x}\n',
    },
    'a.yaml:5:41: cluster.nodes[0].first: expected at most 1, the nodes in n.yaml, got 3',
  ],
  [
    'a file of nodes without nodes',
    {'a.yaml': scenarioWith({cluster: '{nodes: [{from: b.yaml}]}'}), 'b.yaml': pod('p')},
    'a.yaml:5:26: cluster.nodes[0].from: no Node object in b.yaml',
  ],
  [
    'a node of the pool again',
    {'a.yaml': scenarioWith({}, '---\napiVersion: v1\nkind: Node\nmetadata: {name: n-0}\n')},
    'a.yaml:7:1: a second node called "n-0"; names of nodes must differ',
  ],
  [
    'a class of priority that is not there',
    {
      'a.yaml': scenarioWith(
        {},
        `---\n${pod('p').replace('spec: {', 'spec: {priorityClassName: hihg, ')}---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 10\n`,
      ),
    },
    'a.yaml:7:1: no PriorityClass "hihg" among the scenario\'s objects; did you mean high?',
  ],
  [
    'a configuration with a mistake',
    {
      'a.yaml': scenarioWith({scheduler: 's.yaml'}),
      's.yaml':
        'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\npercentageOfNodesToScore: many\n',
    },
    's.yaml:3:27: percentageOfNodesToScore: expected a whole number from 0 to 100, got "many"',
  ],
  [
    'a strategy that is no module',
    {'a.yaml': scenarioWith({scheduler: '{plugins: [s.mjs]}'}), 's.mjs': 'export const a = ;'},
    "a.yaml:6:23: scheduler.plugins[0]: s.mjs: cannot be imported: Unexpected token ';'",
  ],
  [
    'a module without strategy',
    {'a.yaml': scenarioWith({scheduler: '{plugins: [s.mjs]}'}), 's.mjs': 'export const a = 1;'},
    'a.yaml:6:23: scheduler.plugins[0]: s.mjs: exports no plugin; expected one made with definePlugin({name, create})',
  ],
  [
    'a strategy of a name that is taken',
    {
      'a.yaml': scenarioWith({scheduler: '{plugins: [s.mjs]}'}),
      's.mjs': 'export const a = {name: "NodeName", create: () => ({})};',
    },
    'a.yaml:6:23: scheduler.plugins[0]: a second plugin called "NodeName"; names of plugins must differ',
  ],
];

for (const [title, contents, message] of refused) {
  test(`${title} is refused with a sentence`, async () => {
    assert.is(await said(contents), message);
  });
}
test('a file that may not be read is refused with a sentence', async () => {
  await inTemporaryFolder({'a.yaml': 'x'}, folder => {
    chmodSync(join(folder, 'a.yaml'), 0o000);
    const text = asNobody(() => readTextFile(join(folder, 'a.yaml')));
    assert.equal(text, {wrong: 'no permission to read it'});
  });
});

/** Root may read everything, so be somebody else for a moment. */
function asNobody<Result>(act: () => Result): Result {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

test('a folder is refused with a sentence', async () => {
  const prepare = (folder: string) => mkdirSync(join(folder, 'a.yaml'));
  assert.is(await said({}, prepare), 'a.yaml: a directory, not a file');
});

test('links that lead in a circle are refused with a sentence', async () => {
  const prepare = (folder: string) => symlinkSync('a.yaml', join(folder, 'a.yaml'));
  assert.is(await said({}, prepare), 'a.yaml: its symbolic links lead in a circle');
});

test('a device that never ends is refused with a sentence', async () => {
  const prepare = (folder: string) => symlinkSync('/dev/zero', join(folder, 'a.yaml'));
  assert.is(await said({}, prepare), 'a.yaml: not an ordinary file');
});

test('gzipped manifests and nodes are read, the first so many of them', async () => {
  const nodes = gzipSync(
    [1, 2, 3].map(i => `apiVersion: v1\nkind: Node\nmetadata: {name: x${i}}\n`).join('---\n'),
  );
  const cluster = '{nodes: [{from: data/n.yaml.gz, first: 2}]}';
  const manifests = '[{file: p.gz, first: 1}]';
  const pods = gzipSync(`${pod('p')}---\n${pod('q')}`);
  const contents = {
    'a.yaml': scenarioWith({cluster, manifests}),
    'data/n.yaml.gz': nodes,
    'p.gz': pods,
  };
  await inTemporaryFolder(contents, async folder => {
    const {scenario} = await readScenario(join(folder, 'a.yaml'));
    assert.equal(
      scenario?.nodes.map(({name}) => name),
      ['x1', 'x2'],
    );
    assert.equal(
      scenario?.manifests.map(({name}) => name),
      ['p'],
    );
  });
});

test('a strategy joins the profile, and can be imported again from the scenario alone', async () => {
  const contents = {
    'a.yaml': scenarioWith({scheduler: '{plugins: [s.mjs]}'}),
    's.mjs': 'export const mine = {name: "mine", create: () => ({score: () => 1})};',
  };
  await inTemporaryFolder(contents, async folder => {
    const {scenario} = await readScenario(join(folder, 'a.yaml'));
    const {configuration, plugins = []} = structuredClone(scenario)?.scheduler ?? {};
    assert.ok(configuration?.profiles[0].points.score.some(({name}) => name === 'mine'));
    assert.equal(
      (await importPlugins(plugins)).map(({name}) => name),
      ['mine'],
    );
  });
});

test('another text of a strategy is another scenario', async () => {
  const hashes: (string | undefined)[] = [];
  for (const score of [1, 2]) {
    const contents = {
      'a.yaml': scenarioWith({scheduler: '{plugins: [s.mjs]}'}),
      's.mjs': `export const mine = {name: "mine", create: () => ({score: () => ${score}})};`,
    };
    await inTemporaryFolder(contents, async folder => {
      hashes.push((await readScenario(join(folder, 'a.yaml'))).scenario?.hash);
    });
  }
  assert.is.not(hashes[0], undefined);
  assert.is.not(hashes[0], hashes[1]);
});

test.run();
