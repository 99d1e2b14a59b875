// `npm run fgd -- FOLDER`: plays the FGD paper's experiment on the openb trace in FOLDER (or
// $ORRERY_DATA/openb) and writes results/fgd: every pod list there, six policies, ten runs each.

import {mkdirSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {pictureOf} from './picture.ts';
import {listsIn, playCells, policies, publishedIn} from './reproduction.ts';
import {csvOf, markdownOf, runsHead, runsOf} from './tables.ts';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    lists: {type: 'string'},
    replications: {type: 'string', default: '10'},
    workers: {type: 'string', default: String(availableParallelism())},
    out: {type: 'string', default: 'results/fgd'},
  },
});
const data = process.env.ORRERY_DATA;
const folder = positionals[0] ?? (data === undefined ? undefined : join(data, 'openb'));
if (folder === undefined) {
  console.error('npm run fgd -- FOLDER: name the folder with openb_pod_list_default.csv');
  process.exit(2);
}
const published = publishedIn(folder);
const cells = await playCells({
  ...{folder, policies},
  lists: values.lists?.split(',') ?? listsIn(folder),
  replications: Number(values.replications),
  workers: Number(values.workers),
  onProgress: (done, total) => {
    if (done % 36 === 0 || done === total) console.log(`${done} of ${total} runs`);
  },
});
mkdirSync(values.out, {recursive: true});
writeFileSync(join(values.out, 'fgd.csv'), csvOf(cells, published));
writeFileSync(join(values.out, 'runs.csv'), `${[runsHead(), ...runsOf(cells)].join('\n')}\n`);
writeFileSync(join(values.out, 'fgd.md'), markdownOf(cells, published));
writeFileSync(join(values.out, 'fgd.svg'), pictureOf(cells, published));
console.log(`Results in ${values.out}`);
