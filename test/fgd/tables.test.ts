import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Cell} from './cell.ts';
import {pictureOf} from './picture.ts';
import {csvOf, markdownOf, runsOf} from './tables.ts';

const cell: Cell = {list: 'default', policy: 'FGD', runs: [run(0, 0.94), run(1, 0.96)]};
const published = new Map([['gpu_allocated_pct,default,FGD,100', {mean: 95.2, sd: 0.1}]]);

test('fgd.csv has our mean beside the published one, where there is one', () => {
  const [, ...lines] = csvOf([cell], published).trimEnd().split('\n');
  assert.equal(lines, [
    'default,FGD,gpu_allocated_pct,80,2,80.000,0.000,,,',
    'default,FGD,gpu_allocated_pct,100,2,95.000,1.414,95.200,0.100,-0.200',
  ]);
});

test('runs.csv has a line for each run', () => {
  assert.equal(runsOf([cell]), ['default,FGD,0,94.000,,,', 'default,FGD,1,96.000,,,']);
});

test('fgd.md says how far a mean is from the published one', () => {
  const text = markdownOf([cell], published);
  assert.match(text, 'means over 2 runs');
  assert.match(text, '| FGD | 95.00 (−0.20) |');
});

test('the picture has a line for each policy and a ring for each published mean', () => {
  const svg = pictureOf([cell, {...cell, policy: 'Random'}], published);
  assert.is(svg.match(/<polyline/g)?.length, 2);
  // One more in the legend.
  assert.is(svg.match(/<circle/g)?.length, 2);
  assert.match(svg, 'prefers-color-scheme:dark');
});

function run(replication: number, allocated: number): Cell['runs'][number] {
  const metric = 'gpu_allocated_share';
  const points: [number, number][] = [
    [0.8, 0.8],
    [1, allocated],
  ];
  const plain = {variant: 0, fingerprint: '', events: 0, complete: true, figures: []};
  return {...plain, replication, series: [{metric, object: '', axis: 'arrived', points}]};
}

test.run();
