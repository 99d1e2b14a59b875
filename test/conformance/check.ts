// What a case may say: nothing when it passed, else what was expected and what came.

import {isDeepStrictEqual} from 'node:util';

export class CaseFailure extends Error {}

export function expectEqual(what: string, expected: unknown, got: unknown): void {
  if (isDeepStrictEqual(expected, got)) return;
  throw new CaseFailure(
    `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
  );
}
