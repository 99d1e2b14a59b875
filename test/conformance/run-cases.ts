// Runs every case file of a folder, each case by what it asks for.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {CaseFailure} from './check.ts';
import {runCoreCase} from './core-cases.ts';
import {runFilterCase, runScoreCase} from './plugin-cases.ts';
import {runPreemptionCase} from './preemption-cases.ts';

export type Outcome = {readonly passed: number; readonly failures: readonly string[]};

const caseFile = z.looseObject({
  plugin: z.string(),
  kubernetesVersion: z.string(),
  cases: z.array(z.looseObject({id: z.string()})),
});

export function runCaseFolder(folder: string): Outcome {
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort();
  const outcomes = files.map(name => runCaseFile(join(folder, name), name));
  return {
    passed: outcomes.reduce((sum, {passed}) => sum + passed, 0),
    failures: outcomes.flatMap(({failures}) => failures),
  };
}

function runCaseFile(path: string, name: string): Outcome {
  let file: z.output<typeof caseFile>;
  try {
    file = caseFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return {passed: 0, failures: [`${name}: not a file of cases: ${messageOf(error)}`]};
  }
  const {cases, ...shared} = file;
  const failures: string[] = [];
  for (const written of cases) {
    try {
      runCase({...shared, ...written});
    } catch (error) {
      failures.push(`${name} ${written.id}: ${messageOf(error)}`);
    }
  }
  return {passed: cases.length - failures.length, failures};
}

type Case = {readonly plugin: string; readonly kind?: unknown; readonly expected?: unknown};

const runners = new Map<string, (written: Case) => void>([
  ['scheduler-core', runCoreCase],
  ['DefaultNormalizeScore', written => runCoreCase({...written, kind: 'normalize'})],
  ['effective-pod-requests', written => runCoreCase({...written, kind: 'requests'})],
  ['DefaultPreemption', runPreemptionCase],
]);

function runCase(written: Case): void {
  const run = runners.get(written.plugin) ?? runPluginCase;
  run(written);
}

function runPluginCase(written: Case): void {
  const {kind = impliedKind(written.expected)} = written;
  if (kind === 'filter') runFilterCase(written);
  else if (kind === 'score') runScoreCase(withStrategy(written));
  else runCoreCase(written);
}

// Files about one phase leave the kind out.
function impliedKind(expected: unknown): 'score' | 'filter' {
  const keys = Object.keys(expected ?? {});
  return keys.includes('scores') || keys.includes('preScore') ? 'score' : 'filter';
}

// A file about one scoring strategy names it once.
function withStrategy(written: Case & {strategy?: unknown; args?: unknown}): Case {
  if (written.strategy === undefined) return written;
  return {...written, args: {strategy: written.strategy, ...(written.args ?? {})}} as Case;
}

function messageOf(error: unknown): string {
  if (error instanceof CaseFailure) return error.message;
  if (error instanceof z.ZodError) {
    const problems = error.issues.map(({path, message}) => `${path.join('.')}: ${message}`);
    return `cannot be read: ${problems.join('; ')}`;
  }
  return error instanceof Error ? `threw ${error.message}` : String(error);
}
