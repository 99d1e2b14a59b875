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
  /** So many more pods behind the same Service that are dead, and nobody has noticed. */
  readonly dead?: number;
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
  const mortal = programs.some(({dead = 0}) => dead > 0);
  const allocatable = {cpu: 1000, memory: '1Ti', pods: pods + 20};
  const whole = {
    apiVersion: 'orrery/v1',
    kind: 'Scenario',
    seed,
    question,
    duration: seconds(startsAfter(scenario) + units),
    cluster: {
      nodes: Array.from({length: zones}, (_, zone) => zoneName(zone))
        .concat(mortal ? deadNodes : [])
        .map(zone => ({name: zone, count: 1, zones: [zone], allocatable})),
      controlPlane: {latency: 'none'},
      controllerManager: {nodeMonitorGracePeriod: '1000000h'},
      // Only kubelets in detail know of containers that end.
      kubelet: {lifecycle: mortal ? 'detailed' : 'simple', podStart: '0s', boot: '0s'},
      // A node has addresses for all its pods.
      network: {
        nodeCIDRMask: 18,
        latency: 'none',
        ...(loadBalancers !== undefined && {loadBalancers}),
        proxy: {...proxy, minSync: '0s', syncTakes: '0s'},
      },
    },
    scheduler: {cost: {base: '0s', perNodeFiltered: '0s', perNodeScored: '0s'}},
    applications: programs.map(applicationOf),
    traffic: callers.map(caller => entryOf(caller, scenario)),
    faults: programs.flatMap(program => deathsOf(program, startsAfter(scenario) - 10)),
    results: {pods: false, events: false},
  };
  const places = callers.flatMap(({from}, zone) =>
    from === undefined ? [] : [deployment({name: from, app: from, pods: 1, zone: zoneName(zone)})],
  );
  const objects = [...programs.flatMap(objectsOf), ...places];
  return [whole, ...objects]
    .map(each => stringify(each, {aliasDuplicateObjects: false}))
    .join('---\n');
}

function podCount({pods = 1, dead = 0, podsOfZones}: Program): number {
  return (podsOfZones?.reduce((sum, count) => sum + count, 0) ?? pods) + dead;
}

/** Of dead pods one half refuses, on the first of these nodes, and the other is silent. */
const deadNodes = ['refusing', 'silent'];

function deathsOf({name, dead = 0}: Program, time: number): object[] {
  if (dead === 0) return [];
  const [refusing, silent] = deadNodes.map(node => `${node}-0`);
  const at = seconds(time);
  return [
    {kind: 'kubelet-stop', node: refusing, at},
    {kind: 'container-crash', pod: `deployment/${name}-${deadNodes[0]}`, at: seconds(time + 1)},
    {kind: 'node-crash', node: silent, at},
  ];
}

function applicationOf(program: Program): object {
  const {name, takes, workers, sharing, queue, errors, calls} = program;
  return defined({
    selector: `app=${name}`,
    ...(takes !== undefined && {takes: written(takes)}),
    ...{workers, sharing, queue, errors, calls},
  });
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
  const {name, pods = 1, dead = 0, headless, podsOfZones, trafficDistribution} = program;
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
      ? [deployment({name, app: name, pods, zone: dead > 0 ? zoneName(0) : undefined})]
      : podsOfZones.map((count, zone) =>
          deployment({
            name: `${name}-${zoneName(zone)}`,
            app: name,
            pods: count,
            zone: zoneName(zone),
          }),
        );
  const dying = deadNodes.map((zone, i) =>
    deployment({name: `${name}-${zone}`, app: name, pods: (dead + 1 - i) >> 1, zone}),
  );
  return [service, ...deployments, ...(dead > 0 ? dying : [])];
}

type Replicas = {
  readonly name: string;
  readonly app: string;
  readonly pods: number;
  readonly zone: string | undefined;
};

function deployment({name, app, pods, zone}: Replicas): object {
  const nodeSelector = zone === undefined ? undefined : {'topology.kubernetes.io/zone': zone};
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
