// `npm run results`: what the shipped scenarios give now becomes what they are to give.

import {cpSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {firstDifference} from '../src/report/compare-folders.ts';
import {committedResults, resultNames, withFreshResults} from './support/shipped-scenarios.ts';

await withFreshResults(fresh => {
  const kept = [...resultNames(), 'local', 'fgd', 'bench.csv'];
  for (const name of readdirSync(committedResults)) {
    if (kept.includes(name)) continue;
    rmSync(join(committedResults, name), {recursive: true});
    console.log(`${name}: removed, there is no such scenario`);
  }
  for (const name of resultNames()) accept(name, join(fresh, name));
});

function accept(name: string, fresh: string): void {
  const committed = join(committedResults, name);
  const isNew = !readdirSync(committedResults).includes(name);
  const difference = isNew ? 'new' : firstDifference(committed, fresh);
  console.log(`${name}: ${difference ?? 'unchanged'}`);
  if (difference === undefined) return;
  rmSync(committed, {recursive: true, force: true});
  cpSync(fresh, committed, {recursive: true});
}
