// The shipped demo of a browser, a web page and a database: what each step of its story must show.

import {fileURLToPath} from 'node:url';
import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {readScenario} from '../../src/scenario/load.ts';
import {Play} from './play.ts';

const test = suite('mongo-express');
const file = fileURLToPath(new URL('../../scenarios/mongo-express.yaml', import.meta.url));

async function played(set: readonly string[] = []): Promise<Play> {
  const {scenario, problems} = await readScenario(file, {set});
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return new Play(scenario).run();
}

const demo = await played();
const rows = demo.rows('requests.csv');
const [browser, page] = ['browser', 'mongo-express'].map(
  name => rows.find(({caller}) => caller === name) ?? {},
);

test('both pods wait for the Secret, and start within two syncs of its coming', () => {
  const waited = demo.entries('lacking').map(({who}) => who.replace(/-[0-9a-f]+-\w+$/, ''));
  assert.equal([...new Set(waited)].sort(), ['mongo-express', 'mongodb']);
  assert.ok(demo.times('lacking').every(at => at < 120));
  const first = demo.times('started').slice(0, 2);
  assert.ok(
    first.every(at => at > 120 && at < 150),
    `${first}`,
  );
});

test('until the tunnel opens, and once it is closed, the browser has no address to go to', () => {
  // 5 a second for the first 5 and the last 2 of 30 minutes.
  const expected = 5 * 7 * 60;
  const off = Math.abs(Number(browser.unresolved) - expected);
  assert.ok(off < 4 * Math.sqrt(expected), browser.unresolved);
  assert.is(demo.rows('services.csv')[0].time_to_first_ready, '300.005000');
});

test('each outage is put down to what was done, and lasts as long as its repair takes', () => {
  const found = demo
    .rows('outages.csv')
    .filter(({kind}) => kind === 'Service')
    .map(({name, cause, duration}) => [name, cause.split(' ')[0], Math.round(Number(duration))]);
  assert.equal(found, [
    ['mongodb-service', 'container-crash', 6],
    ['mongo-express-service', 'container-crash', 6],
    ['mongodb-service', 'set-image', 15],
    ['mongo-express-service', 'tunnel', 120],
  ]);
});

test('a database that is away is an error of the page, and no outage of its Service', () => {
  const away = Number(page.refused);
  assert.ok(away > 50, `${away}`);
  assert.is(browser.error, page.refused);
  // Those whose first packet was lost with the old pod's address.
  assert.is(browser.timeout, page.connect_timeout);
});

test('without a tunnel the Service is in no average, and is told as never reached', async () => {
  const play = await played(['timeline[1].at=31m', 'timeline[1].ends=32m']);
  const [worst, next] = play.troubled.filter(({isService}) => isService);
  assert.is(worst.name, 'service/mongo-express-service');
  assert.ok(worst.neverReady);
  assert.ok(!next.neverReady);
  assert.is(play.rows('services.csv')[0].availability, '');
});

test.run();
