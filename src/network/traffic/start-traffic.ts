// Who calls whom, as a scenario says it: callings with their destinations, the programs that answer
// and what they ask of others, and the sources that send.

import type {CallSteps} from './application.ts';
import type {ApplicationEntry, CallEntry, StepEntry} from './application-options.ts';
import {Applications} from './applications.ts';
import {Callers} from './callers.ts';
import {type CallingId, type CallingOptions, callingDefaults} from './calling.ts';
import {type ClosedLoop, closedLoop} from './closed-loop.ts';
import {DataPlane} from './data-plane.ts';
import {startOpenLoop} from './open-loop.ts';
import type {SenderOptions} from './sender.ts';
import {Destinations, type NetworkOfServices} from './service-destination.ts';
import type {CallingEntry, TrafficEntry} from './traffic-options.ts';

export type TrafficParts = Omit<SenderOptions, 'applicationOf'> & {
  readonly services: (plane: () => DataPlane) => NetworkOfServices;
  readonly traffic: readonly TrafficEntry[];
  readonly applications: readonly ApplicationEntry[];
};

export function startTraffic(parts: TrafficParts): DataPlane {
  const {simulation, traffic} = parts;
  let applications: Applications | undefined;
  const plane: DataPlane = new DataPlane({
    ...parts,
    applicationOf: template => {
      if (applications === undefined) throw new Error('a request comes before the programs');
      return applications.of(template);
    },
  });
  const destinations = new Destinations(parts.services(() => plane));
  const started = traffic.map(entry => {
    const loop = entry.users === undefined ? undefined : closedLoop(simulation, entry, () => plane);
    const calling = plane.addCalling({
      ...optionsOf(entry),
      ...destinationOf(entry, destinations),
      ...{takes: entry.takes, over: loop?.over},
    });
    return {entry, loop, calling};
  });
  applications = new Applications(parts.applications, (steps, caller) =>
    stepsOf(steps, (call, place) => {
      const name = `${caller}/${place}>${call.to}`;
      const calling = plane.addCalling({
        ...optionsOf(call),
        ...destinations.of(call, {name, caller, nested: true}),
        optional: call.optional,
      });
      return {calling, chance: call.chance, times: call.times};
    }),
  );
  for (const each of started) startSource(parts, plane, each);
  simulation.part('network.traffic-destinations', destinations);
  return plane;
}

function destinationOf(entry: TrafficEntry, destinations: Destinations) {
  const {name, from} = entry;
  if (from === 'outside') return destinations.fromOutside(entry);
  return destinations.of(entry, {name, caller: name, nested: false});
}

type Started = {
  readonly entry: TrafficEntry;
  readonly loop: ClosedLoop | undefined;
  readonly calling: CallingId;
};

function startSource(parts: TrafficParts, plane: DataPlane, {entry, loop, calling}: Started): void {
  const {simulation, store, machines} = parts;
  const stream = simulation.random(`traffic.${entry.name}/places`);
  const callers = new Callers({store, machines, plane, calling, from: entry.from, stream});
  if (loop === undefined) startOpenLoop(simulation, entry, {plane, callers});
  else loop.start(callers);
}

type CallOf = (call: CallEntry, place: number) => CallSteps[number][number];

function stepsOf(steps: readonly StepEntry[], callOf: CallOf): CallSteps {
  let place = 0;
  return steps.map(step => {
    const calls = 'parallel' in step ? step.parallel : [step];
    return calls.map(call => callOf(call, place++));
  });
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
      idle: keepAlive.for,
    },
  };
}
