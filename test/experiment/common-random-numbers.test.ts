// Variants share their dice: whatever a strategy decides, the same pods come at the same times, ask
// for the same, take as long to start and to run, and the same machines fail at the same times.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {varianceRatio} from '../../src/experiment/statistics/variance-ratio.ts';
import type {Cell} from '../../src/metrics/table.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import type {RunOutcome} from '../../src/scenario/scenario-run.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

const text = scenarioWith({
  duration: '2h',
  cluster: `
  nodes: [{name: n, count: 8, allocatable: {cpu: 8, memory: 32Gi}}]
  kubelet: {lifecycle: simple, podStart: {exponential: {mean: 3s}}}`,
  workload: `
  - kind: poisson
    name: jobs
    every: 6s
    lifetime: {lognormal: {median: 90s, sigma: 1}}
    requests: {cpu: {empirical: {values: [500m, 1, 2]}}, memory: 2Gi}
  - {kind: uniform, name: large, count: 30, over: 110m, lifetime: {exponential: {mean: 9m}}, requests: {cpu: 6}}`,
  faults: `
  - {kind: node-failures, name: disks, up: {exponential: {mean: 2h}}, down: {exponential: {mean: 10m}}}`,
});

async function scenarioUnder(profile: string): Promise<LoadedScenario> {
  const set = [`scheduler.profile=${profile}`];
  const {scenario, problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml', {
    set,
  });
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return scenario;
}

const [usual, packing] = await Promise.all(['default', 'bin-packing'].map(scenarioUnder));

type Row = Readonly<Record<string, Cell>>;

function rows({tables}: RunOutcome, file: string): Row[] {
  const table = tables.find(one => one.file === file);
  if (table === undefined) throw new Error(`no ${file}`);
  return [...table.rows()].map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column, row[i]])),
  );
}

/** Those that ended in good order in both runs, on machines that never failed. */
function undisturbed(runs: readonly RunOutcome[], lasts: (pod: Row) => string): string[][] {
  const told = runs.map(run => {
    const whole = new Set(
      rows(run, 'nodes.csv').flatMap(({name, failures}) => (failures === 0 ? [name] : [])),
    );
    const pods = rows(run, 'pods.csv').filter(
      ({outcome, node}) => outcome === 'succeeded' && whole.has(node),
    );
    return new Map(pods.map(pod => [pod.name, lasts(pod)]));
  });
  const names = [...told[0].keys()].filter(name => told.every(pods => pods.has(name)));
  return told.map(pods => names.map(name => `${name} ${pods.get(name)}`));
}

/** Says where they differ first; the whole lists are long. */
function same(left: readonly string[], right: readonly string[]): void {
  const differ = left.findIndex((line, i) => line !== right[i]);
  assert.is(right[differ], left[differ]);
  assert.is(right.length, left.length);
}

const seconds = (from: Cell, to: Cell) =>
  String(Math.round((Number(to) - Number(from)) * 1e6) / 1e6);

for (const replication of [0, 1, 2]) {
  test(`replication ${replication} has the same chances under both strategies`, async () => {
    const runs = [await simulate(usual, {replication}), await simulate(packing, {replication})];
    const nodes = runs.map(run => rows(run, 'pods.csv').map(({node}) => node));
    assert.is.not(nodes[0].join(), nodes[1].join());

    const [came, cameToo] = runs.map(run =>
      rows(run, 'pods.csv').map(({name, created}) => `${name} ${created}`),
    );
    same(came, cameToo);
    const [failed, failedToo] = runs.map(run =>
      rows(run, 'incidents.csv').map(({time, target, ended}) => `${target} ${time} to ${ended}`),
    );
    same(failed, failedToo);
    const [ran, ranToo] = undisturbed(runs, ({started, ended}) => seconds(started, ended));
    assert.ok(ran.length > 50);
    same(ran, ranToo);
    const [began, beganToo] = undisturbed(runs, ({scheduled, started}) =>
      seconds(scheduled, started),
    );
    same(began, beganToo);
  });
}

test('pairing replications takes most of the variance away', async () => {
  const means = async (scenario: LoadedScenario) => {
    const values: number[] = [];
    for (let replication = 0; replication < 12; replication++) {
      const {figures} = await simulate(scenario, {replication});
      values.push(Number(figures.find(({metric}) => metric === 'cpu_requested_share_mean')?.value));
    }
    return values;
  };
  const ratio = varianceRatio(await means(usual), await means(packing));
  assert.ok(ratio !== undefined && ratio < 0.5, `the variance ratio is ${ratio}`);
});

test.run();
