// An entry of `traffic` as those see it who measure how many of a Service's clients could reach it.

import {second} from '../../engine/time.ts';
import type {StatedClient} from '../../machines/stated-clients.ts';
import type {IngressFront} from '../outside.ts';
import {openSourceOf} from './sources/index.ts';
import {calledService, callersOf, type TrafficEntry} from './traffic-options.ts';

/**
 * Weighed by its requests a second; of users by their number. `front`: who serves the address of
 * HTTP that it calls; of one that leads nowhere nobody is a client.
 */
export function statedClient(
  entry: TrafficEntry,
  front: IngressFront | undefined,
): StatedClient | undefined {
  if (front !== undefined && front.service === undefined) return undefined;
  const {to, users, host} = entry;
  const {namespace, name, port} = calledService(front?.service ?? to);
  const gap = openSourceOf(entry)?.meanGap(entry) ?? second / (users ?? 1);
  return {
    service: `${namespace}/${name}`,
    port,
    from: callersOf(entry),
    host,
    weight: second / gap,
  };
}
