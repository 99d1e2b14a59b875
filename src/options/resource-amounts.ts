// What a node of a pool can give to pods, as Node objects write `status.allocatable`.

import {isMap} from './is-map.ts';
import {didYouMean} from './nearest.ts';
import {readQuantity} from './quantity.ts';
import {show} from './show.ts';
import {type Written, written} from './written.ts';

export type AmountsNotation = Readonly<Record<string, string | number>>;

/**
 * cpu in millicores, everything else in bytes or counts; `pods` is 110 unless written, as a
 * kubelet's.
 */
export function resourceAmounts(): Written<ReadonlyMap<string, number>, AmountsNotation> {
  const quantity = {type: ['string', 'number']};
  return written({
    parse: readAmounts,
    schema: {
      title: 'resource amounts',
      type: 'object',
      properties: Object.fromEntries(native.map(name => [name, quantity])),
      required: ['cpu', 'memory'],
      patternProperties: {[extended.source]: quantity},
      additionalProperties: false,
      examples: [{cpu: 8, memory: '32Gi', pods: 110}],
    },
  });
}

function readAmounts(
  input: unknown,
  fail: (message: string, path?: readonly string[]) => void,
): ReadonlyMap<string, number> | undefined {
  if (!isMap(input))
    return void fail(`expected a map such as {cpu: 8, memory: 32Gi}, got ${show(input)}`);
  const amounts = new Map([['pods', usualPods]]);
  for (const [name, value] of Object.entries(input)) {
    const amount = known(name)
      ? readQuantity(value, name === 'cpu' ? 'milli' : 'one')
      : unknown(name);
    if (typeof amount === 'string') fail(amount, [name]);
    else if (amount < 0) fail(`expected at least 0, got ${show(value)}`, [name]);
    else amounts.set(name, amount);
  }
  for (const name of ['cpu', 'memory']) {
    if (!(name in input)) fail(`missing; expected a quantity of ${name}`, [name]);
  }
  return amounts;
}

function known(name: string): boolean {
  return native.includes(name) || extended.test(name);
}

function unknown(name: string): string {
  return `unknown resource ${show(name)}${didYouMean(name, native)}; an extended resource has a domain, such as nvidia.com/gpu`;
}

const native = ['cpu', 'memory', 'pods', 'ephemeral-storage'];
const extended = /^([a-zA-Z0-9.-]+\/[\w.-]+|hugepages-\w+|attachable-volumes-[\w.-]+)$/;
const usualPods = 110;
