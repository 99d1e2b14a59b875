// Probes and lifecycle hooks of a container, with the API server's defaults and checks
// (pkg/apis/core/v1/defaults.go, validation.go). What a handler does is not simulated: how a
// container behaves is the scenario's to say.

import {second} from '../engine/time.ts';
import type {Hook, Probe} from '../objects/pod-spec.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;
const hookHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;

export function readProbe(probe: Field, {readiness} = {readiness: false}): Probe | undefined {
  if (!probe.present) return undefined;
  const handler = readHandler(probe, probeHandlers);
  const successes = probe.get('successThreshold');
  const successThreshold = wholeFrom(successes, {from: 0, byDefault: 1}) || 1;
  if (!readiness && successThreshold !== 1) {
    successes.error(`expected 1, as for every liveness and startup probe, got ${successThreshold}`);
  }
  const grace = probe.get('terminationGracePeriodSeconds');
  if (readiness && grace.present) grace.error('a readiness probe has no grace period');
  else if (grace.present) wholeFrom(grace, {from: 1, byDefault: 1});
  // As SetDefaults_Probe: an explicit 0 is the default too.
  return {
    handler,
    initialDelay: wholeFrom(probe.get('initialDelaySeconds'), {from: 0, byDefault: 0}) * second,
    period: (wholeFrom(probe.get('periodSeconds'), {from: 0, byDefault: 10}) || 10) * second,
    timeout: (wholeFrom(probe.get('timeoutSeconds'), {from: 0, byDefault: 1}) || 1) * second,
    successThreshold,
    failureThreshold: wholeFrom(probe.get('failureThreshold'), {from: 0, byDefault: 3}) || 3,
    terminationGracePeriod: grace.present ? (grace.integer() ?? 1) * second : undefined,
  };
}

export function readHook(hook: Field): Hook | undefined {
  if (!hook.present) return undefined;
  const sleep = hook.get('sleep').get('seconds');
  return {
    handler: readHandler(hook, hookHandlers),
    sleep: wholeFrom(sleep, {from: 0, byDefault: 0}) * second,
  };
}

function readHandler<Handler extends string>(field: Field, known: readonly Handler[]): Handler {
  const present = known.filter(handler => field.get(handler).present);
  if (present.length !== 1) {
    field.error(`expected one of ${known.join(', ')}, got ${present.join(', ') || 'none'}`);
  }
  return present[0] ?? known[0];
}

function wholeFrom(field: Field, {from, byDefault}: {from: number; byDefault: number}): number {
  const value = field.integer() ?? byDefault;
  if (value < from) field.error(`expected at least ${from}, got ${show(field.value)}`);
  return value;
}
