// Faults in whole scenarios: every kind is accepted as its documentation writes it, and played; a
// run with all of them at once can be saved in the middle.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours, minutes} from '../../src/engine/time.ts';
import {faults as kinds} from '../../src/faults/index.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {memoryFiles} from './memory-files.ts';

const accepted = [
  '{kind: node-crash, node: n-1, at: 10m, lasts: 10m}',
  '{kind: node-crash, node: {zone: a, count: 1}, every: {exponential: {mean: 1h}}, lasts: 3m}',
  '{kind: node-reboot, node: {pool: n, percent: 20}, at: 40m, downtime: 1m}',
  '{kind: proxy-stop, node: n-2, at: 20m, lasts: 10m}',
  '{kind: kubelet-stop, node: n-2, at: 20m, lasts: 10m}',
  '{kind: node-unreachable, node: n-3, at: 30m, lasts: 10m, way: from-node}',
  '{kind: node-slow, node: {rack: r1}, factor: 4, at: 5m, lasts: 10m}',
  '{kind: node-failures, model: lanl-2005}',
  '{kind: node-failures, name: disks, up: {weibull: {shape: 0.7, scale: 5h}}, down: 9m, crews: 2}',
  '{kind: zone-outage, zone: a, at: 1h, lasts: {uniform: {from: 1m, to: 9m}}}',
  '{kind: rack-outage, rack: r2, what: link, at: 70m, lasts: 5m}',
  '{kind: container-crash, pod: deployment/web, at: 15m}',
  '{kind: container-crash, pod: {selector: app=web, count: 1}, every: 17m, exitCode: 137}',
  '{kind: pod-hang, pod: {workload: deployment/web, percent: 50}, at: 35m, lasts: 5m}',
  '{kind: memory-leak, pod: {zone: b}, at: 45m, perMinute: 100Mi}',
  '{kind: bad-image, pod: {workload: deployment/web, percent: 40}, at: 1m, lasts: 3h}',
  '{kind: bad-config, pod: {selector: app=web, percent: 40}, at: 14m, lasts: 1h, exitCode: 3}',
  '{kind: registry-outage, at: 9m, lasts: 12m}',
  '{kind: registry-outage, slow: 5, up: {exponential: {mean: 1h}}, down: 10m}',
  '{kind: dns-outage, at: 9m, lasts: 12m}',
  '{kind: dns-outage, share: 30%, answers: servfail, every: 1h, lasts: 10m}',
  '{kind: master-loss, master: master-0, at: 80m, lasts: 10m}',
  '{kind: api-server-crash, master: {count: 2}, at: 95m, lasts: 1m}',
  '{kind: etcd-member-loss, member: majority, at: 100m, lasts: 5m}',
  '{kind: leader-crash, component: kube-controller-manager, at: 2h}',
  '{kind: network-partition, between: {zone: a}, and: masters, at: 130m, lasts: 5m}',
  '{kind: maintenance, at: 150m, atOnce: 2, downtime: 1m, drainTimeout: 10m}',
];

function text(faults: readonly string[]): string {
  return `
apiVersion: orrery/v1
kind: Scenario
question: Does everything that can go wrong go wrong?
duration: 4h
cluster:
  nodes:
    - {name: n, count: 6, zones: [a, b, c], racks: [r1, r2], allocatable: {cpu: 8, memory: 16Gi}}
faults:
${faults.map(fault => `  - ${fault}`).join('\n')}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 8
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: shop/web:1}]}
`;
}

async function read(faults: readonly string[]) {
  const files = memoryFiles({'test.yaml': text(faults)});
  const {scenario, problems} = await readScenarioFrom(files, 'test.yaml');
  assert.is(problems.map(formatProblem).join('\n'), '');
  if (scenario === undefined) throw new Error('not read');
  return scenario;
}

test('every kind has an example, which is accepted', async () => {
  const {faults} = await read(accepted);
  const known = kinds.map(({kind}) => kind).sort();
  assert.equal([...new Set(faults.map(({kind}) => kind))].sort(), known);
});

