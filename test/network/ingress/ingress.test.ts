// Requests through an ingress controller whose pods are real pods: kubernetes-network.md, §7.1,
// §7.2, target V33.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {build} from '../../../src/scenario/build.ts';
import {readScenarioFrom} from '../../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../../scenario/memory-files.ts';
import {
  bothKeys,
  certificate,
  type IngressWishes,
  pathTo as path,
  ingressShop as shop,
  shopTls as tls,
} from '../../support/ingress-shop.ts';
import {counts, recordOf} from '../../support/outside-shop.ts';
import {Play, played, scenario} from '../../timelines/play.ts';

async function outcomes(wishes: IngressWishes) {
  return counts(recordOf(await played(shop(wishes)), 1));
}

test('a request goes to a pod of the controller, and that asks one behind the Ingress', async () => {
  const play = await played(shop({}));
  const [inner, outer] = [recordOf(play, 0), recordOf(play, 1)];
  assert.equal([inner.service, inner.caller, inner.nested], ['web', 'nginx', true]);
  assert.equal([outer.service, outer.caller, outer.nested], ['nginx', 'shoppers', false]);
  assert.equal(counts(outer), {ok: outer.sent});
  assert.is(inner.sent, outer.sent);
  const loads = [...inner.loads()].map(({requests}) => requests);
  assert.is(loads.length, 4);
  // Two pods, each in turn.
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 2, `${loads}`);
});

test('a controller’s port is found by its number where it has no name', async () => {
  const play = await played(
    shop({}).replace('{name: http, port: 80}, {name: https, port: 443}', '{port: 80}'),
  );
  const outer = recordOf(play, 1);
  assert.equal(counts(outer), {ok: outer.sent});
});

const cases: [what: string, wishes: IngressWishes, outcome: string][] = [
  ['no rule for the path', {path: path('/cart', 'web', 80)}, 'http-404'],
  ['no such Service', {path: path('/', 'wbe', 80)}, 'http-503'],
  ['no such port', {path: path('/', 'web', 81)}, 'http-503'],
  ['no pods', {pods: 0}, 'http-503'],
  ['nobody at the port yet', {container: 'readinessProbe: {exec: {command: [a]}}'}, 'ok'],
];

for (const [what, wishes, outcome] of cases) {
  test(`${what}: ${outcome}`, async () => {
    assert.equal(Object.keys(await outcomesInSpite(wishes)), [outcome]);
  });
}

/** What callers get where the scenario deserves warnings. */
async function outcomesInSpite(wishes: IngressWishes) {
  const head = 'apiVersion: orrery/v1\nkind: Scenario\nquestion: What does it answer?\n';
  const files = memoryFiles({'a.yaml': `${head}${shop(wishes)}`});
  const {scenario: loaded, problems} = await readScenarioFrom(files, 'a.yaml');
  if (loaded === undefined) throw new Error(problems.map(({message}) => message).join());
  return counts(recordOf(new Play(loaded).run(), 1));
}

test('with TLS, http is redirected, and https needs a certificate of the host’s own', async () => {
  const good = {tls, secret: certificate(bothKeys)};
  const https = {to: 'https://shop.com/', ...good};
  assert.equal(Object.keys(await outcomes(good)), ['http-308']);
  assert.equal(Object.keys(await outcomes(https)), ['ok']);
  for (const secret of [
    '',
    certificate(bothKeys, 'Opaque'),
    `---\n{apiVersion: v1, kind: Namespace, metadata: {name: other}}\n${certificate(bothKeys, 'kubernetes.io/tls', 'other')}`,
  ]) {
    for (const [entry, outcome] of [
      ['', 'bad-certificate'],
      ['verify: false', 'ok'],
    ]) {
      assert.equal(Object.keys(await outcomesInSpite({...https, secret, entry})), [outcome]);
    }
  }
});

// A lost node's pods are behind the Ingress for 50 s and more; the controller tries others.
test('the controller hides dead pods by trying others, and a POST is tried again if unsent', async () => {
  const rest =
    'duration: 5m\nfaults: [{kind: container-crash, pod: {workload: deployment/web, count: 1}, every: 20s}]';
  const once = await outcomes({rest, network: 'ingress: [{service: nginx, tries: 1}]'});
  const thrice = await outcomes({rest});
  assert.ok((once['http-502'] ?? 0) > 100, JSON.stringify(once));
  assert.equal(Object.keys(thrice), ['ok']);
  const post = await outcomes({rest, entry: 'idempotent: false'});
  assert.equal(Object.keys(post), ['ok']);
});

