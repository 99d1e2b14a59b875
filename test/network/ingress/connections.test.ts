// What connections through an ingress cost: TLS, redirects, and those to pods that controllers keep
// (kubernetes-network.md, §7.1, §7.2: upstream keepalive, 308).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {
  bothKeys,
  certificate,
  type IngressWishes,
  ingressShop,
  shopTls,
} from '../../support/ingress-shop.ts';
import {counts, recordOf} from '../../support/outside-shop.ts';
import {played} from '../../timelines/play.ts';

const latency = '{outside: 20ms, sameNode: 2ms}';
const https = {tls: shopTls, secret: certificate(bothKeys)};
const follow = 'followRedirects: true';

/** Milliseconds of the median request, of callers who all come by one node. */
async function median(wishes: IngressWishes, place: number): Promise<number> {
  const play = await played(ingressShop({nodes: 1, latency, ...wishes}));
  const record = recordOf(play, place);
  assert.equal(counts(record), {ok: record.sent});
  return (record.latency.quantile(0.5) ?? 0) / 1000;
}

// Round trips of 20 ms: TCP, TLS 1.3, the request; then 2 ms to the pod over a kept connection.
const times: [what: string, wishes: IngressWishes, place: number, expected: number][] = [
  ['http', {}, 1, 20 + 20 + 2],
  ['https', {...https, to: 'https://shop.com/'}, 1, 20 + 20 + 20 + 2],
  ['http that is redirected', {...https, entry: follow}, 3, 20 + 20 + (20 + 20 + 20 + 2)],
  ['http without kept upstreams', {network: 'ingress: [{service: nginx, keepAlive: 0}]'}, 1, 44],
  ['kept connections of callers', {entry: 'keepAlive: {}'}, 1, 20 + 2],
  ['kept ones to https', {...https, to: 'https://shop.com/', entry: 'keepAlive: {}'}, 1, 22],
  ['kept ones, redirected', {...https, entry: `keepAlive: {}, ${follow}`}, 3, 20 + 22],
];

for (const [what, wishes, place, expected] of times) {
  test(`${what} takes ${expected} ms`, async () => {
    const entry = `ends: 4m, ${wishes.entry ?? ''}`;
    const found = await median({every: '100ms', ...wishes, entry}, place);
    assert.ok(Math.abs(found / expected - 1) < 0.011, `${found}`);
  });
}

test('kept connections to a pod whose machine is lost are waited for, new ones less long', async () => {
  const rest = 'duration: 5m\nfaults: [{kind: node-crash, node: n-1, at: 2m}]';
  const [kept, alone] = await Promise.all(
    [320, 0].map(async keepAlive => {
      const network = `ingress: [{service: nginx, keepAlive: ${keepAlive}, connectTimeout: 1s, readTimeout: 7s}]`;
      const record = recordOf(
        await played(ingressShop({rest, network, every: '20ms', pods: 8})),
        0,
      );
      return record.latency.max ?? 0;
    }),
  );
  assert.ok(kept >= 7e6, `${kept}`);
  assert.ok(alone < 3e6, `${alone}`);
});

test('callers who follow redirects are as many as were sent, whatever goes wrong', async () => {
  const rest = `duration: 5m
timeline: [{at: 2m, do: rollout-restart, target: deployment/nginx}]
faults: [{kind: node-crash, node: n-1, at: 150s, lasts: 60s}]`;
  const entry = `${follow}, timeout: 1s, retries: {tries: 2}`;
  const play = await played(ingressShop({...https, rest, entry, latency}));
  const [outer, next] = [recordOf(play, 3), recordOf(play, 2)];
  const ended = Object.values(counts(outer)).reduce((sum, each) => sum + each, 0);
  assert.ok(outer.sent - ended <= 100 && outer.sent >= ended, `${outer.sent} ${ended}`);
  assert.is(counts(outer)['http-308'], undefined);
  assert.is(next.count('ok'), outer.count('ok'));
  assert.ok(next.sent > 0.9 * outer.sent && next.sent < outer.sent, `${next.sent} ${outer.sent}`);
});

test.run();
