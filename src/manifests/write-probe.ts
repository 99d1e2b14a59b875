// A container's pull policy, probes and hooks as the API would show them. What a handler would call
// is not kept, so a stand-in of the same kind is written.

import {second} from '../engine/time.ts';
import type {Container, Hook, Probe} from '../objects/pod-spec.ts';
import type {RawObject} from './manifest.ts';

const standIns = {
  exec: {command: ['true']},
  httpGet: {port: 80},
  tcpSocket: {port: 80},
  grpc: {port: 80},
};

export function lifeToObject(container: Container): RawObject {
  const {imagePullPolicy, startupProbe, livenessProbe, readinessProbe} = container;
  const {postStart, preStop} = container;
  return {
    imagePullPolicy,
    startupProbe: startupProbe && probeToObject(startupProbe),
    livenessProbe: livenessProbe && probeToObject(livenessProbe),
    readinessProbe: readinessProbe && probeToObject(readinessProbe),
    lifecycle:
      postStart === undefined && preStop === undefined
        ? undefined
        : {
            ...(postStart && {postStart: hookToObject(postStart)}),
            ...(preStop && {preStop: hookToObject(preStop)}),
          },
  };
}

function probeToObject(probe: Probe): RawObject {
  const {terminationGracePeriod: grace} = probe;
  return {
    [probe.handler]: standIns[probe.handler],
    initialDelaySeconds: probe.initialDelay / second,
    periodSeconds: probe.period / second,
    timeoutSeconds: probe.timeout / second,
    successThreshold: probe.successThreshold,
    failureThreshold: probe.failureThreshold,
    ...(grace !== undefined && {terminationGracePeriodSeconds: grace / second}),
  };
}

function hookToObject({handler, sleep}: Hook): RawObject {
  return {[handler]: handler === 'sleep' ? {seconds: sleep / second} : standIns[handler]};
}
