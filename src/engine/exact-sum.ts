// A sum of whole numbers and of products of two that loses no bit: in two doubles, of which the
// low one counts units from 0 to 2^52 and the high one counts 2^52s. Holds up to 2^104 either way.

const base = 2 ** 52;
const digit = 2 ** 26;

export interface SavedSum {
  readonly high: number;
  readonly low: number;
}

export class ExactSum {
  #high = 0;
  #low = 0;

  /** `value` is whole, between -2^53 and 2^53. */
  add(value: number): void {
    if (value >= base || value <= -base) {
      const highPart = Math.trunc(value / base);
      this.#high += highPart;
      this.#addSmall(value - highPart * base);
    } else this.#addSmall(value);
  }

  /** Both factors are whole, between -2^52 and 2^52 and between 0 and 2^53. */
  addProduct(value: number, times: number): void {
    const product = value * times;
    if (product < base && product > -base) this.#addSmall(product);
    else this.#addLarge(value, times);
  }

  addSum(other: ExactSum): void {
    this.#high += other.#high;
    this.#addSmall(other.#low);
  }

  toBigInt(): bigint {
    return BigInt(this.#high) * BigInt(base) + BigInt(this.#low);
  }

  /** The nearest double but for the last bit. */
  toNumber(): number {
    return this.#high * base + this.#low;
  }

  save(): SavedSum {
    return {high: this.#high, low: this.#low};
  }

  restore({high, low}: SavedSum): void {
    this.#high = high;
    this.#low = low;
  }

  #addSmall(value: number): void {
    this.#low += value;
    if (this.#low >= base) {
      this.#low -= base;
      this.#high++;
    } else if (this.#low < 0) {
      this.#low += base;
      this.#high--;
    }
  }

  /** Multiplication as at school, in digits of 26 bits, whose products are exact. */
  #addLarge(value: number, times: number): void {
    const sign = value < 0 ? -1 : 1;
    const valueHigh = Math.floor((sign * value) / digit);
    const valueLow = sign * value - valueHigh * digit;
    const timesHigh = Math.floor(times / digit);
    const timesLow = times - timesHigh * digit;
    this.add(sign * valueLow * timesLow);
    this.#addMiddle(sign, valueHigh * timesLow);
    this.#addMiddle(sign, valueLow * timesHigh);
    this.#high += sign * valueHigh * timesHigh;
  }

  #addMiddle(sign: number, product: number): void {
    const high = Math.floor(product / digit);
    this.#high += sign * high;
    this.#addSmall(sign * (product - high * digit) * digit);
  }
}
