// How a pod's resolver is set up: dnsPolicy and dnsConfig, checked as the API server does
// (pkg/apis/core/validation, validatePodDNSConfig).

import type {PodDns} from '../objects/pod-spec.ts';
import {parseAddress} from '../options/address.ts';
import {show} from '../options/show.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';

const mostServers = 3;
const mostSearches = 32;
const mostSearchCharacters = 2048;

/** `undefined`: as nearly all pods have it. */
export function readPodDns(spec: Field): PodDns | undefined {
  const policy = spec.get('dnsPolicy');
  checkOneOf(policy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']);
  const config = spec.get('dnsConfig');
  if (!policy.present && !config.present) return undefined;
  const written = (policy.text() || 'ClusterFirst') as PodDns['policy'];
  const nameservers = readServers(config.get('nameservers'));
  if (written === 'None' && nameservers.length === 0) {
    config.get('nameservers').error('expected at least one, as dnsPolicy is None');
  }
  const dns = {
    policy: written,
    nameservers,
    searches: readSearches(config.get('searches')),
    ...readOptions(config.get('options')),
  };
  const {searches, ndots, timeout, attempts} = dns;
  const plain = [ndots, timeout, attempts].every(each => each === undefined);
  const same = written === 'ClusterFirst' && nameservers.length + searches.length === 0 && plain;
  return same ? undefined : dns;
}

function readServers(list: Field): string[] {
  if (list.items().length > mostServers) {
    list.error(`expected at most ${mostServers}, got ${list.items().length}`);
  }
  for (const server of list.items()) {
    const text = server.text();
    const known = text === undefined || text.includes(':') || parseAddress(text) !== undefined;
    if (!known) server.error(`expected an IP address, got ${show(server.value)}`);
  }
  return list.texts();
}

function readSearches(list: Field): string[] {
  const searches = list.texts();
  if (searches.length > mostSearches) {
    list.error(`expected at most ${mostSearches}, got ${searches.length}`);
  }
  if (searches.join(' ').length > mostSearchCharacters) {
    list.error(`expected at most ${mostSearchCharacters} characters in all`);
  }
  return searches.map(search => search.replace(/\.$/, ''));
}

/** resolv.conf(5): what is too large is capped, what is no number is passed over. */
function readOptions(list: Field): Pick<PodDns, 'ndots' | 'timeout' | 'attempts'> {
  const numbers = new Map<string, number>();
  for (const option of list.items()) {
    const name = option.get('name').text();
    if (name === undefined || name === '') option.get('name').error('expected a name');
    const value = option.get('value').text() ?? '';
    if (name !== undefined && /^\d+$/.test(value)) numbers.set(name, Number(value));
  }
  const capped = (name: string, least: number, most: number) => {
    const number = numbers.get(name);
    return number === undefined ? undefined : Math.min(Math.max(number, least), most);
  };
  return {
    ndots: capped('ndots', 0, 15),
    timeout: capped('timeout', 1, 30),
    attempts: capped('attempts', 1, 5),
  };
}
