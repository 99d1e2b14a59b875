// report.html as text: what is in it, and how large it gets. In a real browser:
// comparison-page-in-browser.test.ts.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';

test('the same comparison is the same page', () => {
  const [one, other] = [madeUpComparison(), madeUpComparison()].map(comparisonPage);
  assert.ok(one === other);
});

test('whoever of the runs was done first, the page is the same', () => {
  const made = madeUpComparison();
  const [first, ...others] = made.observations;
  // Which series is met first depends on the order of runs.
  const observations = [{...first, series: first.series.slice(1)}, ...others];
  const page = comparisonPage({...made, observations});
  assert.ok(comparisonPage({...made, observations: observations.toReversed()}) === page);
});

test('every figure that varies has a table, and the others one line each', () => {
  const html = sectionOf(comparisonPage(madeUpComparison()), 'figures');
  assert.is(count(html, /<table class=figure>/g), 4);
  assert.match(html, '<th scope=row>pods created<td>638 pods');
});

test('every variant has a row of numbers with a dot for each replication', () => {
  const html = sectionOf(comparisonPage(madeUpComparison({replications: 12})), 'primary');
  const rows = html.match(/<tr class="c.*<\/tr>/g) ?? [];
  assert.is(rows.length, 3);
  for (const row of rows) {
    const [, dots] = /<path class=d d="([^"]*)"/.exec(row) ?? [];
    assert.is(count(dots ?? '', /h0/g), 12);
  }
});

test('the primary figure is told in the order of its means', () => {
  const {comparison, ...rest} = madeUpComparison();
  const html = sectionOf(comparisonPage({comparison, ...rest}), 'primary');
  const told = [...html.matchAll(/<th scope=row>([a-z-]+)</g)].map(([, name]) => name);
  assert.equal(told, ['spreading', 'bin-packing', 'default']);
});

test('a replication is a line through all variants', () => {
  const html = sectionOf(comparisonPage(madeUpComparison({replications: 7})), 'replications');
  assert.is(count(html, /<path class=l d="M[^ML"]+L[^ML"]+L[^ML"]+"/g), 7);
});

test('one replication has no lines, and no primary figure no section of its own', () => {
  assert.not.match(comparisonPage(madeUpComparison({replications: 1})), 'id=replications');
  const {comparison, ...rest} = madeUpComparison();
  const html = comparisonPage({...rest, comparison: {...comparison, primary: undefined}});
  assert.not.match(html, 'id=primary');
  assert.match(html, 'No primary figure was declared');
});

test('without samples over time there is neither their section nor the library', () => {
  const html = comparisonPage(madeUpComparison({charts: 0}));
  assert.not.match(html, 'id=time');
  assert.not.match(html, 'leeoniya');
});

test('warnings stand above the figures', () => {
  const html = comparisonPage(madeUpComparison({warnings: ['only one run']}));
  assert.ok(html.indexOf('only one run') < html.indexOf('id=primary'));
});

test('the page says how to get it again', () => {
  assert.match(
    sectionOf(comparisonPage(madeUpComparison()), 'provenance'),
    '<code>orrery compare made-up.yaml --vary scheduler.profile=default,bin-packing</code>',
  );
});

test('a run that did not end is told of, and is no dot', () => {
  const {observations, ...rest} = madeUpComparison({replications: 3});
  const [first, ...others] = observations;
  const html = comparisonPage({...rest, observations: [{...first, complete: false}, ...others]});
  assert.match(html, '9 with 9,000 events, 1 of them incomplete');
  const [, dots] = /<path class=d d="([^"]*)"/.exec(rowOf(html, 'default')) ?? [];
  assert.is(count(dots ?? '', /h0/g), 2);
});

test('36 variants, 10 replications, 80 figures and 6 charts stay below 2 MB', () => {
  const names = Array.from({length: 36}, (_, i) => {
    return `profile=strategy-${i % 6},list=gpushare-${Math.floor(i / 6)}`;
  });
  const html = comparisonPage(madeUpComparison({names, figures: 80, charts: 6}));
  assert.ok(html.length < 2_000_000, `${html.length} bytes`);
  assert.match(html, 'the page has dots where most speaks for a difference.');
});

test('of very many figures those that say most are drawn, and the last are in compare.csv', () => {
  const names = Array.from({length: 30}, (_, i) => `strategy=${i}`);
  const made = madeUpComparison({names, replications: 2, figures: 500, charts: 0});
  const html = sectionOf(comparisonPage(made), 'figures');
  assert.is(count(html, /<table class=figure>/g), 266);
  assert.is(count(html, /<th class=axis><div/g), 2 * 86);
  assert.match(html, 'no place for 134 figures, which compare.csv has');
});

function sectionOf(html: string, id: string): string {
  const from = html.indexOf(`<section id=${id}>`);
  return html.slice(from, html.indexOf('</section>', from));
}

function rowOf(html: string, label: string): string {
  const from = html.indexOf(`<th scope=row>${label}<td>`);
  return html.slice(from, html.indexOf('</tr>', from));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

test.run();
