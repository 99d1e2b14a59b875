// The other commands as processes, and what is typed wrongly.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {type Contents, inTemporaryFolder} from '../scenario/temporary-folder.ts';
import {type Ended, orrery} from './orrery.ts';

async function typed(line: string, contents: Contents = {}): Promise<Ended> {
  let ended: Ended = {code: null, out: '', err: ''};
  await inTemporaryFolder(contents, async folder => {
    for (const command of line.split(' && '))
      ended = await orrery(command.split(' ').filter(Boolean), {folder});
  });
  return ended;
}

const workload = '[{kind: batch, name: b, count: 3, requests: {cpu: 400m}}]';
const small = scenarioWith({name: 'small', workload});
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n';

const wrong: readonly (readonly [line: string, message: RegExp])[] = [
  [
    '',
    /^expected a command: run, compare, merge, validate, options or explain\nfor help: orrery --help\n$/,
  ],
  ['rnu a.yaml', /^Did you mean run\?\nfor help/],
  ['run', /^Not enough non-option arguments: got 0, need at least 1\nfor help/],
  ['run a.yaml --sede 3', /^Unknown argument: sede\nfor help/],
  ['run a.yaml --seed 1 --seed 2', /^--seed is given more than once\nfor help/],
  ['run a.yaml --format xml', /^Invalid values:[\s\S]*"xml"/],
  [
    'run a.yaml --replications 0',
    /^--replications: expected a whole number from 1 to 100000, got 0\n$/,
  ],
  ['run a.yaml --replications many', /^--replications: expected a whole number .* got NaN\n$/],
  ['run a.yaml --replications 2 --replication 1', /^--replication runs that one alone/],
  ['run a.yaml b.yaml --trace t', /^--trace takes one run/],
  ['run a.yaml', /^a\.yaml: no such file\n$/],
  ['validate a.yaml', /^a\.yaml: no such file\n$/],
  ['validate .', /^\.: a directory, not a file\n$/],
  ['options posson', /^no section or kind "posson"; did you mean poisson\?/],
  ['explain b-0', /^no run in results\/local; name its folder with --run/],
  ['explain outage', /^which outage\? explain outage 1\n$/],
  ['explain web 3', /^only outages have numbers: explain outage 3, or explain web\n$/],
  ['explain a.yaml --outage 1 --run r', /mutually exclusive/],
  ['explain a.yaml --pod p', /^a\.yaml: no such file\n$/],
];

for (const [line, message] of wrong) {
  test(`"orrery ${line}" exits with 1 and says why`, async () => {
    const {code, out, err} = await typed(line);
    assert.is(code, 1);
    assert.is(out, '');
    assert.match(err, message);
  });
}

test('--help and --version exit with 0', async () => {
  const help = await typed('run --help');
  assert.match(help.out, /orrery run scenarios\/quickstart\.yaml/);
  const version = await typed('--version');
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
  assert.equal([help.code, version.code], [0, 0]);
});

test('validate says ok of scenarios and manifests', async () => {
  const {code, out, err} = await typed('validate a.yaml p.yaml', {'a.yaml': small, 'p.yaml': pod});
  assert.is(code, 0, err);
  assert.is(out, 'a.yaml: ok, a scenario of 1 node and 0 objects\np.yaml: ok, 1 object\n');
});

test('validate checks the configuration of a scheduler', async () => {
  const text = (key: string) =>
    `apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n${key}: 16\n`;
  const files = {'good.yaml': text('parallelism'), 'bad.yaml': text('paralelism')};
  const {code, out, err} = await typed('validate good.yaml bad.yaml', files);
  assert.is(code, 1);
  assert.is(out, 'good.yaml: ok, a scheduler configuration\n');
  assert.match(err, /^bad\.yaml:3:\d+: .*unknown key "paralelism"; did you mean parallelism\?\n$/);
});

test('validate lists the mistakes of all files', async () => {
  const files = {'a.yaml': small.replace('1h', '1'), 'p.yaml': pod.replace('[{', '[{imag: c, ')};
  const {code, err} = await typed('validate a.yaml p.yaml --strict', files);
  assert.is(code, 1);
  assert.match(err, /^a\.yaml:4:11: duration: .*\np\.yaml:4:22: .*"imag"/);
});

test('options tells every section, and the JSON Schema', async () => {
  const all = await typed('options');
  assert.match(all.out, /^apiVersion +orrery\/v1 +required/);
  assert.match(all.out, /\n {6}zones +list of label value/);
  const one = await typed('options poisson');
  assert.match(one.out, /\nevery +duration +required +the mean time/);
  const schema = JSON.parse((await typed('options --format json')).out);
  assert.is(schema.title, 'Orrery scenario');
});

test("explain tells a pod's life from the files of a run", async () => {
  const {code, out} = await typed('run a.yaml --quiet && explain b-2', {'a.yaml': small});
  assert.is(code, 0);
  assert.match(out, /^default\/b-2\n[\s\S]*FailedScheduling: 0\/1 nodes[\s\S]*at the end +pending/);
});

test("explain tells a pod's life by running a scenario", async () => {
  const {code, out} = await typed('explain a.yaml --pod b-0', {'a.yaml': small});
  assert.is(code, 0);
  assert.match(out, /^default\/b-0\n +0\.\d+ +is created[\s\S]*is bound to n-0/);
});

const shop = `apiVersion: orrery/v1
kind: Scenario
name: shop
question: Why was the shop down?
duration: 2m
cluster: {nodes: [{name: n, count: 1, allocatable: {cpu: 1, memory: 1Gi}}]}
timeline: [{at: 1m, do: set-image, target: deployment/shop, image: "shop:2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {terminationGracePeriodSeconds: 5, containers: [{name: a, image: "shop:1"}]}
`;

test("explain tells an outage's chain, from the files of a run or by running a scenario", async () => {
  const {code, out} = await typed('run a.yaml --quiet && explain outage 1', {'a.yaml': shop});
  assert.is(code, 0);
  assert.match(out, /^outage 1\ndeployment default\/shop had no ready replica for \d\.\d+ s\n/);
  assert.match(out, /60\.000000 +set-image deployment\/shop/);
  assert.match(out, /\+0\.\d+ +the last ready replica is gone\n[\s\S]*is over\n/);
  assert.match(out, /it goes back to: set-image deployment\/shop .*\(rollout\)\n$/);
  const again = await typed('explain a.yaml --outage 1', {'a.yaml': shop});
  assert.equal([again.code, again.out], [0, out]);
});

test('explain knows the outages that there were', async () => {
  const {code, err} = await typed('explain a.yaml --outage 7', {'a.yaml': shop});
  assert.equal([code, err], [1, 'no outage 7 in the run; they are 1 to 1\n']);
  const none = await typed('explain a.yaml --outage 1', {'a.yaml': small});
  assert.is(none.err, 'no outages.csv in the run: it has no workloads\n');
});

test('explain knows no pod that never was', async () => {
  const {code, err} = await typed('explain a.yaml --pod x', {'a.yaml': small});
  assert.equal([code, err], [1, 'no pod x in the run of a.yaml\n']);
});

test.run();
