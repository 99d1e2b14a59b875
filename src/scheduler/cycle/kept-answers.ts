// What every node answered to pods of one shape, under one profile: kept until the node changes.
//
// An answer is one number a node: a total ≥ 0 (what the kept, unnormalised scorers add up to) or a
// failure, as −1 − its number. It holds while its stamp equals the node's version in the cache.
// Scores that are normalised over the feasible nodes are kept raw, beside the totals.

import type {Rejection} from '../framework.ts';
import type {Failure, Profile} from '../profile.ts';

const mostRejections = 64;

export class KeptAnswers {
  readonly totals: Int32Array;
  readonly stamps: Int32Array;
  /** The version of the node's object that the filters which read nothing else let pass. */
  readonly objectStamps: Int32Array;
  /** Raw scores of each kept plugin that normalises, by node. */
  readonly raws: readonly Int32Array[];
  /**
   * Has any node ever answered other than 0? While not, normalising gives all the same and decides
   * nothing.
   */
  readonly varies: boolean[];
  readonly failures: Failure[] = [];
  /** The cache's `nodesVersion` that the answers were given under. */
  nodesVersion: number;
  /** All changes of nodes before that one are in; see kept-sweep.ts. */
  seen = -Infinity;
  readonly #failureNumbers = new Map<Failure, number>();
  readonly #codes: Map<Rejection, number>[] = [];

  constructor(nodes: number, rawCount: number, nodesVersion: number) {
    this.totals = new Int32Array(nodes);
    this.stamps = new Int32Array(nodes).fill(-1);
    this.objectStamps = new Int32Array(nodes).fill(-1);
    this.raws = Array.from({length: rawCount}, () => new Int32Array(nodes));
    this.varies = new Array(rawCount).fill(false);
    this.nodesVersion = nodesVersion;
  }

  /** How a rejection by the profile's filter of that index is written among the totals. */
  codeOf(filter: number, rejection: Rejection, profile: Profile): number {
    this.#codes[filter] ??= new Map();
    const codes = this.#codes[filter];
    const known = codes.get(rejection);
    if (known !== undefined) return known;
    const failure = profile.failure(profile.plugins.filter[filter].name, rejection);
    let number = this.#failureNumbers.get(failure);
    if (number === undefined) {
      number = this.failures.length;
      this.failures.push(failure);
      this.#failureNumbers.set(failure, number);
    }
    // A plugin should share its rejections, but may make new ones.
    if (codes.size === mostRejections) codes.clear();
    codes.set(rejection, -1 - number);
    return -1 - number;
  }

  failureOf(code: number): Failure {
    return this.failures[-1 - code];
  }

  get bytes(): number {
    return this.totals.length * 4 * (3 + this.raws.length);
  }
}

/** Answers by shape, the least recently used given up when they take too much memory. */
export class AnswerBook {
  readonly #books = new Map<number, KeptAnswers>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  of(answerClass: number, make: () => KeptAnswers): KeptAnswers {
    const known = this.#books.get(answerClass);
    if (known !== undefined) {
      this.#books.delete(answerClass);
      this.#books.set(answerClass, known);
      return known;
    }
    const made = make();
    this.#books.set(answerClass, made);
    this.#bytes += made.bytes;
    for (const [oldest, {bytes}] of this.#books) {
      if (this.#bytes <= this.#mostBytes || oldest === answerClass) break;
      this.#books.delete(oldest);
      this.#bytes -= bytes;
    }
    return made;
  }

  clear(): void {
    this.#books.clear();
    this.#bytes = 0;
  }
}
