// IP addresses as manifests write them. IPv6 is accepted and has no effect.

import {type Address, type AddressRange, parseAddress, parseRange} from '../options/address.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

export function readAddress(field: Field): Address | undefined {
  const text = field.text();
  if (text === undefined || text === '' || isVersion6(field, text)) return undefined;
  const address = parseAddress(text);
  if (address === undefined) {
    field.error(`expected an IP address such as 10.96.0.20, got ${show(text)}`);
  }
  return address;
}

export function readAddressRange(field: Field): AddressRange | undefined {
  const text = (field.text() ?? '').trim();
  if (text === '' || isVersion6(field, text)) return undefined;
  const range = parseRange(text);
  if (range === undefined) {
    field.error(`expected a range of addresses such as 10.0.0.0/8, got ${show(text)}`);
  }
  return range;
}

function isVersion6(field: Field, text: string): boolean {
  if (!/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(\/\d+)?$/.test(text)) return false;
  field.warning('IPv6 is not modelled yet and has no effect');
  return true;
}

// As ValidateNonSpecialIP.
export function checkNotSpecial(field: Field, address: Address | undefined): void {
  if (address === undefined) return;
  const first = Math.floor(address / 2 ** 24);
  const linkLocal = Math.floor(address / 2 ** 16) === 169 * 256 + 254;
  const multicast = Math.floor(address / 2 ** 8) === 224 * 65536;
  if (address !== 0 && first !== 127 && !linkLocal && !multicast) return;
  field.error(
    `expected an address that is not unspecified, loopback or link-local, got ${show(field.value)}`,
  );
}
