// A pod's life as the result files of a finished run tell it: its row in pods.csv, its Kubernetes
// events.

import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {ResultRow} from '../report/outage-report.ts';
import {rowsWith} from './result-rows.ts';

export type Life = {readonly lines: readonly string[]} | {readonly wrong: string};

/** `pod`: NAME or NAMESPACE/NAME. */
export function lifeInFolder(folder: string, pod: string): Life {
  const pods = rowsWith(join(folder, 'pods.csv'), pod.slice(pod.indexOf('/') + 1));
  if (pods === undefined) {
    return {wrong: `no pods.csv in ${folder}; a run writes it unless results.pods is false`};
  }
  const found = pods.filter(({namespace, name}) => pod === name || pod === `${namespace}/${name}`);
  if (found.length === 0) return {wrong: `no pod ${pod} in ${join(folder, 'pods.csv')}`};
  return {lines: found.flatMap(row => lifeOf(row, folder))};
}

/** The folder of the run that was written last. */
export function lastRun(root: string): string | undefined {
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map(name => join(root, name))
    .filter(folder => existsSync(join(folder, 'run.json')))
    .map(folder => ({folder, time: statSync(join(folder, 'run.json')).mtimeMs}))
    .sort((a, b) => b.time - a.time)[0]?.folder;
}

type Step = {readonly time: number; readonly text: string};

function lifeOf(pod: ResultRow, folder: string): string[] {
  const events = rowsWith(join(folder, 'events.csv'), pod.name) ?? [];
  const own = events.filter(({object}) => object === `Pod/${pod.namespace}/${pod.name}`);
  const steps = [...stepsOf(pod), ...own.map(eventStep)].filter(({time}) => !Number.isNaN(time));
  // Stable: steps of one time stay in the order of a life.
  steps.sort((a, b) => a.time - b.time);
  const outcome = [pod.outcome, pod.reason].filter(text => text !== '').join(', ');
  return [
    `${pod.namespace}/${pod.name}`,
    ...steps.map(({time, text}) => `${time.toFixed(6).padStart(14)}  ${text}`),
    `${'at the end'.padStart(14)}  ${outcome}${wayOut(pod)}`,
  ];
}

function stepsOf(pod: ResultRow): Step[] {
  const step = (time: string, text: string) => ({time: Number.parseFloat(time), text});
  return [
    step(pod.created, `created with priority ${pod.priority}`),
    step(pod.scheduled, `bound to ${pod.node} at attempt ${pod.attempts}${waitOf(pod)}`),
    step(pod.started, 'its first container runs'),
    step(pod.ended, 'ended'),
  ];
}

function waitOf(pod: ResultRow): string {
  const parts = ['queue_time', 'backoff_time', 'unschedulable_time', 'bind_time']
    .filter(part => Number.parseFloat(pod[part]) > 0)
    .map(part => `${part.replace('_time', '')} ${pod[part]}s`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function wayOut({scheduled, first_failing_plugin: plugin}: ResultRow): string {
  return scheduled === '' && plugin !== '' ? `; turned away by ${plugin}` : '';
}

function eventStep({time, reason, count, message, last}: ResultRow): Step {
  const times = count === '1' ? '' : ` (${count} times, the last at ${last})`;
  return {time: Number.parseFloat(time), text: `${reason}: ${message}${times}`};
}
