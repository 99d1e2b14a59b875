// The test files dealt out to processes that run at the same time, one a core. What uses the built
// package stays in one of them, since packing builds it anew.

import {spawn} from 'node:child_process';
import {statSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import type {Suite} from 'uvu/parse';

export type Share = {readonly index: number; readonly count: number};

/** Of a process that has a share; `undefined` in one that is to run all. */
export function ownShare(): Share | undefined {
  const [index, count] = (process.env.ORRERY_TEST_SHARE ?? '').split('/').map(Number);
  return count > 0 ? {index, count} : undefined;
}

/** How many processes a whole run is worth. */
export const shareCount = Math.min(4, availableParallelism());

export function filesOf({index, count}: Share, suites: readonly Suite[]): readonly Suite[] {
  const loads = new Array<number>(count).fill(0);
  const shares: Suite[][] = loads.map(() => []);
  const largestFirst = suites
    .map(suite => ({suite, size: statSync(suite.file).size}))
    .sort((one, other) => other.size - one.size || (one.suite.name < other.suite.name ? -1 : 1));
  for (const {suite, size} of largestFirst) {
    const share = usesPackage(suite) ? 0 : loads.indexOf(Math.min(...loads));
    loads[share] += size;
    shares[share].push(suite);
  }
  return shares[index].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function usesPackage({name}: Suite): boolean {
  return !name.includes('/') || name.startsWith('cli/');
}

/** Runs all shares, each in a process of its own, and prints what each says when it is through. */
export async function runShares(): Promise<void> {
  const ended = await Promise.all(
    Array.from({length: shareCount}, (_, index) => runShare({index, count: shareCount})),
  );
  const sum = (what: string) =>
    ended.reduce(
      (all, {said}) => all + Number(new RegExp(`${what}:\\s+(\\d+)`).exec(said)?.[1]),
      0,
    );
  const [total, passed, skipped] = ['Total', 'Passed', 'Skipped'].map(sum);
  console.log(`  All:       ${passed} of ${total} passed, ${skipped} skipped`);
  if (ended.some(({code}) => code !== 0) || !(passed === total)) process.exitCode = 1;
}

function runShare({index, count}: Share): Promise<{code: number | null; said: string}> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]], {
    env: {...process.env, ORRERY_TEST_SHARE: `${index}/${count}`},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text;
    });
  }
  return new Promise(resolve => {
    child.on('close', code => {
      process.stdout.write(said);
      resolve({code, said});
    });
  });
}
