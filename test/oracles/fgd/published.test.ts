// The experiment's text, played without the simulator, gives the published numbers: what the
// simulator is then held to, decision by decision. The trace is not ours to ship: $ORRERY_DATA/openb.

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {playExperiment} from './experiment.ts';
import {fragmentation, typicalShapes} from './fragmentation.ts';
import {openbNodes, openbPods, publishedMeans} from './openb.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'openb');
const present = process.env.ORRERY_DATA !== undefined && existsSync(folder);
if (!present)
  console.log('skipped: the published experiment; set ORRERY_DATA to the folder of openb');
const check = present ? test : test.skip;

check('the lists have as many typical shapes as published', () => {
  assert.is(typicalShapes(openbPods(folder, 'default')).length, 35);
  assert.is(typicalShapes(openbPods(folder, 'gpuspec33')).length, 127);
});

check('13.94 % of the empty cluster is fragmented', () => {
  const shapes = typicalShapes(openbPods(folder, 'default'));
  const nodes = openbNodes(folder).map(({model, cpu, devices}) => {
    return {model, cpuFree: cpu, free: Array.from({length: devices}, () => 1000)};
  });
  const idle = nodes.reduce((sum, {free}) => sum + 1000 * free.length, 0);
  const sum = nodes.reduce((fragmented, node) => fragmented + fragmentation(node, shapes), 0);
  assert.is(((100 * sum) / idle).toFixed(2), '13.94');
});

check('one seed of a policy comes out as published', () => {
  const list = 'default';
  const published = publishedMeans(folder);
  const [nodes, pods] = [openbNodes(folder), openbPods(folder, list)];
  const {allocated, fragmented} = playExperiment({nodes, pods, policy: 'FGD', seed: '1'});
  for (const percent of [50, 80, 100]) {
    near(allocated.get(percent), published.get(`gpu_allocated_pct,${list},FGD,${percent}`)?.mean);
    near(fragmented.get(percent), published.get(`gpu_fragmented_pct,${list},FGD,${percent}`)?.mean);
  }
});

function near(value = Number.NaN, expected = Number.NaN): void {
  assert.ok(Math.abs(value - expected) < 0.5, `${value}, published ${expected}`);
}

test.run();
