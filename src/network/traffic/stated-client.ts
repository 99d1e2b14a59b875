// An entry of `traffic` as those see it who measure how many of a Service's clients could reach it.

import {second} from '../../engine/time.ts';
import type {StatedClient} from '../../machines/stated-clients.ts';
import {meanOf} from '../../options/law-mean.ts';
import {calledService, type TrafficEntry} from './traffic-options.ts';

/** Weighed by its requests a second; of users by their number. */
export function statedClient({to, from, rate, every, gaps, users}: TrafficEntry): StatedClient {
  const {namespace, name, port} = calledService(to);
  const gap = rate ?? every ?? (gaps && meanOf(gaps)) ?? second / (users ?? 1);
  return {
    service: `${namespace}/${name}`,
    port,
    from: typeof from === 'string' ? from : {target: from, namespace: 'default'},
    weight: second / gap,
  };
}
