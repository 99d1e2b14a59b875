// Who calls whom, as a scenario says it: callings with their destinations, the programs that answer
// and what they ask of others, and the sources that send.

import {hours, minutes} from '../../engine/time.ts';
import type {Caller} from '../destination.ts';
import type {Reached} from '../outside.ts';
import type {CallSteps} from './application.ts';
import {
  type ApplicationEntry,
  type SideEntry,
  type StepEntry,
  sidesOf,
} from './application-options.ts';
import {Applications} from './applications.ts';
import {Callers} from './callers.ts';
import {type CallingId, type CallingOptions, callingDefaults} from './calling.ts';
import {DataPlane} from './data-plane.ts';
import type {SenderOptions} from './sender.ts';
import {Destinations, type NetworkOfServices} from './service-destination.ts';
import {openSourceOf} from './sources/index.ts';
import {SourceClock} from './sources/source-clock.ts';
import {Users} from './sources/users.ts';
import {type CallingEntry, callersOf, type TrafficEntry} from './traffic-options.ts';

export type TrafficParts = Omit<SenderOptions, 'applicationOf'> & {
  readonly services: (plane: () => DataPlane) => NetworkOfServices;
  readonly traffic: readonly TrafficEntry[];
  readonly applications: readonly ApplicationEntry[];
  /** What the clocks show at time zero, in seconds since 1970. */
  readonly startTime: number;
};

export function startTraffic(parts: TrafficParts): DataPlane {
  const {simulation, traffic} = parts;
  let applications: Applications | undefined;
  const plane: DataPlane = new DataPlane({
    ...parts,
    applicationOf: pod => {
      if (applications === undefined) throw new Error('a request comes before the programs');
      return applications.of(pod);
    },
  });
  const destinations = new Destinations(parts.services(() => plane));
  const started = traffic.map(entry => {
    const users = entry.users === undefined ? undefined : new Users(simulation, entry);
    const over = users && ((caller: Caller) => users.answered(caller));
    const options = {...optionsOf(entry), takes: entry.takes, over};
    const destination = destinationOf(entry, options, {destinations, plane});
    const calling = plane.addCalling({...options, ...destination});
    return {entry, users, calling};
  });
  const callsOf = (steps: readonly StepEntry[], caller: string) =>
    stepsOf(steps, (call, place) => {
      if ('sleep' in call) return {name: `${caller}/${place}`, sleep: call.sleep};
      const name = `${caller}/${place}>${call.to}`;
      const calling = plane.addCalling({
        ...optionsOf(call),
        ...destinations.of(call, {name, caller, nested: true}),
        optional: call.optional,
      });
      return {calling, chance: call.chance, times: call.times};
    });
  const asked = traffic.some(({takes}) => takes !== undefined);
  applications = new Applications(parts.applications, callsOf, asked);
  const clock = new SourceClock(simulation);
  for (const each of started) startSource({...parts, plane, clock}, each);
  simulation.part('network.traffic-destinations', destinations);
  return plane;
}

type Callable = Omit<CallingOptions, 'name' | 'labels' | 'destination'>;

function destinationOf(
  entry: TrafficEntry,
  options: Callable,
  {destinations, plane}: {destinations: Destinations; plane: DataPlane},
): Partial<CallingOptions> & Pick<CallingOptions, 'name' | 'labels' | 'destination'> {
  const {name, from} = entry;
  if (from !== 'outside') return destinations.of(entry, {name, caller: name, nested: false});
  return reachedOptions(entry, options, {reached: destinations.fromOutside(entry), plane});
}

/** Of an address of HTTP, with what the controller's pods and redirected callers call after it. */
function reachedOptions(
  entry: TrafficEntry,
  options: Callable,
  {reached, plane}: {reached: ReachedOnce; plane: DataPlane},
): Partial<CallingOptions> & Pick<CallingOptions, 'name' | 'labels' | 'destination'> {
  const {destination, service, upstream, handshakes, redirected: next} = reached;
  const {name} = entry;
  const simple = {name, destination, handshakes, labels: labelsOf(service, name, false)};
  if (upstream === undefined) return simple;
  const proxied = upstreamOptions(entry, options, upstream);
  const calling = plane.addCalling(next === undefined ? proxied : plainly(proxied));
  const forwards = [[{calling, chance: 1, times: 1}]];
  const forwarded = {...simple, takes: undefined, forwards};
  if (next === undefined) return forwarded;
  const again = {...entry, name: `${name}>redirected`};
  const secure = reachedOptions(again, options, {reached: next, plane});
  const labels = labelsOf(service, name, true);
  const redirected = plane.addCalling({...options, over: undefined, ...secure, labels});
  return {...forwarded, redirected};
}