// V33: no lag is longer than a sync and a poll: 3.333 + 1 s; on average 3.333/2 + 1/2 s when busy.
test('V33: endpoints are served after the next sync and the next poll', async () => {
  const scales = Array.from({length: 120}, (_, i) => {
    const at = `${61.37 + 2 * i}s`;
    return `{at: ${at}, do: scale, target: deployment/web, replicas: ${4 + (i % 2)}}`;
  });
  const rest = `duration: 6m\ntimeline: [${scales.join(', ')}]`;
  const play = new Play(await scenario(shop({rest, every: '1h'})), {
    events: ['ingress.synced', 'ingress.polled'],
  });
  const {store} = play.world;
  const stored: number[] = [];
  store.endpointSlices.written.watch(() => void stored.push(play.now));
  play.run();
  const polls = play.times('ingress.polled', {from: 70});
  const changes = stored.filter(at => at > 70 && at < 290);
  assert.ok(polls.length > 50 && changes.length > 60, `${polls.length}, ${changes.length}`);
  for (const at of changes) {
    const served = polls.filter(poll => poll >= at && poll <= at + 4.334);
    assert.ok(served.length >= 2, `what was stored at ${at} is not served by both pods`);
  }
});

// Of tries that fail one after another the last one counts; a lost node costs its connections.
test('availability through an ingress is the share of requests that are answered', async () => {
  const rest = `duration: 10m
faults:
  - {kind: container-crash, pod: {workload: deployment/web, count: 3}, at: 90s, every: 31s}
  - {kind: container-crash, pod: {workload: deployment/nginx, count: 1}, at: 100s, every: 47s}
  - {kind: node-crash, node: n-1, at: 4m, lasts: 90s}`;
  for (const [tries, service] of [
    [1, 'nginx'],
    [2, 'nginx'],
  ] as const) {
    const network = `ingress: [{service: ${service}, tries: ${tries}, connectTimeout: 100ms}]`;
    const entry = 'connectTimeout: 100ms, timeout: 2s';
    const play = await played(shop({rest, network, entry}));
    const record = recordOf(play, 1);
    const web = play.rows('services.csv').find(({name}) => name === 'web');
    const available = 1 - Number(web?.lost_client_seconds) / (600 - 60.5);
    const got = record.count('ok') / record.sent;
    assert.ok(available < 0.998, `${available}`);
    assert.ok(Math.abs(got - available) < 0.005, `${got} of requests, ${available} available`);
  }
});

test('a run that is saved and restored elsewhere has the fingerprint of one that was not', async () => {
  const rest = `duration: 4m
timeline: [{at: 90s, do: rollout-restart, target: deployment/web}, {at: 2m, do: rollout-restart, target: deployment/nginx}]
faults: [{kind: node-crash, node: n-1, at: 100s, lasts: 40s}]`;
  const redirected = {tls, secret: certificate(bothKeys), latency: '{}'};
  for (const [balance, entry, wishes] of [
    ['round-robin', 'timeout: 2s', {}],
    ['ewma', 'timeout: 2s', {}],
    ['random', 'timeout: 2s', {}],
    ['random', 'timeout: 2s, followRedirects: true, retries: {tries: 2}', redirected],
  ] as const) {
    const network = `ingress: [{service: nginx, class: nginx, balance: ${balance}}]`;
    const loaded = await scenario(shop({...wishes, rest, network, entry}));
    const begun = () => build(loaded, {plugins: [], replication: 0});
    const whole = begun();
    whole.start();
    whole.simulation.run(loaded.duration);
    for (const at of [75, 91.5, 103, 121.7, 160]) {
      const first = begun();
      first.start();
      first.simulation.run(seconds(at));
      const second = begun();
      second.simulation.restore(structuredClone(first.simulation.save()));
      second.simulation.run(loaded.duration);
      assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
      const [one, other] = [second, whole].map(each => each.requests?.records()[1]);
      assert.equal(counts(one as never), counts(other as never));
    }
  }
});

test.run();
