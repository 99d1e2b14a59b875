// Who calls whom, as far as programs say so: whether all calls come to an end.

import {
  type ApplicationEntry,
  type CallEntry,
  sidesOf,
} from '../network/traffic/application-options.ts';
import {isMeant, type ProgramPod} from '../network/traffic/applications.ts';
import {calledService} from '../network/traffic/traffic-options.ts';
import type {Labels} from '../objects/labels.ts';
import type {KnownServices} from './known-services.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';
import type {Path} from './yaml-document.ts';

/** With their places in `calls`. */
export function callsOf({calls = []}: ApplicationEntry): {call: CallEntry; path: Path}[] {
  return calls.flatMap((step, i) =>
    sidesOf(step).flatMap((side, j) => {
      if ('sleep' in side) return [];
      return {call: side, path: 'parallel' in step ? [i, 'parallel', j, 'to'] : [i, 'to']};
    }),
  );
}

/** A pod of a template that somebody writes. */
export function programPod({template, place}: TemplateAt): ProgramPod {
  const isObject = 'kind' in place && place.value.type === 'workload';
  return {template, owners: isObject ? [{kind: place.kind, name: place.name}] : []};
}

export type Cycle = {readonly entry: ApplicationEntry; readonly way: readonly string[]};

/** A request that calls whoever called it would never end. */
export function endlessCalls(
  applications: readonly ApplicationEntry[],
  parts: {readonly pods: readonly ProgramPod[]; readonly services: KnownServices},
): Cycle | undefined {
  const behind = programsBehind(applications, parts);
  const ended = new Set<ApplicationEntry>();
  const above: ApplicationEntry[] = [];
  const way: string[] = [];
  const hasCycle = (entry: ApplicationEntry): boolean => {
    if (above.includes(entry)) return true;
    if (ended.has(entry)) return false;
    above.push(entry);
    for (const {call} of callsOf(entry)) {
      way.push(call.to);
      if (behind(call.to).some(hasCycle)) return true;
      way.pop();
    }
    above.pop();
    ended.add(entry);
    return false;
  };
  const entry = applications.find(hasCycle);
  return entry && {entry, way};
}

/** Entries with calls that say something of the pods behind a Service. */
function programsBehind(
  applications: readonly ApplicationEntry[],
  {pods, services}: Parameters<typeof endlessCalls>[1],
): (to: string) => readonly ApplicationEntry[] {
  const calling = applications.filter(({calls}) => calls !== undefined);
  const known = new Map<string, readonly ApplicationEntry[]>();
  return to => {
    const {namespace, name} = calledService(to);
    const service = `${namespace}/${name}`;
    const before = known.get(service);
    if (before !== undefined) return before;
    const wanted = services.get(service)?.selector;
    const chosen = pods.filter(
      ({template}) => template.namespace === namespace && hasLabels(template.labels, wanted),
    );
    const found = calling.filter(entry => chosen.some(pod => isMeant(entry, pod)));
    known.set(service, found);
    return found;
  };
}

export function hasLabels(labels: Labels, wanted: Labels | undefined): boolean {
  if (wanted === undefined) return false;
  return [...wanted].every(([key, value]) => labels.get(key) === value);
}
