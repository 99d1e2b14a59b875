// The decision cases of the real scheduler, where they are at hand: $ORRERY_DATA/scheduler-cases.

import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {runCaseFolder} from './run-cases.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'scheduler-cases');

if (process.env.ORRERY_DATA !== undefined && existsSync(folder)) {
  test('every decision case of the real scheduler is decided alike', () => {
    const {passed, failures} = runCaseFolder(folder);
    assert.equal(failures, []);
    assert.ok(passed > 0);
  });
} else {
  console.log('skipped: the decision cases; set ORRERY_DATA to the folder of scheduler-cases');
}

const node = {name: 'n', allocatable: {cpu: 1000, memory: 1000, pods: 10}};
const pod = {containers: [{requests: {cpu: 2000}}]};

test('a case that expects something else fails with both values', () => {
  const {passed, failures} = runWritten([{nodes: [node], pod, expected: {fits: true}}]);
  assert.is(passed, 0);
  assert.equal(failures, ['cases.json case-0: fits: expected true, got false']);
});

test('an unknown kind, an unknown plugin and a broken file each count as failed', () => {
  const {failures} = runWritten([
    {kind: 'guess', expected: {}},
    {plugin: 'Oracle', nodes: [node], pod, expected: {fits: true}},
  ]);
  assert.equal(failures.length, 2);
  assert.match(failures[0], /unknown kind guess/);
  assert.match(failures[1], /there is no plugin Oracle/);
  assert.match(runText('{').failures[0], /cases\.json: not a file of cases/);
});

function runWritten(cases: readonly object[]) {
  const shared = {plugin: 'NodeResourcesFit', kubernetesVersion: 'v1.36.3'};
  const numbered = cases.map((written, i) => ({id: `case-${i}`, ...written}));
  return runText(JSON.stringify({...shared, cases: numbered}));
}

function runText(text: string) {
  const made = mkdtempSync(join(tmpdir(), 'orrery-cases-'));
  writeFileSync(join(made, 'cases.json'), text);
  try {
    return runCaseFolder(made);
  } finally {
    rmSync(made, {recursive: true});
  }
}

test.run();
