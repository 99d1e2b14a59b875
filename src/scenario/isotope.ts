// A service graph of isotope as what a cluster holds, a Deployment and a Service of port 8080 for
// each of its services, and as what their programs do. `path`: where it stands in the file.

import {
  type ApplicationEntry,
  applications,
  type SideEntry,
  type StepEntry,
} from '../network/traffic/application-options.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {IsotopeCommand, IsotopeGraph} from './isotope-schema.ts';
import type {Path} from './yaml-document.ts';

export type GraphService = {
  readonly path: Path;
  readonly objects: readonly object[];
  readonly application: ApplicationEntry;
};

type Wrong = (path: Path, message: string) => void;

export function isotopeServices(graph: IsotopeGraph, wrong: Wrong): GraphService[] {
  const usual = {...graph.default, ...graph.defaults};
  const namespaces = new Map(graph.services.map(({name, namespace}) => [name, namespace]));
  return graph.services.map((service, i) => {
    const {name, namespace, numReplicas = usual.numReplicas ?? 1} = service;
    const path = ['services', i];
    const to = (called: string, at: Path): string | undefined => {
      const where = namespaces.get(called);
      if (where !== undefined) return `${where}/${called}`;
      const hint = didYouMean(called, [...namespaces.keys()]);
      return void wrong([...path, ...at], `no service ${show(called)}${hint}`);
    };
    const request = service.requestSize ?? usual.requestSize ?? 0;
    const script = service.script ?? usual.script ?? [];
    return {
      path,
      objects: objectsOf(name, namespace, numReplicas),
      application: {
        namespace,
        selector: [{key: 'app', operator: 'In', values: [name]}],
        errors: service.errorRate ?? usual.errorRate,
        answer: service.responseSize ?? usual.responseSize,
        calls: script.flatMap((step, place): StepEntry[] => {
          const at = ['script', place];
          if (!Array.isArray(step)) return sidesOf(step, {at, request, to});
          const sides = step.flatMap((one, j) => sidesOf(one, {at: [...at, j], request, to}));
          return sides.length === 0 ? [] : [{parallel: withOneSleep(sides)}];
        }),
      },
    };
  });
}

type Around = {
  readonly at: Path;
  readonly request: number;
  readonly to: (called: string, at: Path) => string | undefined;
};

/** As an entry of `applications` says the same; none where nobody is called. */
function sidesOf(command: IsotopeCommand, {at, request, to}: Around): SideEntry[] {
  if ('sleep' in command) return [{sleep: constant(command.sleep)}];
  const {call} = command;
  const {
    service,
    size,
    payloadSize,
    probability = 100,
  } = typeof call === 'string' ? {service: call} : call;
  const called = to(service, [...at, 'call']);
  if (called === undefined) return [];
  const bytes = size ?? payloadSize ?? request;
  const said = {to: called, chance: probability / 100, request: bytes};
  const [{calls = []}] = applications.parse([{calls: [said]}]);
  return calls as SideEntry[];
}

const constant = (value: number) => ({law: 'constant', measure: 'duration', value}) as const;

/** Sleeps side by side are as long as the longest. */
function withOneSleep(sides: readonly SideEntry[]): SideEntry[] {
  const sleeps = sides.flatMap(side =>
    'sleep' in side && side.sleep.law === 'constant' ? [side.sleep.value] : [],
  );
  const calls = sides.filter(side => !('sleep' in side));
  return sleeps.length === 0 ? calls : [...calls, {sleep: constant(Math.max(...sleeps))}];
}

function objectsOf(name: string, namespace: string, replicas: number): object[] {
  const metadata = {name, namespace, labels: {app: name}};
  const container = {
    name: 'mock-service',
    image: 'tahler/isotope-service:1',
    ports: [{containerPort: 8080}],
  };
  return [
    {
      ...{apiVersion: 'v1', kind: 'Service', metadata},
      spec: {selector: {app: name}, ports: [{name: 'http-web', port: 8080}]},
    },
    {
      ...{apiVersion: 'apps/v1', kind: 'Deployment', metadata},
      spec: {
        replicas,
        selector: {matchLabels: {app: name}},
        template: {metadata: {labels: {app: name}}, spec: {containers: [container]}},
      },
    },
  ];
}
