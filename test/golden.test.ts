// The committed results of the shipped scenarios are what the code gives today, byte for byte.
// `npm run results` accepts a change; its diff is what a reviewer reads.

import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {firstDifference} from '../src/report/compare-folders.ts';
import {committedResults, resultNames, withFreshResults} from './support/shipped-scenarios.ts';

test('every scenario gives its committed results again', async () => {
  await withFreshResults(fresh => {
    const changes = resultNames().flatMap(name => {
      const committed = join(committedResults, name);
      if (!existsSync(committed)) return [`${name} has no results yet`];
      const difference = firstDifference(committed, join(fresh, name));
      return difference === undefined ? [] : [`results/${name}: ${difference}`];
    });
    assert.is(changes.join('\n'), '', 'if this is meant: npm run results, and read the diff');
  });
});

test('no results stay behind when their scenario goes', () => {
  const folders = readdirSync(committedResults, {withFileTypes: true})
    .filter(entry => entry.isDirectory() && !['local', 'fgd'].includes(entry.name))
    .map(({name}) => name);
  assert.equal(folders.sort(), resultNames());
});

test.run();
