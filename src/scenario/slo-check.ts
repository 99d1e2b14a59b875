// Whether requests that an objective is about can ever be sent: a Service that there is, a caller
// that there is, and who calls what.

import type {Slo} from '../metrics/slos.ts';
import {frontService} from '../network/ingress/ingress-options.ts';
import {applicationNames} from '../network/traffic/applications.ts';
import {calledService} from '../network/traffic/traffic-options.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {callsOf} from './call-graph.ts';
import type {IngressFronts} from './ingress-fronts.ts';
import {type KnownServices, serviceMistake} from './known-services.ts';
import type {Notebook} from './notebook.ts';
import type {TrafficParts} from './traffic-check.ts';

type Called = {readonly services: KnownServices; readonly fronts: IngressFronts};

export function checkSlos(parts: TrafficParts, called: Called, notebook: Notebook): void {
  const slos = parts.sections.slos ?? [];
  if (slos.length === 0) return;
  const calls = callsEver(parts, called.fronts);
  const callers = new Set(calls.map(({caller}) => caller));
  for (const [i, slo] of slos.entries()) {
    const {service, from} = slo;
    const name = service && `${service.namespace}/${service.name}`;
    const mistake = name && serviceMistake(name, called.services);
    if (mistake !== undefined) notebook.error(['slos', i, 'service'], mistake);
    const isUnknown = from !== undefined && !callers.has(from);
    if (isUnknown) notebook.error(['slos', i, 'from'], noCaller(from, callers));
    if (mistake !== undefined || isUnknown || calls.some(call => isAbout(slo, name, call))) {
      continue;
    }
    const who = from === undefined ? 'nobody calls' : `${show(from)} does not call`;
    notebook.warn(['slos', i], `${who} ${name === undefined ? 'anything' : show(name)}`);
  }
}

/** As records of requests are called: who, and the full name of whom. */
type Call = {readonly caller: string; readonly service: string};

function isAbout({from}: Slo, service: string | undefined, call: Call): boolean {
  if (from !== undefined && from !== call.caller) return false;
  return service === undefined || service === call.service;
}

function noCaller(from: string, callers: ReadonlySet<string>): string {
  const known = [...callers].join(', ');
  const hint = didYouMean(from, callers) || (known === '' ? '' : `; known: ${known}`);
  return `no caller ${show(from)}${hint}`;
}

function callsEver({traffic, applications}: TrafficParts, fronts: IngressFronts): Call[] {
  const names = applicationNames(applications.map(({entry}) => entry));
  const nested = applications.flatMap(({entry}, i) =>
    callsOf(entry).map(({call}) => ({caller: names[i], service: fullName(call.to)})),
  );
  const first = traffic.flatMap(({name, to}): Call[] => {
    const front = fronts.frontOf(to);
    if (front === undefined) return [{caller: name, service: fullName(to)}];
    const service = frontService(fronts.controllers[front.controller]);
    const caller = service.slice(service.indexOf('/') + 1);
    const behind = front.service === undefined ? [] : [{caller, service: front.service}];
    return [{caller: name, service}, ...behind];
  });
  return [...first, ...nested];
}

function fullName(to: string): string {
  const {namespace, name} = calledService(to);
  return `${namespace}/${name}`;
}
