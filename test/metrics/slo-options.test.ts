import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {days, milliseconds} from '../../src/engine/time.ts';
import {slos} from '../../src/metrics/slo-options.ts';

test('an objective needs a name and a share, and may say whose requests are good when', () => {
  assert.equal(slos.parse([{name: 'all', objective: '99.9%'}]), [
    {
      ...{name: 'all', service: undefined, from: undefined, within: undefined},
      ...{objective: 0.999, window: days(30)},
    },
  ]);
  const [given] = slos.parse([
    {
      ...{name: 'fast', service: 'shop/web', from: 'shoppers', objective: 0.95, window: '7d'},
      good: {status: 'ok', within: '300ms'},
    },
  ]);
  assert.equal(given, {
    ...{name: 'fast', service: {namespace: 'shop', name: 'web'}, from: 'shoppers'},
    ...{within: milliseconds(300), objective: 0.95, window: days(7)},
  });
  const [short] = slos.parse([{name: 'web', service: 'web', objective: 1}]);
  assert.equal(short.service, {namespace: 'default', name: 'web'});
});

test('what is no objective is refused in words', () => {
  const said = (...entries: object[]) => slos.safeParse(entries).error?.issues[0].message;
  const one = {name: 'a', objective: 1};
  assert.is(said(one, one), 'there is an objective a already');
  assert.match(String(said({name: 'a', objective: '120%'})), /expected a share from 0 to 1/);
  assert.match(
    String(said({name: 'a', objective: 1, service: 'a/b/c'})),
    /expected a Service as \[NAMESPACE\/\]NAME, got "a\/b\/c"/,
  );
  assert.match(
    String(said({name: 'a', objective: 1, good: {status: 'error'}})),
    /expected one of ok/,
  );
});

test.run();
