// From a scenario's file to the page in a browser, with nothing made up between.

import {fileURLToPath} from 'node:url';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compare} from '../../../src/experiment/compare.ts';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {Browser, hasBrowser} from '../../support/browser.ts';

const browser = new Browser();
const inBrowser = hasBrowser ? test : test.skip;

test.after(() => browser.close());

inBrowser('a comparison that was played opens as a page, with all that was measured', async () => {
  const {comparison, observations} = await compare(
    {
      file: fileURLToPath(new URL('../../../scenarios/quickstart.yaml', import.meta.url)),
      vary: ['scheduler.profile=default,bin-packing'],
      replications: 3,
      read: {set: ['results.timeseries.every=5m'], compare: {primary: 'nodes_used'}},
    },
    {workers: 1},
  );
  if (comparison === undefined) throw new Error('there is something wrong with the quickstart');
  const played = {comparison, observations, seed: 1, version: '1.0.0', command: 'orrery compare'};
  const {page, complaints} = await browser.open(comparisonPage(played));
  await page.locator('[data-course]').last().scrollIntoViewIfNeeded();
  await page.locator('canvas').last().waitFor();
  assert.equal(complaints, []);
  assert.match((await page.locator('.verdict').textContent()) ?? '', /profile=bin-packing/);
  const metrics = new Set(comparison.rows.map(({metric, object}) => `${metric}:${object}`));
  const alike = await page.locator('#figures .plain tbody tr').count();
  assert.is((await page.locator('details.one').count()) + alike, metrics.size);
});

test.run();
