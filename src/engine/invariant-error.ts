// A promise of our own code was broken. Says where in the run it happened and how to get there
// again.

import {formatSeconds, type Time} from './time.ts';

export interface Occasion {
  readonly time: Time;
  /** The event's kind, or what else was going on. */
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly sequence: number;
  readonly seed: number | string;
  readonly replication: number;
  /** The command that runs the same again. */
  readonly repeat: string | undefined;
}

export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  readonly occasion: Occasion;

  constructor(cause: unknown, occasion: Occasion) {
    super(`${reason(cause)}\n${describe(occasion)}`, {cause});
    this.occasion = occasion;
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function describe({time, kind, a, b, sequence, seed, replication, repeat}: Occasion): string {
  return [
    `  in ${kind}(${a}, ${b}), event ${sequence}, at ${formatSeconds(time)}s`,
    `  seed ${seed}, replication ${replication}`,
    ...(repeat === undefined ? [] : [`  repeat with: ${repeat}`]),
  ].join('\n');
}
