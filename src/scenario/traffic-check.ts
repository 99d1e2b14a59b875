// What `traffic` and `applications` say of one another and of the cluster's objects: Services that
// exist, sources that are one, calls that come to an end.

import type {ManifestObject} from '../manifests/manifest.ts';
import {httpAddress} from '../network/ingress/http-address.ts';
import {frontService} from '../network/ingress/ingress-options.ts';
import {sidesOf} from '../network/traffic/application-options.ts';
import {isMeant} from '../network/traffic/applications.ts';
import {openSourceOf, sourceKeys} from '../network/traffic/sources/index.ts';
import {calledService, type TrafficEntry} from '../network/traffic/traffic-options.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {show} from '../options/show.ts';
import {callsOf, endlessCalls, programPod} from './call-graph.ts';
import {checkCallers} from './callers-check.ts';
import {type IngressFronts, ingressFronts} from './ingress-fronts.ts';
import {missingWorkload} from './known-pods.ts';
import {type KnownServices, serviceMistake, servicesIn} from './known-services.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';
import type {Notebook} from './notebook.ts';
import {noWayIn} from './outside-check.ts';
import type {Scenario} from './schema.ts';
import {checkSlos} from './slo-check.ts';
import type {TrafficSections} from './traffic-sections.ts';
import type {Path} from './yaml-document.ts';

export type TrafficParts = TrafficSections & {
  readonly sections: Partial<Scenario>;
  /** Of any time. */
  readonly objects: readonly ManifestObject[];
  readonly nodes: readonly NodeObject[];
  readonly templates: readonly TemplateAt[];
};

export function checkTraffic(parts: TrafficParts, notebook: Notebook): void {
  const {traffic, objects, sections} = parts;
  const services = servicesIn(objects);
  const fronts = ingressFronts({
    written: sections.cluster?.network.ingress ?? [],
    services: [...services.values()],
    ingresses: objects.flatMap(({value}) => (value.type === 'ingress' ? [value.ingress] : [])),
  });
  for (const [i, each] of fronts.controllers.entries()) {
    const mistake = serviceMistake(frontService(each), services);
    const path = ['cluster', 'network', 'ingress', i, 'service'];
    if (mistake !== undefined) notebook.error(path, mistake);
  }
  const names = new Set<string>();
  for (const [i, entry] of traffic.entries()) {
    const path = ['traffic', i];
    if (names.has(entry.name)) {
      notebook.error([...path, 'name'], `a second entry called ${show(entry.name)}`);
    }
    names.add(entry.name);
    checkSource(entry, path, notebook);
    checkCallers(entry, path, parts, notebook);
    checkDestination(entry, [...path, 'to'], {services, fronts, sections, notebook});
  }
  checkApplications(parts, services, notebook);
  checkSlos(parts, {services, fronts}, notebook);
}

type Around = {
  readonly services: KnownServices;
  readonly fronts: IngressFronts;
  readonly sections: Partial<Scenario>;
  readonly notebook: Notebook;
};

function checkDestination(entry: TrafficEntry, path: Path, around: Around): void {
  const {services, fronts, sections, notebook} = around;
  const {to, from, via} = entry;
  const isAddress = httpAddress(to) !== undefined;
  const mistake = isAddress ? addressMistake(entry, fronts) : serviceMistake(to, services);
  if (mistake !== undefined) return notebook.error(path, mistake);
  const front = fronts.frontOf(to);
  if (front !== undefined && front.service === undefined) {
    notebook.warn(path, `no Ingress serves ${show(to)}`);
  }
  const first = front ? frontService(fronts.controllers[front.controller]) : to;
  const {namespace, name} = calledService(first);
  const service = services.get(`${namespace}/${name}`);
  const isOnHost = front !== undefined && fronts.controllers[front.controller].hostPorts;
  if (from !== 'outside' || service === undefined || isOnHost) return;
  const message = noWayIn(service, via, sections);
  if (message !== undefined) notebook.warn(path, message);
}

function addressMistake({to, from}: TrafficEntry, {frontOf}: IngressFronts): string | undefined {
  if (from !== 'outside') return 'only callers from outside call an address of HTTP';
  if (frontOf(to) !== undefined) return undefined;
  return 'no ingress controller; name its Service in cluster.network.ingress';
}

function checkApplications(
  {applications, templates, objects}: TrafficParts,
  services: KnownServices,
  notebook: Notebook,
): void {
  const pods = templates.map(programPod);
  for (const {entry, place} of applications) {
    const inside = (path: Path) => ('file' in place ? place : [...place, ...path]);
    for (const {call, path} of callsOf(entry)) {
      const mistake = serviceMistake(call.to, services);
      if (mistake !== undefined) notebook.complain(inside(['calls', ...path]), mistake, 'error');
    }
    for (const [i, step] of (entry.calls ?? []).entries()) {
      if (sidesOf(step).filter(side => 'sleep' in side).length < 2) continue;
      notebook.complain(inside(['calls', i]), 'more than one sleep side by side', 'error');
    }
    const {workload, namespace, workers, sharing} = entry;
    if (workers !== undefined && sharing !== undefined) {
      notebook.complain(inside(['sharing']), 'expected workers or sharing, got both', 'error');
    }
    const missing = workload && missingWorkload(workload, namespace, objects);
    if (missing !== undefined) notebook.complain(inside(['workload']), missing, 'error');
    else if (pods.length > 0 && !pods.some(pod => isMeant(entry, pod))) {
      notebook.complain(place, 'there is no pod that this says anything of', 'warning');
    }
  }
  const cycle = endlessCalls(
    applications.map(({entry}) => entry),
    {pods, services},
  );
  const first = applications.find(({entry}) => entry === cycle?.entry);
  if (first === undefined || cycle === undefined) return;
  const at = 'file' in first.place ? first.place : [...first.place, 'calls'];
  notebook.complain(at, `calls that never end: ${cycle.way.join(' → ')}`, 'error');
}

const usersKeys = ['think', 'ramp'] as const;

function checkSource(entry: TrafficEntry, path: Path, notebook: Notebook): void {
  const {starts, ends} = entry;
  if (ends !== undefined && ends <= starts) {
    notebook.error([...path, 'ends'], 'it ends before it starts');
  }
  const sources = sourceKeys.filter(key => entry[key] !== undefined);
  if (sources.length === 1) {
    for (const key of entry.users === undefined ? usersKeys : []) {
      if (entry[key] !== undefined) notebook.error([...path, key], 'only of users');
    }
    const mistake = openSourceOf(entry)?.mistake?.(entry);
    if (mistake !== undefined) notebook.error([...path, sources[0]], mistake);
    return;
  }
  const got = sources.length === 0 ? 'none' : sources.join(' and ');
  const known = `${sourceKeys.slice(0, -1).join(', ')} and ${sourceKeys.at(-1)}`;
  notebook.error(path, `expected one of ${known}, got ${got}`);
}
