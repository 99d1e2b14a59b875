import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {asked} from './asked.ts';

const folder = mkdtempSync(join(tmpdir(), 'orrery-fgd-'));
writeFileSync(join(folder, 'openb_node_list_gpu_node.csv'), '');
writeFileSync(join(folder, 'openb_pod_list_mine.csv'), '');

test.after(() => rmSync(folder, {recursive: true}));

test('the folder that is named is played, or the usual one', () => {
  const wanted = asked([folder, '--lists', 'mine', '--replications', '3', '--workers', '2'], 'x');
  const out = 'results/fgd';
  assert.equal(wanted, {folder, lists: ['mine'], replications: 3, workers: 2, out});
  const usual = asked(['--workers', '1'], folder);
  assert.equal(usual, {folder, lists: undefined, replications: 10, workers: 1, out});
});

test('what cannot be played is said before anything is written', () => {
  const wrong = (...args: string[]) => String(asked(args, undefined));
  assert.match(wrong(), 'name the folder');
  assert.match(wrong(folder, '--help'), "Unknown option '--help'");
  assert.match(wrong(folder, '--replications', 'ten'), 'expected whole numbers above 0');
  assert.match(wrong(folder, '--workers', '0'), 'expected whole numbers above 0');
  assert.match(wrong(folder, '--lists', 'yours'), 'openb_pod_list_yours.csv: no such file');
  assert.match(wrong(join(folder, 'nowhere')), 'openb_node_list_gpu_node.csv: no such file');
});

test.run();
