// Who calls which Service because a program says so: the pods of each workload, weighed by how
// often they do, which follows from what the traffic asks and what each request asks of others.

import type {StatedClient} from '../machines/stated-clients.ts';
import type {ManifestObject} from '../manifests/manifest.ts';
import type {ApplicationEntry, CallEntry} from '../network/traffic/application-options.ts';
import {isMeant} from '../network/traffic/applications.ts';
import {calledService} from '../network/traffic/traffic-options.ts';
import type {PodsWanted} from '../objects/pod-targets.ts';
import {allPodsOf} from '../options/pod-target.ts';
import {callsOf, hasLabels, programPod} from './call-graph.ts';
import {type KnownServices, servicesIn} from './known-services.ts';

/** Pods of one template that somebody writes, and what each request there asks of others. */
type Program = {
  readonly pods: PodsWanted;
  readonly replicas: number;
  readonly calls: readonly CallEntry[];
};

export type Calls = {
  readonly applications: readonly ApplicationEntry[];
  readonly manifests: readonly ManifestObject[];
};

/** Of Services that calls of the `outer` clients lead to. Calls are known to come to an end. */
export function innerClients(
  outer: readonly StatedClient[],
  {applications, manifests}: Calls,
): StatedClient[] {
  if (applications.every(({calls}) => calls === undefined)) return [];
  const behind = programsBehind(applications, manifests);
  const rates = new Map<string, number>();
  for (const {service, weight} of outer) add(rates, service, weight);
  const clients = new Map<string, StatedClient>();
  for (const service of callersFirst([...rates.keys()], behind)) {
    const programs = behind(service);
    const all = programs.reduce((sum, {replicas}) => sum + replicas, 0);
    for (const {pods, replicas, calls} of programs) {
      const rate = ((rates.get(service) ?? 0) * replicas) / all;
      for (const call of calls) {
        const client = clientOf(call, pods, rate);
        const {service, weight} = client;
        if (weight === 0) continue;
        add(rates, service, weight);
        const key = `${call.to} ${JSON.stringify(pods)}`;
        const before = clients.get(key)?.weight ?? 0;
        clients.set(key, {...client, weight: before + weight});
      }
    }
  }
  return [...clients.values()];
}

function clientOf({to, chance, times}: CallEntry, from: PodsWanted, rate: number): StatedClient {
  const {namespace, name, port} = calledService(to);
  return {service: `${namespace}/${name}`, port, from, weight: rate * chance * times};
}

function add(rates: Map<string, number>, service: string, rate: number): void {
  rates.set(service, (rates.get(service) ?? 0) + rate);
}

/** Every Service that is called, after all whose pods call it. */
function callersFirst(
  called: readonly string[],
  behind: (service: string) => readonly Program[],
): string[] {
  const seen = new Set<string>();
  const calleesFirst: string[] = [];
  const visit = (service: string): void => {
    if (seen.has(service)) return;
    seen.add(service);
    for (const {calls} of behind(service)) {
      for (const {to} of calls) {
        const {namespace, name} = calledService(to);
        visit(`${namespace}/${name}`);
      }
    }
    calleesFirst.push(service);
  };
  for (const service of called) visit(service);
  return calleesFirst.reverse();
}

function programsBehind(
  applications: readonly ApplicationEntry[],
  manifests: readonly ManifestObject[],
): (service: string) => readonly Program[] {
  const services: KnownServices = servicesIn(manifests);
  const calling = applications.filter(({calls}) => calls !== undefined);
  const written = manifests.flatMap(object => {
    const template = templateOf(object);
    if (template === undefined) return [];
    const entry = calling.find(each => isMeant(each, programPod({template, place: object})));
    const calls = entry === undefined ? [] : callsOf(entry).map(({call}) => call);
    return [{template, program: {pods: podsOf(object), replicas: replicasOf(object), calls}}];
  });
  const known = new Map<string, readonly Program[]>();
  return service => {
    const before = known.get(service);
    if (before !== undefined) return before;
    const {selector, namespace} = services.get(service) ?? {};
    const found = written
      .filter(({template}) => template.namespace === namespace)
      .filter(({template}) => hasLabels(template.labels, selector))
      .map(({program}) => program);
    known.set(service, found);
    return found;
  };
}

function templateOf({value}: ManifestObject) {
  if (value.type === 'pod') return value.template;
  return value.type === 'workload' ? value.workload.template : undefined;
}

function podsOf({kind, name, namespace = 'default', value}: ManifestObject): PodsWanted {
  const target = value.type === 'pod' ? ({type: 'one', name} as const) : allPodsOf({kind, name});
  return {target, namespace};
}

/** As it is written; of a DaemonSet, whose number nobody writes, one. */
function replicasOf({value}: ManifestObject): number {
  return value.type === 'workload' ? Math.max(value.workload.replicas ?? 1, 1) : 1;
}
