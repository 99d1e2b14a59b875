// Laws of requests that a scenario sends: whatever sends them, from wherever, a run that is cut in
// two is the whole one, and over a long time as many come as is said.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import type {Record as Requests} from '../../src/network/traffic/record.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {memoryFiles} from './memory-files.ts';

const trace = `at,count\n${Array.from({length: 400}, (_, i) => `${i * 1.7},${i % 4}`).join('\n')}\n`;

const sources = [
  'rate: 3/s',
  'every: 300ms',
  'gaps: {gamma: {shape: 0.5, scale: 600ms}}',
  'bursts: {every: {exponential: {mean: 5s}}, size: 20, spread: 3s}',
  'daily: {mean: 3/s, amplitude: 90%, peak: 1h}',
  'trace: {file: calls.csv, time: at, count: count}',
  'users: 7, think: {exponential: {mean: 2s}}, ramp: 1m',
];
const places = ['outside', 'nodes', 'deployment/web', '{selector: app=db, zone: b}'];

const pods = (name: string, replicas: number, more = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: 'a:1'}]}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]${more}}
`;

/** Pods come and go, machines fail, programs sleep, call and are called again. */
const restless = `
applications:
  - {workload: deployment/web, takes: {exponential: {mean: 60ms}}, workers: 2, queue: 5, calls: [{to: db, chance: 70%}, {parallel: [{to: db}, {sleep: {exponential: {mean: 50ms}}}]}]}
  - {selector: app=db, takes: {lognormal: {median: 30ms, sigma: 1}}, sharing: 2, errors: 1%}
behaviour: [{selector: app=db, crashesAfter: {exponential: {mean: 4m}}, shutdownDelay: 5s}]
timeline:
  - {at: 6m, do: scale, target: deployment/web, replicas: 5}
  - {at: 8m, do: rollout, action: restart, target: deployment/db}
  - {at: 9m, do: add-nodes, nodes: {name: late, count: 2, zones: [b, c], allocatable: {cpu: 8, memory: 32Gi}}}
  - {at: 11m, do: drain, node: n-0}
faults: [{kind: node-crash, node: {selector: kubernetes.io/os=linux, count: 1}, at: 7m, lasts: 3m}]`;

async function scenario(traffic: readonly string[], sections: string, duration: string) {
  const text = `apiVersion: orrery/v1
kind: Scenario
question: How many requests come?
duration: ${duration}
startTime: 2026-01-01T00:30:00Z
cluster: {nodes: [{name: n, count: 5, zones: [a, b, c], allocatable: {cpu: 8, memory: 32Gi}}]}
traffic:
${traffic.map((entry, i) => `  - {name: c${i}, to: web, starts: 1m, ${entry}}`).join('\n')}
${sections}
${pods('web', 3, ', type: NodePort')}${pods('db', 4)}`;
  const files = memoryFiles({'a.yaml': text, 'calls.csv': trace});
  const {scenario: loaded, problems} = await readScenarioFrom(files, 'a.yaml');
  assert.equal(problems.map(formatProblem), []);
  if (loaded === undefined) throw new Error('there is no scenario');
  return loaded;
}

function started(loaded: LoadedScenario): BuiltWorld {
  const world = build(loaded, {plugins: [], replication: 0});
  world.start();
  return world;
}

function records({requests}: BuiltWorld): readonly Requests[] {
  return (requests?.records() ?? []) as readonly Requests[];
}

const figures = (world: BuiltWorld) => {
  return records(world).map(({caller, service, sent, latency}) => {
    return {caller, service, sent, latency: latency.save()};
  });
};

for (const place of places) {
  test(`a run with every source ${place} that is cut in two is the whole run`, async () => {
    const client =
      'timeout: 2s, retries: {tries: 2, jitter: 50%}, keepAlive: {connections: 2, for: 9s}';
    const all = sources.map((source, i) => {
      return `from: ${place}, ${source}${i % 2 === 0 ? `, ${client}` : ''}`;
    });
    const loaded = await scenario(all, restless, '14m');
    forEachSeed(3, seed => {
      const whole = started({...loaded, seed});
      whole.simulation.run(loaded.duration);
      const first = started({...loaded, seed});
      first.simulation.run(minutes(1 + 3 * seed), {maxEvents: 200_000});
      const second = build({...loaded, seed}, {plugins: [], replication: 0});
      second.simulation.restore(structuredClone(first.simulation.save()));
      second.simulation.run(loaded.duration);
      assert.equal(figures(second), figures(whole));
      assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
      assert.ok(figures(whole).every(({sent}) => sent > 0));
    });
  });
}

/** Of so many a day; `spread`: the variance of their number over it, for Poisson's 1. */
const stated: readonly [source: string, spread: number][] = [
  ['rate: 0.5/s', 1],
  ['gaps: {gamma: {shape: 0.5, scale: 4s}}', 2],
  ['bursts: {every: {exponential: {mean: 40s}}, size: 20, spread: 10s}', 20],
  ['daily: {mean: 0.5/s, amplitude: 80%, peak: 3h}', 1],
  ['users: 5, think: {exponential: {mean: 10s}}', 1],
];

test('over a day every source sends as many requests as it says', async () => {
  const entries = stated.map(([source]) => source.concat(', ends: 1441m'));
  const loaded = await scenario(entries, '', '1441m');
  const seeds = 5;
  const counts = stated.map(() => 0);
  forEachSeed(seeds, seed => {
    const world = started({...loaded, seed});
    world.simulation.run(loaded.duration);
    for (const [i, {sent}] of records(world).entries()) counts[i] += sent;
  });
  const mean = seeds * 43_200;
  for (const [i, [source, spread]] of stated.entries()) {
    const off = (counts[i] - mean) / Math.sqrt(spread * mean);
    assert.ok(Math.abs(off) < 4, `${source}: ${counts[i]} for ${mean}, ${off} standard errors`);
  }
});

test.run();