/** What a controller sends on for those who are not redirected is told apart. */
function plainly({labels, ...options}: CallingOptions): CallingOptions {
  return {...options, labels: {...labels, caller: `${labels.caller}:http`}};
}

type ReachedOnce = Omit<Reached, 'redirected'> & Partial<Pick<Reached, 'redirected'>>;

type Upstream = NonNullable<Reached['upstream']>;

/** How a pod of an ingress controller calls on behalf of somebody outside. */
function upstreamOptions(
  {name, idempotent}: TrafficEntry,
  {takes, requestBytes}: Callable,
  {way, controller, settings, service}: Upstream,
): CallingOptions {
  const {service: front} = controller;
  const {connectTimeout = controller.connectTimeout, tries = controller.tries} = settings;
  const timeout = settings.readTimeout ?? controller.readTimeout;
  const backOff = {base: 0, factor: 1, most: 0, jitter: 0};
  const {triesAfter = idempotent ? 'connection' : 'unsent'} = settings;
  const after = triesAfter === 'any' ? undefined : triesAfter;
  const again = {tries, backOff, budget: undefined, others: true};
  return {
    ...callingDefaults,
    ...{name: `${name}>upstream`, destination: way, takes, requestBytes, connectTimeout, timeout},
    labels: labelsOf(service, front.slice(front.indexOf('/') + 1), true),
    handshakes: settings.secureBackend ? 1 : 0,
    retries: after === undefined ? again : {...again, after},
    keepAlive: keptUpstreams(controller),
    gateway: true,
  };
}

/** Of one pod, which has one worker (configmap.md: upstream-keepalive-…). */
function keptUpstreams({keepAlive: connections}: Upstream['controller']) {
  if (connections === 0) return undefined;
  const limits = {requests: 10_000, age: hours(1), idle: minutes(1)};
  return {connections, byTarget: true, multiplexed: false, ...limits};
}

/** `service`: `namespace/name`. */
function labelsOf(service: string, caller: string, nested: boolean): CallingOptions['labels'] {
  const [namespace, name] = service.split('/');
  return {namespace, service: name, caller, nested};
}

type Started = {
  readonly entry: TrafficEntry;
  readonly users: Users | undefined;
  readonly calling: CallingId;
};

function startSource(
  {plane, clock, ...parts}: TrafficParts & {plane: DataPlane; clock: SourceClock},
  {entry, users, calling}: Started,
): void {
  const {simulation, startTime} = parts;
  const {name} = entry;
  const callers = new Callers({...parts, plane, calling, name, from: callersOf(entry)});
  users?.start({...parts, clock, callers, begin: client => plane.begin(client)});
  openSourceOf(entry)?.start(entry, {
    ...{simulation, clock, startTime},
    random: question => simulation.random(`traffic.${name}/${question}`),
    send: () => {
      const client = callers.any();
      if (client !== undefined) plane.begin(client);
    },
  });
}

type SideOf = (side: SideEntry, place: number) => CallSteps[number][number];

function stepsOf(steps: readonly StepEntry[], sideOf: SideOf): CallSteps {
  let place = 0;
  return steps.map(step => sidesOf(step).map(side => sideOf(side, place++)));
}

function optionsOf(entry: CallingEntry): Omit<CallingOptions, 'name' | 'labels' | 'destination'> {
  const {connectTimeout = Infinity, timeout = Infinity, retries, hedgeAfter, keepAlive} = entry;
  const {tries = 1, backOff = 0, jitter = 0, budget, others = false} = retries ?? {};
  return {
    ...callingDefaults,
    ...{connectTimeout, timeout, hedgeAfter, requestBytes: entry.request},
    retries: retries && {
      ...{tries, others, backOff: {base: backOff, factor: 2, most: Infinity, jitter}},
      budget: budget === undefined ? undefined : {share: budget, least: 3},
    },
    keepAlive: keepAlive && {
      ...{connections: keepAlive.connections, multiplexed: keepAlive.multiplexed},
      ...{requests: keepAlive.requests ?? Infinity, age: keepAlive.age ?? Infinity},
      ...{idle: keepAlive.for, silence: keepAlive.silence},
    },
  };
}
