// An entry of `traffic` as those see it who measure how many of a Service's clients could reach it.

import {second} from '../../engine/time.ts';
import type {StatedClient} from '../../machines/stated-clients.ts';
import {openSourceOf} from './sources/index.ts';
import {calledService, callersOf, type TrafficEntry} from './traffic-options.ts';

/** Of each Service that it calls; weighed by its requests a second, of users by their number. */
export function statedClients(entry: TrafficEntry, called: readonly string[]): StatedClient[] {
  const gap = openSourceOf(entry)?.meanGap(entry) ?? second / (entry.users ?? 1);
  return called.map(each => {
    const {namespace, name, port} = calledService(each);
    const service = `${namespace}/${name}`;
    return {service, port, from: callersOf(entry), host: entry.host, weight: second / gap};
  });
}
