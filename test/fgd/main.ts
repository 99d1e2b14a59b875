// `npm run fgd -- FOLDER`: plays the FGD paper's experiment on the openb trace in FOLDER (or
// $ORRERY_DATA/openb) and writes results/fgd: every pod list there, six policies, ten runs each.

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {asked, usage} from './asked.ts';
import {pictureOf} from './picture.ts';
import {listsIn, playCells, policies, publishedIn} from './reproduction.ts';
import {csvOf, markdownOf, runsHead, runsOf} from './tables.ts';

const data = process.env.ORRERY_DATA;
const usual = data === undefined ? undefined : join(data, 'openb');
const wanted = asked(process.argv.slice(2), usual);
if (typeof wanted === 'string') {
  console.error(`${wanted}\n${usage}`);
  process.exit(1);
}
const {folder, lists, replications, workers, out} = wanted;
const published = publishedIn(folder);
const cells = await playCells({
  ...{folder, policies},
  lists: lists ?? listsIn(folder),
  replications,
  workers,
  onProgress: (done, total) => {
    if (done % 36 === 0 || done === total) console.log(`${done} of ${total} runs`);
  },
});
mkdirSync(out, {recursive: true});
writeFileSync(join(out, 'fgd.csv'), csvOf(cells, published));
writeFileSync(join(out, 'runs.csv'), `${[runsHead(), ...runsOf(cells)].join('\n')}\n`);
writeFileSync(join(out, 'fgd.md'), markdownOf(cells, published));
writeFileSync(join(out, 'fgd.svg'), pictureOf(cells, published));
console.log(`Results in ${out}`);
