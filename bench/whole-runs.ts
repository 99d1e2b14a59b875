// Whole runs of the scenarios in this folder, each as a process of its own as a user would start it:
// start-up, reading, playing and writing the results.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {compiled} from './compiled.ts';
import {type Deployments, manifestOf, withManifest} from './deployments.ts';
import {k8sSimsScenario} from './k8s-sims-run.ts';
import {k8sSimsFolder, readSize} from './k8s-sims-sizes.ts';
import {leastOf, measureProcess, type Usage} from './measured-process.ts';
import type {Measurement} from './measurement.ts';
import {playing} from './playing.ts';
import {measureRequestRuns} from './request-runs.ts';

export type WholeRun = {
  readonly name: string;
  /** How often it is run; the least CPU seconds count. */
  readonly times: number;
  readonly mostCpuSeconds?: number;
  readonly mostMegabytes?: number;
  /** Applied at time zero. */
  readonly deployments?: Deployments;
  /** Millions of requests a CPU second, as written and without any time on their ways. */
  readonly leastRequests?: {readonly asWritten?: number; readonly noHops?: number};
};

export const wholeRuns: readonly WholeRun[] = [
  {name: 'start', times: 12, mostCpuSeconds: 0.3},
  {name: 'steady-1000x100000', times: 3, mostCpuSeconds: 3.3, mostMegabytes: 300},
  {name: 'steady-5000x50000', times: 3, mostCpuSeconds: 4.6, mostMegabytes: 300},
  {name: 'owned-1000x100000', times: 3, mostCpuSeconds: 9.9},
  {name: 'owned-5000x50000', times: 3, mostCpuSeconds: 13.8},
  {name: 'stay-5000x150000', times: 2, mostCpuSeconds: 15, mostMegabytes: 700},
  {name: 'huge-50000x500000', times: 1, mostMegabytes: 4096},
  {
    name: 'failing-5000x150000',
    times: 1,
    mostCpuSeconds: 60,
    mostMegabytes: 2048,
    deployments: {count: 3000, replicas: 50},
  },
  {
    name: 'services-day-1000x50000',
    times: 1,
    mostCpuSeconds: 60,
    mostMegabytes: 2048,
    deployments: {count: 5000, replicas: 10, services: true},
  },
  {
    name: 'failing-year-100x3000',
    times: 2,
    mostCpuSeconds: 20,
    deployments: {count: 300, replicas: 10},
  },
  {name: 'idle-year-5000', times: 3, mostCpuSeconds: 2},
  {name: 'mm1-1', times: 2, leastRequests: {noHops: 5}},
  {name: 'mm1-1000', times: 2, leastRequests: {noHops: 3}},
  {name: 'requests-1000', times: 2, leastRequests: {asWritten: 1.2, noHops: 2.5}},
  {name: 'requests-10000', times: 2, leastRequests: {asWritten: 1.2, noHops: 2.5}},
];

const folder = fileURLToPath(new URL('.', import.meta.url));

export function measureRun({name, times, ...wish}: WholeRun): Measurement[] {
  const {deployments, leastRequests, ...limits} = wish;
  const scenario = join(folder, `${name}.yaml`);
  if (leastRequests !== undefined)
    return measureRequestRuns({name, times, leastRequests}, scenario);
  if (deployments === undefined) return figures(name, limits, times, [scenario]);
  return inTemporaryFolder(temporary => {
    const copy = join(temporary, `${name}.yaml`);
    writeFileSync(join(temporary, 'deployments.yaml'), manifestOf(deployments));
    writeFileSync(copy, withManifest(readFileSync(scenario, 'utf8'), 'deployments.yaml'));
    return figures(name, limits, times, [copy]);
  });
}

/** The same load for ten times as long: what does one more pod cost then? */
export function measureGrowth(): Measurement[] {
  const scenario = join(folder, 'steady-1000x100000.yaml');
  const lasting = (pods: number): number => {
    const span = `${Math.max(1, Math.round(pods * 0.9))}s`;
    const settings = [`workload[0].count=${pods}`, `workload[0].over=${span}`, `duration=${span}`];
    const given = settings.flatMap(setting => ['--set', setting]);
    return leastOf(pods < 1_000_000 ? 3 : 1, () => run([scenario, ...given])).cpuSeconds;
  };
  const none = lasting(1);
  return [100_000, 1_000_000].map(pods => ({
    workload: 'growth',
    what: `CPU a pod, of ${pods} on 1000 nodes, start-up left out`,
    value: ((lasting(pods) - none) / pods) * 1e6,
    unit: 'us',
  }));
}

/** Nothing where the data is not there. */
export function measureK8sSims(): Measurement[] {
  const found = k8sSimsFolder();
  if ('wrong' in found) {
    process.stderr.write(`k8s-sims-1000 is left out: ${found.wrong}\n`);
    return [];
  }
  const size = readSize('1000', found.folder);
  if (typeof size === 'string') throw new Error(size);
  return inTemporaryFolder(temporary => {
    const scenario = join(temporary, 'k8s-sims-1000.yaml');
    writeFileSync(scenario, k8sSimsScenario(found.folder, size));
    const name = 'k8s-sims-1000';
    const whole = figures(name, {mostCpuSeconds: 1.9, mostMegabytes: 300}, 3, [scenario]);
    const value = playing(scenario);
    const what = 'CPU of playing alone, all parts';
    return [...whole, {workload: name, what, value, unit: 's', limit: 0.7}];
  });
}

type Limits = Pick<WholeRun, 'mostCpuSeconds' | 'mostMegabytes'>;

function figures(
  workload: string,
  {mostCpuSeconds, mostMegabytes}: Limits,
  times: number,
  given: readonly string[],
): Measurement[] {
  const {cpuSeconds, peakMegabytes} = leastOf(times, () => run(given));
  return [
    {workload, what: 'CPU', value: cpuSeconds, unit: 's', limit: mostCpuSeconds},
    {workload, what: 'peak memory', value: peakMegabytes, unit: 'MB', limit: mostMegabytes},
  ];
}

function run(given: readonly string[]): Usage {
  return inTemporaryFolder(out =>
    measureProcess(compiled(), ['run', ...given, '--quiet', '--out', join(out, 'results')]),
  );
}

function inTemporaryFolder<Result>(use: (folder: string) => Result): Result {
  const temporary = mkdtempSync(join(tmpdir(), 'orrery-bench-'));
  try {
    return use(temporary);
  } finally {
    rmSync(temporary, {recursive: true});
  }
}
