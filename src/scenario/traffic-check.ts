// What `traffic` and `applications` say of one another and of the cluster's objects: Services that
// exist, sources that are one, calls that come to an end.

import type {ManifestObject} from '../manifests/manifest.ts';
import {httpAddress} from '../network/ingress/http-address.ts';
import {frontService, type IngressController} from '../network/ingress/ingress-options.ts';
import type {ApplicationEntry, CallEntry} from '../network/traffic/application-options.ts';
import {isMeant} from '../network/traffic/applications.ts';
import {calledService, type TrafficEntry} from '../network/traffic/traffic-options.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {serviceName} from '../objects/service-object.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {type IngressFronts, ingressFronts} from './ingress-fronts.ts';
import type {Notebook} from './notebook.ts';

type Path = (string | number)[];

type Sections = {
  readonly traffic?: readonly TrafficEntry[] | undefined;
  readonly applications?: readonly ApplicationEntry[] | undefined;
  readonly cluster?:
    | {readonly network: {readonly ingress: readonly IngressController[]}}
    | undefined;
};

/** `objects`: of any time. */
export function checkTraffic(
  {traffic = [], applications = [], cluster}: Sections,
  objects: readonly ManifestObject[],
  notebook: Notebook,
): void {
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
  for (const [i, entry] of applications.entries()) {
    for (const {call, path} of callsOf(entry)) {
      checkService(call.to, {services, path: ['applications', i, 'calls', ...path], notebook});
    }
  }
  checkCycles(applications, {objects, services}, notebook);
}

function checkAddress(
  {to, from}: TrafficEntry,
  {frontOf}: IngressFronts,
  {path, notebook}: Wanted,
): void {
  const front = frontOf(to);
  if (from !== 'outside') notebook.error(path, 'only callers from outside call an address of HTTP');
  else if (front === undefined) {
    notebook.error(path, 'no ingress controller; name its Service in cluster.network.ingress');
  } else if (front.service === undefined) notebook.warn(path, `no Ingress serves ${show(to)}`);
}

type Services = ReadonlyMap<string, Extract<ManifestObject['value'], {type: 'service'}>['service']>;

function servicesIn(objects: readonly ManifestObject[]): Services {
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
  const sources = (['rate', 'every', 'gaps', 'users'] as const).filter(
    key => entry[key] !== undefined,
  );
  if (sources.length === 1) return;
  const got = sources.length === 0 ? 'none' : sources.join(' and ');
  notebook.error(path, `expected one of rate, every, gaps and users, got ${got}`);
}

type Wanted = {readonly services: Services; readonly path: Path; readonly notebook: Notebook};

function checkService(to: string, {services, path, notebook}: Wanted): void {
  const {namespace, name, port} = calledService(to);
  const service = services.get(`${namespace}/${name}`);
  if (service === undefined) {
    const known = [...services.values()].map(each => each.name);
    const where = namespace === 'default' ? '' : ` in namespace ${namespace}`;
    notebook.error(path, `no Service ${show(name)}${where}${didYouMean(name, known)}`);
    return;
  }
  if (port === undefined || service.headless) return;
  if (service.ports.some(each => each.name === port || String(each.port) === port)) return;
  const known = service.ports.map(each => each.port).join(', ');
  notebook.error(path, `Service ${show(name)} has no port ${show(port)}; known: ${known}`);
}

function callsOf({calls = []}: ApplicationEntry): {call: CallEntry; path: Path}[] {
  return calls.flatMap((step, i) =>
    'parallel' in step
      ? step.parallel.map((call, j) => ({call, path: [i, 'parallel', j, 'to']}))
      : [{call: step, path: [i, 'to']}],
  );
}

/** A request that calls whoever called it would never end. */
function checkCycles(
  applications: readonly ApplicationEntry[],
  objects: {readonly objects: readonly ManifestObject[]; readonly services: Services},
  notebook: Notebook,
): void {
  const behind = programsBehind(applications, objects);
  const ended = new Set<ApplicationEntry>();
  const above: ApplicationEntry[] = [];
  const cycleFrom = (entry: ApplicationEntry, way: readonly string[]): string | undefined => {
    if (above.includes(entry)) return way.join(' → ');
    if (ended.has(entry)) return undefined;
    above.push(entry);
    for (const {call} of callsOf(entry)) {
      for (const next of behind(call.to)) {
        const cycle = cycleFrom(next, [...way, call.to]);
        if (cycle !== undefined) return cycle;
      }
    }
    above.pop();
    ended.add(entry);
    return undefined;
  };
  for (const [i, entry] of applications.entries()) {
    const cycle = cycleFrom(entry, []);
    if (cycle === undefined) continue;
    notebook.error(['applications', i, 'calls'], `calls that never end: ${cycle}`);
    return;
  }
}

/** Entries with calls that say something of the pods behind a Service. */
function programsBehind(
  applications: readonly ApplicationEntry[],
  {objects, services}: {readonly objects: readonly ManifestObject[]; readonly services: Services},
): (to: string) => readonly ApplicationEntry[] {
  const templates = objects.flatMap(templatesOf);
  return to => {
    const {namespace, name} = calledService(to);
    const wanted = services.get(`${namespace}/${name}`)?.selector;
    if (wanted === undefined) return [];
    const pods = templates.filter(({labels}) =>
      [...wanted].every(([key, value]) => labels.get(key) === value),
    );
    return applications.filter(
      entry => entry.calls !== undefined && pods.some(({labels}) => isMeant(entry, labels)),
    );
  };
}

function templatesOf({value}: ManifestObject): PodTemplate[] {
  if (value.type === 'pod') return [value.template];
  return value.type === 'workload' ? [value.workload.template] : [];
}
