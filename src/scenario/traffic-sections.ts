// What a scenario says of traffic, made whole: traces are read, Services have their namespaces, and
// programs that pods and service graphs describe themselves join those of the scenario. Of those
// that fit a pod its annotations come first, then the scenario's own, then the graph's.

import {httpAddress} from '../network/ingress/http-address.ts';
import type {ApplicationEntry, SideEntry} from '../network/traffic/application-options.ts';
import type {TrafficEntry} from '../network/traffic/traffic-options.ts';
import {annotatedApplications} from './annotated-applications.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';
import type {PlacedApplication} from './placed-application.ts';
import type {Scenario} from './schema.ts';
import type {Source} from './source.ts';
import {readTraces} from './traffic-files.ts';

export type TrafficSections = {
  readonly traffic: readonly TrafficEntry[];
  readonly applications: readonly PlacedApplication[];
};

type Others = {
  readonly templates: readonly TemplateAt[];
  /** Of a service graph. */
  readonly graph: readonly PlacedApplication[];
};

export function trafficSections(
  {traffic = [], applications = [], duration}: Partial<Scenario>,
  {templates, graph}: Others,
  source: Source,
): TrafficSections {
  const own = applications.map((entry, i) => ({entry, place: ['applications', i]}));
  const all = [...annotatedApplications(templates, source.notebook), ...own, ...graph];
  return {
    traffic: readTraces(traffic, duration, source).map(entry => {
      return {...entry, to: qualified(entry.to, entry.namespace)};
    }),
    applications: all.map(({entry, place}) => ({entry: withNamespace(entry), place})),
  };
}

function withNamespace(entry: ApplicationEntry): ApplicationEntry {
  const {calls, namespace} = entry;
  if (calls === undefined || namespace === undefined) return entry;
  const side = (one: SideEntry): SideEntry =>
    'sleep' in one ? one : {...one, to: qualified(one.to, namespace)};
  return {
    ...entry,
    calls: calls.map(step =>
      'parallel' in step ? {parallel: step.parallel.map(side)} : side(step),
    ),
  };
}

function qualified(to: string, namespace: string): string {
  const whole = namespace === 'default' || to.includes('/') || httpAddress(to) !== undefined;
  return whole ? to : `${namespace}/${to}`;
}
