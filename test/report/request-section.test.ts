import pico from 'picocolors';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {requestFigures} from '../../src/metrics/request-figures.ts';
import {Slos} from '../../src/metrics/slos.ts';
import {FigureLookup} from '../../src/report/figure-lookup.ts';
import {requestSection} from '../../src/report/request-section.ts';
import {bookOf, FakeRecord} from '../metrics/fake-requests.ts';
import {FakeWorld} from '../metrics/fake-world.ts';

test('each entry of traffic has a line, and who lost most comes first', () => {
  const happy = new FakeRecord('web', 'shoppers').end('ok', {times: 1200});
  const sad = new FakeRecord('web', 'robots').end('ok', {times: 30, latency: 250_000});
  sad.end('http-503', {times: 6}).end('connect-timeout', {times: 4});
  assert.equal(section(happy, sad), [
    'requests   sent     ok    p50  p99    max  failed most as',
    'robots       40   75 %  250ms    –  250ms  503 (6 of 10)',
    'shoppers  1,200  100 %    1ms  1ms    1ms',
  ]);
});

test('calls between applications are not the lines of anybody', () => {
  const nested = new FakeRecord('cart', 'web', {nested: true}).end('ok');
  assert.equal(section(nested), undefined);
});

test('one entry at several Services has one line', () => {
  const [web, cart] = [new FakeRecord('web', 'shoppers'), new FakeRecord('cart', 'shoppers')];
  const [, line] = section(web.end('ok', {times: 2}), cart.end('refused', {times: 2})) ?? [];
  assert.is(line, 'shoppers     4  50 %    –    –  1ms  refused (2)');
});

test('what nobody has answered by the end is told where it is more than a moment’s', () => {
  const stuck = new FakeRecord('web', 'stuck').end('ok', {times: 30}).end('reset', {times: 1});
  stuck.sent += 20;
  const [, line] = section(stuck) ?? [];
  assert.match(line, /reset \(1\); 20 under way$/);
  const busy = new FakeRecord('web', 'busy').end('ok', {times: 9999});
  busy.sent += 5;
  assert.not.match((section(busy) ?? [])[1], 'under way');
});

test('nearly all is not all', () => {
  const record = new FakeRecord('web', 'shoppers').end('ok', {times: 10_000_000}).end('reset');
  const [, line] = section(record) ?? [];
  assert.match(line, '> 99.999 %');
});

test('objectives are told below, the one that lost most of its budget first', () => {
  const record = new FakeRecord('web', 'shoppers');
  const [easy, hard] = [0.9, 0.99].map(objective => {
    return {
      ...{name: `of-${objective * 100}`, service: undefined, from: undefined, within: undefined},
      ...{objective, window: seconds(60)},
    };
  });
  const slos = new Slos(new FakeWorld({seed: 1}), [easy, hard], bookOf(record));
  record.end('ok', {times: 98}).end('error', {times: 2});
  const figures = [...requestFigures([record], seconds(10)), ...slos.figures(seconds(10))];
  const lines = requestSection(new FigureLookup(figures), pico.createColors(false))?.split('\n');
  assert.equal(lines?.slice(2), [
    'objective of-99: 98 % good, 200 % of the budget spent',
    'objective of-90: 98 % good, 20 % of the budget spent',
  ]);
});

function section(...records: FakeRecord[]): string[] | undefined {
  const figures = new FigureLookup(requestFigures(records, seconds(10)));
  return requestSection(figures, pico.createColors(false))?.split('\n');
}

test.run();
