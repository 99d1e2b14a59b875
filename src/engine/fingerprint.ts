// Sixty-four bits over every event handled, in order: time, kind's name, operands. Two runs with
// equal fingerprints did the same, as far as 64 bits can tell (this is no defence against malice).
//
// Each step is a bijection of the state for any given event, and differs in the state wherever an
// event differs in one field, so a difference once made is never lost again by equal events.

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);
const highWord = new Uint8Array(new Int32Array([1]).buffer)[0] === 1 ? 1 : 0;

export class Fingerprint {
  #one = 0x6f727265;
  #two = 0x72790a01;

  add(time: number, kindHash: number, a: number, b: number): void {
    const whole = foldTime(time) + Math.imul(kindHash, 0x2c1b3c6d);
    const one = Math.imul(rotate(this.#one ^ whole, 15) + fold(a), 0x9e3779b1 | 0);
    this.#two = Math.imul(rotate(this.#two ^ fold(b), 17) + (one ^ kindHash), 0x85ebca77 | 0);
    this.#one = one;
  }

  toString(): string {
    const one = scramble(this.#one ^ rotate(this.#two, 11));
    const two = scramble(this.#two + Math.imul(one, 5));
    return hexadecimal(one) + hexadecimal(two);
  }

  save(): readonly [number, number] {
    return [this.#one, this.#two];
  }

  restore([one, two]: readonly [number, number]): void {
    this.#one = one;
    this.#two = two;
  }
}

/** By name, so that the order in which kinds are declared does not count (FNV-1a). */
export function hashOfName(name: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return scramble(hash);
}

/** 32 bits of a double: ids and other small whole numbers, nearly all there are, map one to one. */
function fold(value: number): number {
  const low = value | 0;
  if (low === value) return low;
  number[0] = value;
  return words[1 - highWord] ^ Math.imul(words[highWord], 0x27d4eb2f);
}

/** A time is never negative and always whole. */
function foldTime(time: number): number {
  return (time | 0) ^ Math.imul((time * 2 ** -32) | 0, 0x165667b1);
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}

function scramble(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b | 0);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35 | 0);
  return mixed ^ (mixed >>> 16);
}

function hexadecimal(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}
