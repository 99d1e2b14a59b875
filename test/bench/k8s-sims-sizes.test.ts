// Which pods go with how many nodes, and what was published for them.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {readSize} from '../../bench/k8s-sims-sizes.ts';

const test = suite<{folder: string}>('sizes of k8s-sims');

const published = [
  'simulator,nodes,pods,run_time_s,cpu_s,memory_peak_gb,unscheduled_pods',
  'kwok,100,1067,53,41,0.54,22',
  'kube-sched,100,1067,54,53,0.85,18',
  'kubemark,100,1067,91,307,9.07,8',
  '',
].join('\r\n');

test.before.each(context => {
  context.folder = mkdtempSync(join(tmpdir(), 'orrery-test-'));
  writeFileSync(join(context.folder, 'published.csv'), published);
});

test.after.each(({folder}) => rmSync(folder, {recursive: true}));

test('only runs of the real kube-scheduler make the published range', ({folder}) => {
  const range = {least: 18, most: 22};
  assert.equal(readSize('100', folder), {nodes: 100, pods: 1067, published: range});
});

test('a size that was not published has the pods of its file', ({folder}) => {
  assert.equal(readSize('700', folder), {nodes: 700, pods: 6453, published: undefined});
});

test('1200 nodes are all that there are', ({folder}) => {
  assert.equal(readSize('1200', folder), {nodes: 1213, pods: 7064, published: undefined});
});

test('other pods than the published ones are held against nothing', ({folder}) => {
  assert.equal(readSize('100:900', folder), {nodes: 100, pods: 900, published: undefined});
});

test('nodes without known pods ask for them', ({folder}) => {
  assert.match(String(readSize('150', folder)), '150 nodes: how many pods? Say 150:PODS');
});

test('what is no size is refused', ({folder}) => {
  for (const text of ['', 'x', '0', '1.5', '100:', '-3']) {
    assert.match(String(readSize(text, folder)), 'expected a number of nodes');
  }
});

test.run();
