// IPv4 addresses and ranges of them, as numbers: 10.0.0.1 is 167772161. Texts are for reading and
// for people; whatever is simulated compares numbers.

import {show} from './show.ts';
import {type Written, written} from './written.ts';

/** 32 bits, never negative. */
export type Address = number;

export type AddressRange = {
  /** The network's own address. */
  readonly first: Address;
  readonly prefix: number;
};

const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** As Go's ParseAddr: four decimal numbers without leading zeros. */
export function parseAddress(text: string): Address | undefined {
  const parts = dotted.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  let address = 0;
  for (const part of parts) {
    const value = Number(part);
    if (value > 255 || String(value) !== part) return undefined;
    address = address * 256 + value;
  }
  return address;
}

export function parseRange(text: string): AddressRange | undefined {
  const [network, length, ...rest] = text.split('/');
  const first = parseAddress(network);
  if (first === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length ?? '')) return undefined;
  const prefix = Number(length);
  return prefix > 32 ? undefined : {first: first - (first % 2 ** (32 - prefix)), prefix};
}

export function sizeOf({prefix}: AddressRange): number {
  return 2 ** (32 - prefix);
}

export function inRange(range: AddressRange, address: Address): boolean {
  return address >= range.first && address < range.first + sizeOf(range);
}

export function rangesOverlap(one: AddressRange, other: AddressRange): boolean {
  return inRange(one, other.first) || inRange(other, one.first);
}

export function addressText(address: Address): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function rangeText({first, prefix}: AddressRange): string {
  return `${addressText(first)}/${prefix}`;
}

/** As `203.0.113.7`. */
export function address(): Written<Address, string> {
  return written({
    parse: (input, fail) => {
      const parsed = typeof input === 'string' ? parseAddress(input) : undefined;
      if (parsed === undefined) {
        fail(`expected an address such as 203.0.113.7, got ${show(input)}`);
      }
      return parsed;
    },
    schema: {title: 'IPv4 address', type: 'string', examples: ['203.0.113.7']},
  });
}

/** As `10.96.0.0/12`. */
export function addressRange(): Written<AddressRange, string> {
  return written({
    parse: (input, fail) => {
      const range = typeof input === 'string' ? parseRange(input) : undefined;
      if (range === undefined) {
        return void fail(`expected a range of addresses such as 10.96.0.0/12, got ${show(input)}`);
      }
      return range;
    },
    schema: {title: 'range of addresses', type: 'string', examples: ['10.96.0.0/12']},
  });
}
