// What `traffic` and `applications` say of one another and of the cluster's objects: Services that
// exist, sources that are one, calls that come to an end.

import type {ManifestObject} from '../manifests/manifest.ts';
import {httpAddress} from '../network/ingress/http-address.ts';
import {frontService, type IngressController} from '../network/ingress/ingress-options.ts';
import {sidesOf} from '../network/traffic/application-options.ts';
import {isMeant} from '../network/traffic/applications.ts';
import {openSourceOf, sourceKeys} from '../network/traffic/sources/index.ts';
import {calledService, type TrafficEntry} from '../network/traffic/traffic-options.ts';
import {serviceName} from '../objects/service-object.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {type CalledServices, callsOf, endlessCalls, programPod} from './call-graph.ts';
import {type IngressFronts, ingressFronts} from './ingress-fronts.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';
import type {Notebook} from './notebook.ts';
import type {TrafficSections} from './traffic-sections.ts';
import type {Path} from './yaml-document.ts';

type Parts = TrafficSections & {
  /** Of any time. */
  readonly objects: readonly ManifestObject[];
  readonly templates: readonly TemplateAt[];
  readonly cluster?:
    | {readonly network: {readonly ingress: readonly IngressController[]}}
    | undefined;
};

export function checkTraffic(parts: Parts, notebook: Notebook): void {
  const {traffic, objects, cluster} = parts;
  const services = servicesIn(objects);
  const fronts = ingressFronts({
    written: cluster?.network.ingress ?? [],
    services: [...services.values()],
    ingresses: objects.flatMap(({value}) => (value.type === 'ingress' ? [value.ingress] : [])),
  });
  for (const [i, each] of fronts.controllers.entries()) {
    const path = ['cluster', 'network', 'ingress', i, 'service'];
    checkService(frontService(each), {services, path, notebook});
  }
  const names = new Set<string>();
  for (const [i, entry] of traffic.entries()) {
    const path = ['traffic', i];
    if (names.has(entry.name)) {
      notebook.error([...path, 'name'], `a second entry called ${show(entry.name)}`);
    }
    names.add(entry.name);
    checkSource(entry, path, notebook);
    const to = {services, path: [...path, 'to'], notebook};
    if (httpAddress(entry.to) === undefined) checkService(entry.to, to);
    else checkAddress(entry, fronts, to);
  }
  checkApplications(parts, services, notebook);
}

function checkApplications(
  {applications, templates}: Parts,
  services: CalledServices,
  notebook: Notebook,
): void {
  const pods = templates.map(programPod);
  for (const {entry, place} of applications) {
    const inside = (path: Path) => ('file' in place ? place : [...place, ...path]);
    for (const {call, path} of callsOf(entry)) {
      checkService(call.to, {services, path: inside(['calls', ...path]), notebook});
    }
    for (const [i, step] of (entry.calls ?? []).entries()) {
      if (sidesOf(step).filter(side => 'sleep' in side).length < 2) continue;
      notebook.complain(inside(['calls', i]), 'more than one sleep side by side', 'error');
    }
    if (pods.length === 0 || pods.some(pod => isMeant(entry, pod))) continue;
    notebook.complain(place, 'there is no pod that this says anything of', 'warning');
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

function checkAddress(
  {to, from}: TrafficEntry,
  {frontOf}: IngressFronts,
  {path, notebook}: Wanted & {path: Path},
): void {
  const front = frontOf(to);
  if (from !== 'outside') notebook.error(path, 'only callers from outside call an address of HTTP');
  else if (front === undefined) {
    notebook.error(path, 'no ingress controller; name its Service in cluster.network.ingress');
  } else if (front.service === undefined) notebook.warn(path, `no Ingress serves ${show(to)}`);
}

function servicesIn(objects: readonly ManifestObject[]): CalledServices {
  return new Map(
    objects.flatMap(({value}) =>
      value.type === 'service' ? [[serviceName(value.service), value.service]] : [],
    ),
  );
}

function checkSource(entry: TrafficEntry, path: Path, notebook: Notebook): void {
  for (const key of ['via', 'source'] as const) {
    if (entry[key] === undefined || entry.from === 'outside') continue;
    notebook.error([...path, key], 'only of callers from outside');
  }
  const sources = sourceKeys.filter(key => entry[key] !== undefined);
  if (sources.length === 1) {
    const mistake = openSourceOf(entry)?.mistake?.(entry);
    if (mistake !== undefined) notebook.error([...path, sources[0]], mistake);
    return;
  }
  const got = sources.length === 0 ? 'none' : sources.join(' and ');
  const known = `${sourceKeys.slice(0, -1).join(', ')} and ${sourceKeys.at(-1)}`;
  notebook.error(path, `expected one of ${known}, got ${got}`);
}

type Wanted = {
  readonly services: CalledServices;
  readonly path: Path | {readonly file: string; readonly line: number};
  readonly notebook: Notebook;
};

function checkService(to: string, {services, path, notebook}: Wanted): void {
  const {namespace, name, port} = calledService(to);
  const service = services.get(`${namespace}/${name}`);
  if (service === undefined) {
    const all = [...services.values()];
    const known = all.filter(each => each.namespace === namespace).map(each => each.name);
    const elsewhere = all.find(each => each.name === name);
    const hint = elsewhere ? `; there is ${serviceName(elsewhere)}` : didYouMean(name, known);
    const where = namespace === 'default' ? '' : ` in namespace ${namespace}`;
    notebook.complain(path, `no Service ${show(name)}${where}${hint}`, 'error');
    return;
  }
  if (port === undefined || service.headless) return;
  if (service.ports.some(each => each.name === port || String(each.port) === port)) return;
  const known = service.ports.map(each => each.port).join(', ');
  const message = `Service ${show(name)} has no port ${show(port)}; known: ${known}`;
  notebook.complain(path, message, 'error');
}