for (const fault of accepted) {
  test(`${fault} is played, and the cluster is there at the end`, async () => {
    const {simulation, store, start} = build(await read([fault]), {plugins: [], replication: 0});
    start();
    simulation.run(hours(4));
    const ready = [...store.pods.all()].filter(pod => store.pods.ready(pod));
    assert.ok(ready.length >= 6, `${ready.length} pods are ready`);
    for (const [, {origin}] of store.causes.all()) assert.ok(origin !== 'operation');
  });
}

/** How many pods are ready at each minute given, with detailed kubelets. */
async function readyAt(faults: readonly string[], minutesAt: readonly number[]) {
  const scenario = await read(faults);
  const detailed = {...scenario, kubelet: {...scenario.kubelet, lifecycle: 'detailed' as const}};
  const {simulation, store, start} = build(detailed, {plugins: [], replication: 0});
  start();
  const counts = minutesAt.map(time => {
    simulation.run(minutes(time));
    return [...store.pods.all()].filter(pod => store.pods.ready(pod)).length;
  });
  return {counts, store};
}

test('containers that start with a bad configuration end until it is mended', async () => {
  const flaw = '{kind: bad-config, pod: deployment/web, at: 10m, lasts: 1h}';
  const crash = '{kind: container-crash, pod: deployment/web, at: 20m}';
  // Those that run go on; those that start again do not until it is over and their back-off too.
  const {counts, store} = await readyAt([flaw, crash], [9, 19, 21, 69, 80]);
  assert.equal(counts, [8, 8, 0, 0, 8]);
  for (const pod of store.pods.all()) assert.ok(store.pods.restarts(pod) > 8);
});

test('a share of the pods is struck, the same ones at every start', async () => {
  const flaw =
    '{kind: bad-config, pod: {workload: deployment/web, percent: 50}, at: 0s, lasts: 1h}';
  const {counts} = await readyAt([flaw], [5, 30, 59, 70]);
  const [share] = counts;
  assert.ok(share > 0 && share < 8, `${share}`);
  assert.equal(counts, [share, share, share, 8]);
});

test('pods that pull a bad image wait until it is good again', async () => {
  const flaw = '{kind: bad-image, pod: deployment/web, at: 0s, lasts: 30m}';
  const {counts} = await readyAt([flaw], [1, 29, 36]);
  assert.equal(counts, [0, 0, 8]);
});

test('a container that the pods do not have is a mistake', async () => {
  const given = [
    '{kind: container-crash, pod: deployment/web, container: mian, at: 1m}',
    '{kind: container-crash, pod: {workload: deployment/web, count: 1}, container: main, at: 1m}',
    '{kind: container-crash, pod: {selector: app=web}, container: unknown, at: 1m}',
  ];
  const files = memoryFiles({'test.yaml': text(given)});
  const {problems} = await readScenarioFrom(files, 'test.yaml');
  assert.equal(
    problems.map(({path, message}) => `${path}: ${message}`),
    ['faults[0].container: no container "mian" in these pods; did you mean main?'],
  );
});

test('a member of etcd that nearly is a role is told of it', async () => {
  const given = ['leadr', 'majorty', 'mastr-0'].map(
    (member, i) => `{kind: etcd-member-loss, name: f${i}, member: ${member}, at: 1m}`,
  );
  const files = memoryFiles({'test.yaml': text(given)});
  const {problems} = await readScenarioFrom(files, 'test.yaml');
  const meant = problems.map(({message}) => /did you mean (.*)\?/.exec(message)?.[1]);
  assert.equal(meant, ['leader', 'majority', 'master-0']);
});

test('a run with all of them is saved in the middle and goes on elsewhere', async () => {
  const scenario = await read(accepted);
  forEachSeed(6, seed => {
    const whole = build({...scenario, seed}, {plugins: [], replication: 0});
    const fork = build({...scenario, seed}, {plugins: [], replication: 0});
    whole.start();
    whole.simulation.run(hours(0.3 * seed));
    fork.simulation.restore(structuredClone(whole.simulation.save()));
    for (const {simulation} of [whole, fork]) simulation.run(hours(4));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
