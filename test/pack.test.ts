// The package as a user gets it: packed, installed in an empty folder, run there, imported there.
// Needs the npm registry or npm's cache; says so plainly and passes where neither answers.

import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'uvu';
import * as assert from 'uvu/assert';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'orrery-pack-'));
let installed = false;

test.after(() => rmSync(folder, {recursive: true}));

test('the packed tarball installs in an empty folder', () => {
  installed = install();
});

test('the packed command runs a shipped scenario in an empty folder', () => {
  if (!installed) return;
  const scenario = 'node_modules/orrery/scenarios/quickstart.yaml';
  const said = call('npx', ['--no-install', 'orrery', 'run', scenario]);
  assert.match(said, /^quickstart {2}seed 1, 1h simulated/);
  const summary = readFileSync(join(folder, 'results/local/quickstart/summary.csv'), 'utf8');
  assert.match(summary, /\nquickstart,,0,pods_created,,\d+,pods,/);
});

test('the packed library can be imported and checks its own types', () => {
  if (!installed) return;
  writeFileSync(join(folder, 'mine.ts'), program);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--types', ''];
  call(process.execPath, [compiler, ...options, 'mine.ts']);
  assert.is(
    call(process.execPath, ['mine.js']),
    'quickstart 638\nprofile=default profile=bin-packing\n',
  );
});

test('the package holds the schema of scenarios and nothing that is not needed', () => {
  if (!installed) return;
  const schema = join(folder, 'node_modules/orrery/dist/scenario.schema.json');
  const {title, properties} = JSON.parse(readFileSync(schema, 'utf8'));
  assert.is(title, 'Orrery scenario');
  assert.ok('workload' in properties);
  for (const name of ['src', 'test', 'bench', 'results']) {
    assert.not(existsSync(join(folder, 'node_modules/orrery', name)), name);
  }
});

test('the package names the licences of the packages that are joined into its command', () => {
  if (!installed) return;
  const licences = readFileSync(join(folder, 'node_modules/orrery/dist/licences.txt'), 'utf8');
  for (const name of ['seedrandom', 'yaml', 'yargs', 'zod']) {
    assert.match(licences, new RegExp(`^${name} \\d`, 'm'));
  }
});

const program = `
import {compare, definePlugin, readScenario, simulate} from 'orrery';

const first = definePlugin({
  name: 'First',
  create: () => ({score: (_pod, node) => (node.name.endsWith('-0') ? 100 : 0)}),
});

const file = 'node_modules/orrery/scenarios/quickstart.yaml';
const {scenario, problems} = await readScenario(file);
if (scenario === undefined) throw new Error(problems.map(({message}) => message).join());
const {figures} = await simulate(scenario, {plugins: [first]});
const created = figures.find(({metric}) => metric === 'pods_created');
console.log(scenario.name, created?.value);
const vary = ['scheduler.profile=default,bin-packing'];
const {comparison} = await compare({file, vary, replications: 2});
console.log(comparison?.variants.map(({name}) => name).join(' '));
`;

function install(): boolean {
  const packed = call('npm', ['pack', '--json', '--pack-destination', folder], root);
  const [{filename}] = JSON.parse(packed.slice(packed.indexOf('[\n')));
  // Without it npm would look for the project to install into further up.
  writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}');
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries', '0'];
  try {
    call('npm', ['install', ...quiet, `./${filename}`]);
    return true;
  } catch (error) {
    if (!isOffline(error)) throw error;
    console.log('skipped: the packed tarball needs the npm registry to install, and none answers');
    return false;
  }
}

function isOffline(error: unknown): boolean {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED/.test(said);
}

function call(command: string, given: readonly string[], cwd = folder): string {
  // Under npm test, npm's own variables would install into this repository. The registry stays.
  const outer = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_(?!config_(registry|cache|userconfig)$)|^INIT_CWD$|^FORCE_COLOR$/i.test(name),
  );
  const env = {...Object.fromEntries(outer), NO_COLOR: '1'};
  return execFileSync(command, given, {cwd, env, encoding: 'utf8', stdio: 'pipe'});
}

test.run();
