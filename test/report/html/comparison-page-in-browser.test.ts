// report.html in a real browser: it needs nothing but itself, draws what it should, and obeys.

import type {Page} from 'playwright-core';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {Browser, hasBrowser} from '../../support/browser.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';

const browser = new Browser();
const html = comparisonPage(madeUpComparison());
const inBrowser = hasBrowser ? test : test.skip;

test.after(() => browser.close());

inBrowser(
  'it asks for nothing, complains of nothing and fits, light, dark and narrow',
  async () => {
    for (const screen of [{}, {dark: true}, {width: 420}]) {
      const {page, complaints} = await browser.open(html, screen);
      await page.locator('[data-course]').last().scrollIntoViewIfNeeded();
      await page.locator('canvas').last().waitFor();
      assert.equal(complaints, []);
      const overhang = Number(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
      );
      assert.ok(overhang <= 0, `${overhang} pixels too wide at ${JSON.stringify(screen)}`);
      await page.close();
    }
  },
);

inBrowser('on a phone a figure is still a table of rows to who listens to it', async () => {
  const {page} = await browser.open(html, {width: 420});
  const heard = await page.locator('#primary').ariaSnapshot();
  assert.match(heard, '- columnheader "mean, ms 95 % interval"');
  assert.match(heard, '- columnheader "profile"');
  assert.match(heard, /- rowheader "spreading"\n\s+- cell "616 545 to 686"/);
  await page.close();
});

inBrowser('a request that a page made would be seen', async () => {
  const image = '<img src="https://example.invalid/picture.png">';
  const {page, complaints} = await browser.open(`<!doctype html>${image}`);
  assert.match(complaints.join('\n'), 'request: https://example.invalid/picture.png');
  await page.close();
});

inBrowser('charts of courses are drawn in the colours of their variants', async () => {
  const page = await opened();
  assert.ok((await inkOf(page, blue)) > 100, 'no line in the blue of the second variant');
  await page.close();
});

inBrowser('a variant that is switched off leaves the charts', async () => {
  const page = await opened();
  const before = await inkOf(page, blue);
  await page.locator('[data-variant="1"]').press('Enter');
  assert.is(await page.locator('[data-variant="1"]').getAttribute('aria-pressed'), 'false');
  await nextFrame(page);
  assert.ok((await inkOf(page, blue)) < before / 10);
  await page.close();
});

inBrowser('the switch turns paper and charts dark, and back', async () => {
  const page = await opened();
  const paper = 'getComputedStyle(document.body).backgroundColor';
  assert.is(await page.evaluate(paper), 'rgb(255, 254, 251)');
  await page.getByText('dark', {exact: true}).click();
  assert.is(await page.evaluate(paper), 'rgb(21, 23, 26)');
  await nextFrame(page);
  assert.ok((await inkOf(page, blueAtNight)) > 100, 'charts keep the colours of daylight');
  await page.getByText('light', {exact: true}).click();
  assert.is(await page.evaluate(paper), 'rgb(255, 254, 251)');
  await page.close();
});

inBrowser('the filter finds figures by words of their names, underscores or not', async () => {
  const {page} = await browser.open(html);
  const visible = () => page.locator('details.one:visible').count();
  assert.is(await visible(), 4);
  await page.locator('#search').fill('scheduling_latency');
  assert.is(await visible(), 1);
  assert.is(await page.locator('#found').textContent(), '1 of 4 figures');
  await page.locator('#search').fill('web downtime');
  assert.is(await visible(), 1);
  await page.getByText('open all').click();
  assert.is(await page.locator('details.one[open]').count(), 1);
  await page.close();
});

inBrowser('names that look like markup stay text', async () => {
  const evil = '</script><script>console.log("run")</script><img src=x onerror=alert(1)>';
  const runs = madeUpComparison({names: ['a=1', `a=${evil}`], warnings: [evil]});
  const {page, complaints} = await browser.open(comparisonPage(runs));
  await page.locator('canvas').last().waitFor();
  assert.equal(complaints, []);
  assert.is(await page.locator('img').count(), 0);
  assert.is(await page.locator('.warnings li').textContent(), evil);
  assert.is(await page.locator('[data-variant="1"]').textContent(), `a=${evil}`);
  await page.close();
});

inBrowser('on paper it has its charts though nobody scrolled there', async () => {
  const {page} = await browser.open(html, {dark: true});
  const pdf = await page.pdf({format: 'A4'});
  assert.ok(pdf.length > 20_000, `only ${pdf.length} bytes`);
  assert.is(await page.locator('canvas').count(), 2);
  await page.close();
});

inBrowser('without scripts every number is there, and figures open', async () => {
  const plain = new Browser({scripts: false});
  try {
    const {page} = await plain.open(html);
    assert.is(await page.locator('#figures table.figure').count(), 4);
    assert.ok(await page.getByText('These charts are drawn by a script').isVisible());
    assert.not(await page.locator('#search').isVisible());
    await page.locator('details.one summary').first().click();
    assert.ok(await page.locator('#figures table.figure').first().isVisible());
  } finally {
    await plain.close();
  }
});

type Colour = readonly [red: number, green: number, blue: number];
const blue: Colour = [0, 114, 178];
const blueAtNight: Colour = [91, 176, 234];

/** Where the first chart has been drawn. */
async function opened(): Promise<Page> {
  const {page} = await browser.open(html);
  await page.locator('[data-course]').first().scrollIntoViewIfNeeded();
  await page.locator('canvas').first().waitFor();
  await nextFrame(page);
  return page;
}

/** uPlot draws before the next one. */
async function nextFrame(page: Page): Promise<void> {
  const twice = 'requestAnimationFrame(() => requestAnimationFrame(() => done(true)))';
  await page.evaluate(`new Promise(done => ${twice})`);
}

/** How many pixels of the first chart have this colour, or nearly so. */
async function inkOf(page: Page, colour: Colour): Promise<number> {
  const count = await page.evaluate(`(() => {
    const canvas = document.querySelector('canvas');
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const near = [${colour.join()}].every((part, j) => Math.abs(data[i + j] - part) < 6);
      if (near && data[i + 3] > 200) count++;
    }
    return count;
  })()`);
  return Number(count);
}

test.run();
