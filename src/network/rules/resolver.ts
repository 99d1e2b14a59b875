// What a pod's resolver asks for a name, and how long it waits for servers that are silent (glibc,
// res_query.c and res_send.c; resolv.conf(5)).

import type {Time} from '../../engine/time.ts';
import {second} from '../../engine/time.ts';

export type Lookup = {
  readonly searchDomains: number;
  readonly dotsInName: number;
  readonly ndots: number;
  /** The name ends in a dot: nothing is added to it. */
  readonly absolute?: boolean;
};

/** The most forms of the name that are asked for, one after another, until one is known. */
export function queryRounds({searchDomains, dotsInName, ndots, absolute = false}: Lookup): number {
  if (absolute || dotsInName >= ndots) return 1;
  return searchDomains + 1;
}

/** A and AAAA of each form. */
export function queryPackets(lookup: Lookup): number {
  return 2 * queryRounds(lookup);
}

export type Servers = {
  readonly nameservers: number;
  /** In whole seconds, as resolv.conf has it. */
  readonly timeout: number;
  readonly attempts: number;
};

/** Until one form of a name is given up, when none of the servers answers. */
export function silentFor({nameservers, timeout, attempts}: Servers): Time {
  let round = 0;
  for (let server = 0; server < nameservers; server++) {
    round += silenceOf(server, {nameservers, timeout});
  }
  return round * attempts;
}

/** How long one of them is waited for, the first being 0. */
export function silenceOf(
  server: number,
  {nameservers, timeout}: Pick<Servers, 'nameservers' | 'timeout'>,
): Time {
  // Later servers share a longer wait among them all, in whole seconds.
  const wait = server === 0 ? timeout : Math.floor((timeout * 2 ** server) / nameservers);
  return Math.max(1, wait) * second;
}

/** A form that timed out ends the search, but one more is tried: as it is, or with a domain. */
export function lookupSilentFor(servers: Servers, {absolute = false} = {}): Time {
  return (absolute ? 1 : 2) * silentFor(servers);
}
