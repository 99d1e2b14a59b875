// A well-known shop of eleven services under load, as its authors publish it, while nodes fail and a
// new version is rolled out. Its manifests are not ours to ship: $ORRERY_DATA/manifests.

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {outcomes} from '../../src/machines/request-book.ts';
import {readScenario} from '../../src/scenario/load.ts';
import {Play} from '../timelines/play.ts';

const test = suite('Online Boutique');
const shop = '../../scenarios/online-boutique/online-boutique.yaml';
const file = fileURLToPath(new URL(shop, import.meta.url));
const release = 'manifests/online-boutique/release/kubernetes-manifests.yaml';
const manifests = join(process.env.ORRERY_DATA ?? '', release);

type Row = Readonly<Record<string, string>>;

async function played(): Promise<Play> {
  const set = [`manifests[0]=${manifests}`, 'traffic[0].rate=6/s'];
  const {scenario, problems} = await readScenario(file, {set});
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return new Play(scenario).run();
}

/** Of requests to a Service by somebody, or by anybody. */
function sum(rows: readonly Row[], column: string, service: string, caller?: string): number {
  return rows
    .filter(row => row.service === service && (caller === undefined || row.caller === caller))
    .reduce((all, row) => all + Number(row[column]), 0);
}

test('without its manifests the one thing that is told is that they are not there', async () => {
  const {problems} = await readScenario(file);
  const here = existsSync(join(file, '../kubernetes-manifests.yaml'));
  const told = problems.map(({message}) => message);
  if (!here) assert.equal(told, ['kubernetes-manifests.yaml: no such file']);
});

if (process.env.ORRERY_DATA === undefined || !existsSync(manifests)) {
  console.log('skipped: Online Boutique; set ORRERY_DATA to the folder of manifests');
} else {
  const play = await played();
  const requests: readonly Row[] = play.rows('requests.csv');
  const services: readonly Row[] = play.rows('services.csv');
  const outages: readonly Row[] = play.rows('outages.csv');

  test('every request is over in one way, or under way', () => {
    for (const row of requests) {
      const over = outcomes.map(outcome => Number(row[outcome.replaceAll('-', '_')]));
      const all = over.reduce((one, other) => one + other, Number(row.under_way));
      assert.is(all, Number(row.sent), `${row.service} from ${row.caller}`);
    }
  });

  test('each service asks others for what reaches it, no more and hardly less', () => {
    const pairs: [asks: string, asked: string][] = [
      ['cartservice', 'redis-cart'],
      ['recommendationservice', 'productcatalogservice'],
      ['checkoutservice', 'cartservice'],
    ];
    for (const [asks, asked] of pairs) {
      const reached = sum(requests, 'sent', asks) - sum(requests, 'refused', asks);
      const sent = sum(requests, 'sent', asked, asks);
      const most = asks === 'checkoutservice' ? 2 * reached : reached;
      assert.ok(sent <= most && sent > 0.7 * reached, `${asked} from ${asks}: ${sent} of ${most}`);
    }
    const orders =
      sum(requests, 'sent', 'checkoutservice') / sum(requests, 'ok', 'frontend-external');
    assert.ok(orders > 0.03 && orders < 0.06, `${orders}`);
  });

  test('those Services have lost clients whose pods were on the machines that failed', () => {
    assert.is(services.length, 12);
    for (const {name, availability} of services) {
      assert.ok(Number(availability) > 0.88, `${name} ${availability}`);
    }
    const less = services.filter(({availability}) => Number(availability) < 1);
    assert.equal(less.map(({name}) => name).sort(), [
      ...['adservice', 'frontend', 'frontend-external', 'productcatalogservice'],
      ...['recommendationservice', 'redis-cart'],
    ]);
  });

  test('all that clients lost is put down to the two crashes and the rollout', () => {
    const causes = new Set(outages.map(({cause}) => cause.split(' ').slice(0, 2).join(' ')));
    assert.equal([...causes].sort(), [
      'node-crash node/shop-1',
      'node-crash node/shop-2',
      'set-image deployment/frontend',
    ]);
    const lost = (rows: readonly Row[]) =>
      rows.reduce((all, row) => all + Number(row.lost_client_seconds), 0);
    const incidents = play.rows('incidents.csv');
    assert.ok(Math.abs(lost(incidents) - lost(services)) < 1e-4);
  });

  test('a database that comes back elsewhere serves again within seconds', () => {
    const redis = outages.filter(({name, kind}) => name === 'redis-cart' && kind === 'Service');
    const longest = Math.max(...redis.map(({duration}) => Number(duration)));
    const failed = sum(requests, 'sent', 'redis-cart') - sum(requests, 'ok', 'redis-cart');
    const rate = sum(requests, 'sent', 'redis-cart') / 3600;
    assert.ok(failed < 1.2 * rate * longest, `${failed}`);
  });
}

test.run();
