// `--shard 2/5`: the second of five jobs that play a comparison together.

import {show} from '../options/show.ts';
import type {Shard} from './plan.ts';

export function parseShard(text: string): Shard | {readonly wrong: string} {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [number, of] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])];
  if (number >= 1 && number <= of) return {number, of};
  return {wrong: `--shard: expected i/n with i from 1 to n, such as 2/5, got ${show(text)}`};
}
