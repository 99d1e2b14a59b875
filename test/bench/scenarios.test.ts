// What is measured can be run: every scenario in bench/ reads without a complaint and is measured,
// and nothing else is. How long it takes is not looked at.

import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {k8sSimsScenario} from '../../bench/k8s-sims-run.ts';
import {wholeRuns} from '../../bench/whole-runs.ts';
import {readScenario} from '../../src/scenario/load.ts';

const folder = fileURLToPath(new URL('../../bench', import.meta.url));
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'));

for (const file of files) {
  test(`bench/${file} reads without a complaint`, async () => {
    const {scenario, problems} = await readScenario(join(folder, file));
    assert.equal(problems, []);
    assert.is(`${scenario?.name}.yaml`, file);
  });
}

test('every scenario in bench/ is measured', () => {
  assert.equal(files.sort(), wholeRuns.map(({name}) => `${name}.yaml`).sort());
});

test('a size of k8s-sims names its files and how much of them it takes', () => {
  const size = {nodes: 300, pods: 2972, published: undefined};
  const text = k8sSimsScenario('/somewhere/k8s-sims', size);
  assert.match(text, '{from: "/somewhere/k8s-sims/nodes-1200.yaml.gz", first: 300}');
  assert.match(text, '{file: "/somewhere/k8s-sims/pods-7064.yaml.gz", first: 2972}');
});

test.run();
