// The scenario of an oracle about requests, as a user would write it: programs that answer, each a
// Deployment behind a Service, and traffic to them, in a cluster in which nothing else takes time.
// The theory's unit of time is a second.

import {stringify} from 'yaml';
import type {Law} from '../../src/options/distribution.ts';

export const exponential = (mean: number): Law => ({law: 'exponential', mean});
export const constant = (value: number): Law => ({law: 'constant', value});

export type Program = {
  readonly name: string;
  readonly pods?: number;
  /** In units. */
  readonly takes?: Law;
  readonly workers?: number;
  readonly sharing?: number;
  readonly queue?: number;
  readonly errors?: number;
  readonly calls?: readonly object[];
  /** So many more pods behind the same Service, all of whose answers are errors. */
  readonly broken?: number;
  /** Clients choose among its pods. */
  readonly headless?: boolean;
  /** Pods of each zone, in place of `pods`. */
  readonly podsOfZones?: readonly number[];
  readonly trafficDistribution?: string;
  /** More of its Service. */
  readonly service?: object;
};

export type Caller = {
  readonly name: string;
  readonly to: string;
  readonly from?: string;
  /** Requests a unit, or the time between two. */
  readonly rate?: number;
  readonly every?: number;
  readonly users?: number;
  readonly think?: Law;
  readonly takes?: Law;
  readonly more?: object;
};

export type TrafficScenario = {
  readonly question: string;
  readonly proxy?: object;
  readonly loadBalancers?: object;
  readonly zones?: number;
  readonly programs: readonly Program[];
  readonly callers: readonly Caller[];
};

export type Running = {readonly seed: number; readonly units: number};

/** Until then all pods are there. */
export function startsAfter({programs}: TrafficScenario): number {
  const pods = programs.reduce((sum, program) => sum + podCount(program), 0);
  // No look at whole seconds meets requests that come and go in step.
  return 60.5 + Math.ceil(pods / 10);
}

export function trafficScenarioText(scenario: TrafficScenario, {seed, units}: Running): string {
  const {question, programs, callers, zones = 1, proxy, loadBalancers} = scenario;
  const pods = programs.reduce((sum, program) => sum + podCount(program), callers.length);
  const allocatable = {cpu: 1000, memory: '1Ti', pods: pods + 20};
  const whole = {
    apiVersion: 'orrery/v1',
    kind: 'Scenario',
    seed,
    question,
    duration: seconds(startsAfter(scenario) + units),
    cluster: {
      nodes: Array.from({length: zones}, (_, zone) => ({
        ...{name: zoneName(zone), count: 1, zones: [zoneName(zone)], allocatable},
      })),
      controlPlane: {latency: 'none'},
      kubelet: {lifecycle: 'simple', podStart: '0s', boot: '0s'},
      // A node has addresses for all its pods.
      network: {
        nodeCIDRMask: 18,
        latency: 'none',
        ...(loadBalancers !== undefined && {loadBalancers}),
        proxy: {...proxy, minSync: '0s', syncTakes: '0s'},
      },
    },
    scheduler: {cost: {base: '0s', perNodeFiltered: '0s', perNodeScored: '0s'}},
    applications: programs.flatMap(applicationsOf),
    traffic: callers.map(caller => entryOf(caller, scenario)),
    results: {pods: false, events: false},
  };
  const places = callers.flatMap(({from}, zone) =>
    from === undefined ? [] : [deployment({name: from, app: from, pods: 1, zone})],
  );
  const objects = [...programs.flatMap(objectsOf), ...places];
  return [whole, ...objects]
    .map(each => stringify(each, {aliasDuplicateObjects: false}))
    .join('---\n');
}

function podCount({pods = 1, broken = 0, podsOfZones}: Program): number {
  return (podsOfZones?.reduce((sum, count) => sum + count, 0) ?? pods) + broken;
}

function applicationsOf(program: Program): object[] {
  const {name, takes, workers, sharing, queue, errors, calls, broken = 0} = program;
  const own = {
    selector: `app=${name}`,
    ...(takes !== undefined && {takes: written(takes)}),
    ...{workers, sharing, queue, errors, calls},
  };
  const wrong = {selector: `deployment=${name}-broken`, errors: 1};
  return [...(broken > 0 ? [wrong] : []), defined(own)];
}

function entryOf(
  {name, to, from, rate, every, users, think, takes, more}: Caller,
  all: TrafficScenario,
) {
  return defined({
    ...{name, to, from: from === undefined ? 'nodes' : `deployment/${from}`},
    ...{starts: seconds(startsAfter(all)), rate: rate && `${decimal(rate)}/s`},
    ...{every: every && seconds(every), users},
    think: think && written(think),
    takes: takes && written(takes),
    ...more,
  });
}

function objectsOf(program: Program): object[] {
  const {name, pods = 1, broken = 0, headless, podsOfZones, trafficDistribution} = program;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name},
    spec: defined({
      ...{selector: {app: name}, ports: [{port: 80}], trafficDistribution},
      clusterIP: headless ? 'None' : undefined,
      ...program.service,
    }),
  };
  const deployments =
    podsOfZones === undefined
      ? [deployment({name, app: name, pods})]
      : podsOfZones.map((count, zone) =>
          deployment({name: `${name}-${zoneName(zone)}`, app: name, pods: count, zone}),
        );
  const wrong = deployment({name: `${name}-broken`, app: name, pods: broken});
  return [service, ...deployments, ...(broken > 0 ? [wrong] : [])];
}

type Replicas = {
  readonly name: string;
  readonly app: string;
  readonly pods: number;
  readonly zone?: number;
};

function deployment({name, app, pods, zone}: Replicas): object {
  const nodeSelector =
    zone === undefined ? undefined : {'topology.kubernetes.io/zone': zoneName(zone)};
  const labels = {app, deployment: name};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name},
    spec: {
      replicas: pods,
      selector: {matchLabels: {deployment: name}},
      template: {
        metadata: {labels},
        spec: defined({nodeSelector, containers: [{name: 'main', image: 'app:1'}]}),
      },
    },
  };
}

/** As a scenario writes a law over times. */
function written(law: Law): string | object {
  switch (law.law) {
    case 'constant':
      return seconds(law.value);
    case 'exponential':
      return {exponential: {mean: seconds(law.mean)}};
    case 'gamma':
      return {gamma: {shape: law.shape, scale: seconds(law.scale)}};
    case 'pareto':
      return {
        pareto: defined({
          ...{shape: law.shape, scale: seconds(law.scale)},
          max: law.max === undefined ? undefined : seconds(law.max),
        }),
      };
    default:
      throw new Error(`no oracle needs ${law.law}`);
  }
}

export const seconds = (units: number): string => `${decimal(units)}s`;

/** Numbers as durations may be written: without an exponent. */
function decimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}

const zoneName = (zone: number): string => `zone-${'abcdefghij'[zone]}`;

function defined<Fields extends object>(fields: Fields): Partial<Fields> {
  const some = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(some) as Partial<Fields>;
}
