// Quantities as Kubernetes writes them: 100m, 1.5Gi, 2e3, 12E. Computed in whole numbers, so that
// 0.1 cpu is exactly 100m, and rounded up, as apimachinery's Quantity.Value and MilliValue do.

import {show} from './show.ts';
import {type Written, written} from './written.ts';

/** What one unit of the result is: a thousandth (cpu in millicores) or one (bytes, counts). */
export type QuantityUnit = 'milli' | 'one';

export type QuantityOptions = {
  readonly unit?: QuantityUnit;
  readonly from?: number;
  readonly to?: number;
};

export function quantity(options: QuantityOptions = {}): Written<number, string | number> {
  const {unit = 'one', from = 0, to = Number.MAX_VALUE} = options;
  return written({
    parse: (input, fail) => {
      const amount = readQuantity(input, unit);
      if (typeof amount === 'string') return void fail(amount);
      if (amount < from) fail(`expected at least ${from}, got ${show(input)}`);
      if (amount > to) fail(`expected at most ${to}, got ${show(input)}`);
      return amount;
    },
    schema: {title: 'quantity', type: ['string', 'number'], examples: ['500m', '32Gi', 4]},
  });
}

/** The amount in the unit, or what is wrong with the text. */
export function readQuantity(input: unknown, unit: QuantityUnit): number | string {
  if (typeof input === 'number' && Number.isSafeInteger(input)) {
    return unit === 'one' ? input : held(BigInt(input) * 1000n, input);
  }
  const text = typeof input === 'number' ? String(input) : input;
  if (typeof text !== 'string') return expected(input);
  const parts = grammar.exec(text);
  if (parts === null || text.length > longestText) return expected(input);
  const [, sign, whole, fraction = '', suffix] = parts;
  if (whole === '' && fraction === '') return expected(input);
  const scale = suffixScale(suffix);
  if (scale === undefined) return expected(input);
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return 0;
  const ten = scale.ten - fraction.length + (unit === 'milli' ? 3 : 0);
  if (ten > mostTens) return tooLarge(input);
  const amount = ten < -mostTens - digitsMost ? 1n : scaled(digits << BigInt(scale.two), ten);
  return held(sign === '-' ? -amount : amount, input);
}

// Rounded away from zero, as inf.RoundUp.
function scaled(amount: bigint, ten: number): bigint {
  if (ten >= 0) return amount * 10n ** BigInt(ten);
  const divisor = 10n ** BigInt(-ten);
  return (amount + divisor - 1n) / divisor;
}

function held(amount: bigint, input: unknown): number | string {
  const number = Number(amount);
  return BigInt(number) === amount && amount < 1n << 90n ? number : tooLarge(input);
}

type Scale = {readonly two: number; readonly ten: number};

function suffixScale(suffix: string): Scale | undefined {
  const known = suffixes.get(suffix);
  if (known !== undefined) return known;
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix);
  return exponent === null ? undefined : {two: 0, ten: Number(exponent[1])};
}

const suffixes: ReadonlyMap<string, Scale> = new Map([
  ['', {two: 0, ten: 0}],
  ...['n', 'u', 'm'].map((letter, i): [string, Scale] => [letter, {two: 0, ten: 3 * i - 9}]),
  ...['k', 'M', 'G', 'T', 'P', 'E'].map((letter, i): [string, Scale] => [
    letter,
    {two: 0, ten: 3 * i + 3},
  ]),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((letters, i): [string, Scale] => [
    letters,
    {two: 10 * i + 10, ten: 0},
  ]),
]);

function expected(input: unknown): string {
  const hint = typeof input === 'string' ? suffixHint(input) : '';
  return `expected a quantity such as 500m, 1.5Gi or 2, got ${show(input)}${hint}`;
}

function suffixHint(text: string): string {
  const [, number, suffix] = /^([+-]?[\d.]+)\s*([A-Za-z]*)$/.exec(text) ?? [];
  const meant = /^(k|m|g|t|p|e)i?b?$/i.exec(suffix ?? '')?.[1].toUpperCase();
  if (meant === undefined) return '';
  return `; did you mean ${number}${meant}i or ${number}${meant === 'K' ? 'k' : meant}?`;
}

function tooLarge(input: unknown): string {
  return `expected a quantity that a double holds exactly (up to 2^53), got ${show(input)}`;
}

const grammar = /^([+-]?)(\d*)(?:\.(\d*))?([A-Za-z]*|[eE][+-]?\d+)$/;
const longestText = 300;
const digitsMost = 300;
const mostTens = 30;
