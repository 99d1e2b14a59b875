// `npm test [PATTERN]`: the test files whose path matches, run by uvu; all files, a share on each
// core. What uvu lets pass is an error here: no file that matches, a file that runs no test because it forgot `test.run()`, and
// tests that were left out because what was to be done before them failed.

import {pathToFileURL} from 'node:url';
import type {Suite} from 'uvu/parse';
import {filesOf, ownShare, runShares, shareCount} from './support/shares.ts';
import {findTestFiles} from './support/test-files.ts';

// uvu's own runner, uvu/run, keeps this queue too: a name and then what each `test.run()` adds.
type Queue = {UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: [string, ...Run[]][]};
type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;

const [pattern] = process.argv.slice(2);
const share = ownShare();
if (pattern === undefined && share === undefined && shareCount > 1) {
  await runShares();
} else {
  const found = await findTestFiles(pattern);
  const suites = share === undefined ? found : filesOf(share, found);
  if (suites.length === 0) fail(`no test file matches ${pattern}`);
  else await runTests(suites);
}

async function runTests(suites: readonly Suite[]): Promise<void> {
  const shared = globalThis as unknown as Queue;
  shared.UVU_DEFER = 1;
  const {exec} = await import('uvu');
  const silent: string[] = [];
  for (const [index, {name, file}] of suites.entries()) {
    shared.UVU_INDEX = index;
    shared.UVU_QUEUE.push([name]);
    await import(pathToFileURL(file).href);
    const [, ...runs] = shared.UVU_QUEUE[index];
    if (runs.length === 0) silent.push(name);
    shared.UVU_QUEUE[index] = [name, ...runs.map(run => complete(run, name, silent))];
  }
  await exec();
  for (const name of silent) fail(`${name} did not run its tests`);
}

/** uvu counts no error when a `before` hook throws. */
function complete(run: Run, name: string, silent: string[]): Run {
  return async () => {
    const ended = await run();
    const [errors, passed, , total] = ended;
    if (errors === true && passed < total) silent.push(name);
    return ended;
  };
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
