// What annotations of ingress-nginx make of requests (docs/user-guide/nginx-configuration/
// annotations.md), and which status each failure behind the ingress is (kubernetes-network.md, §7.2).

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

const nginx = (name: string, value: string) => `nginx.ingress.kubernetes.io/${name}: "${value}"`;
const https = {tls: shopTls, secret: certificate(bothKeys)};
const slow = 'duration: 5m\napplications: [{selector: app=web, takes: 10s}]';
const broken = 'duration: 5m\napplications: [{selector: app=web, errors: 50%}]';
const lost = 'duration: 150s\nfaults: [{kind: node-crash, node: n-1, at: 90s}]';
const ends = 'ends: 4m';

async function outer(wishes: IngressWishes) {
  const play = await played(ingressShop({every: '50ms', entry: ends, ...wishes}));
  return {play, record: recordOf(play, 1)};
}

const only: [what: string, wishes: IngressWishes, outcomes: string[]][] = [
  ['ssl-redirect off', {...https, annotations: nginx('ssl-redirect', 'false')}, ['ok']],
  ['force-ssl-redirect', {annotations: nginx('force-ssl-redirect', 'true')}, ['http-308']],
  [
    'an answer that takes too long',
    {rest: slow, annotations: nginx('proxy-read-timeout', '2')},
    ['http-504'],
  ],
  [
    'an answer that takes long',
    {rest: slow, annotations: nginx('proxy-read-timeout', '12')},
    ['ok'],
  ],
  ['errors of pods', {rest: broken}, ['ok', 'error']],
  [
    'paths that are expressions',
    {
      annotations: nginx('use-regex', 'true'),
      path: pathOf('/shop(/|$)'),
      to: 'http://shop.com/SHOP',
    },
    ['ok'],
  ],
  ['a path up to the class', {path: pathOf('/shop'), to: 'http://shop.com/shopping'}, ['ok']],
];

function pathOf(path: string): string {
  return `{path: "${path}", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}`;
}

for (const [what, wishes, outcomes] of only) {
  test(`${what}: ${outcomes.join(', ')}`, async () => {
    const {record} = await outer(wishes);
    assert.equal(Object.keys(counts(record)), outcomes);
  });
}

test('errors are tried again where proxy-next-upstream has a status', async () => {
  const annotations = nginx('proxy-next-upstream', 'error timeout http_500');
  const {record} = await outer({rest: broken, annotations});
  // Half of half of half of them.
  const {error = 0} = counts(record);
  assert.ok(
    Math.abs(error / record.sent - 1 / 8) < 4 * Math.sqrt(7 / 64 / record.sent),
    `${error}`,
  );
});

// New connections to a machine that is lost: 504 after the connect timeout of the last try.
// Where others have come in between, the next in turn may be the lost one again: a quarter of a
// quarter of the pods' requests fail with two tries.
test('connections that nobody answers are 504 after as many timeouts as there are tries', async () => {
  const network = 'ingress: [{service: nginx, keepAlive: 0}]';
  const entry = 'connectTimeout: 1s';
  const failures = [1, 2].map(async tries => {
    const annotations = [
      nginx('proxy-next-upstream-tries', `${tries}`),
      nginx('proxy-connect-timeout', '2'),
    ].join();
    const {record} = await outer({rest: lost, network, annotations, entry});
    const {'http-504': failed = 0, ok} = counts(record);
    return failed / (failed + ok - 590);
  });
  const [once, twice] = await Promise.all(failures);
  assert.ok(once > 0.15 && once < 0.35, `${once}`);
  assert.ok(twice > 0.02 && twice < 0.12, `${twice}`);
});

test('off: nothing is tried again, and refused connections are 502', async () => {
  const rest =
    'duration: 5m\nfaults: [{kind: container-crash, pod: {workload: deployment/web, count: 1}, every: 20s}]';
  const {record} = await outer({
    rest,
    every: '10ms',
    annotations: nginx('proxy-next-upstream', 'off'),
  });
  const {ok, ...others} = counts(record);
  assert.equal(Object.keys(others), ['http-502']);
});

test('pods that are spoken to by TLS cost a round trip for each new connection', async () => {
  const wishes = {nodes: 1, latency: '{outside: 20ms, sameNode: 2ms}'};
  const network = 'ingress: [{service: nginx, keepAlive: 0}]';
  const {record} = await outer({
    ...wishes,
    network,
    annotations: nginx('backend-protocol', 'HTTPS'),
  });
  assert.ok(Math.abs((record.latency.quantile(0.5) ?? 0) / 46_000 - 1) < 0.011);
});

const canary = (weight: number) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: new, annotations: {${nginx('canary', 'true')}, ${nginx('canary-weight', `${weight}`)}}}
spec: {ingressClassName: nginx, rules: [{host: shop.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: new, port: {number: 80}}}}]}}]}
---
apiVersion: v1
kind: Service
metadata: {name: new}
spec: {selector: {app: new}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: new}
spec:
  replicas: 2
  selector: {matchLabels: {app: new}}
  template:
    metadata: {labels: {app: new}}
    spec: {containers: [{name: main, image: "new:1"}]}
`;

test('a canary gets its share of the requests', async () => {
  for (const weight of [20, 100]) {
    const {play, record} = await outer({every: '10ms', secret: canary(weight)});
    assert.equal(counts(record), {ok: record.sent});
    const loads = [...recordOf(play, 0).loads()];
    const taken = loads
      .filter(({endpoint}) => endpoint.startsWith('new'))
      .reduce((sum, {requests}) => sum + requests, 0);
    const share = weight / 100;
    const sd = Math.sqrt((share * (1 - share)) / record.sent);
    assert.ok(Math.abs(taken / record.sent - share) <= 4 * sd, `${taken} of ${record.sent}`);
  }
});

test('a canary without pods fails as much as it takes', async () => {
  const secret = canary(20).replace('replicas: 2', 'replicas: 0');
  const {play, record} = await outer({every: '10ms', secret, rest: 'duration: 5m'});
  const {'http-503': failed = 0} = counts(record);
  const sd = Math.sqrt(0.16 / record.sent);
  assert.ok(Math.abs(failed / record.sent - 0.2) < 4 * sd, `${failed}`);
  const web = play.rows('services.csv').find(({name}) => name === 'web');
  const lostShare = Number(web?.lost_client_seconds) / (300 - 60.5);
  assert.ok(Math.abs(lostShare - 0.2) < 0.06, `${lostShare}`);
});

test.run();
