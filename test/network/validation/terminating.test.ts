// KEP-1669; kubernetes-network.md, §1.4, §3.1, target V6: pods on their way out get connections only
// where no ready one is left in the scope of the policy, and only while they serve.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {counts, outsideShop, recordOf, type ShopWishes} from '../../support/outside-shop.ts';
import {Play, scenario} from '../../timelines/play.ts';

/** Deleted at 120 s; SIGTERM 20 s later. The news takes some ten milliseconds. */
const goes = 120;
const deaf = goes + 20;

const callers = (from: string) =>
  `{name: callers, from: ${from}, to: web, every: 50ms, starts: 60s, connectTimeout: 1s}`;

async function shop(wishes: Pick<ShopWishes, 'pods' | 'service'>, from: string): Promise<Play> {
  const text = outsideShop({
    nodes: '{name: n, count: 3, zones: [a, b, c], allocatable: {cpu: 64, memory: 64Gi, pods: 500}}',
    rest: `duration: 200s\ntimeline: [{at: ${goes}s, do: scale, target: deployment/web-0, replicas: 0}]`,
    spec: 'terminationGracePeriodSeconds: 60,',
    container: 'lifecycle: {preStop: {sleep: {seconds: 20}}}',
    traffic: callers(from),
    ...wishes,
  });
  return new Play(await scenario(text));
}

/** What connections between two times came to, and those that the leaving pods got. */
function between(play: Play, from: number, until: number) {
  play.run(from);
  const before = [counts(recordOf(play)), leaving(play)] as const;
  play.run(until);
  const after = [counts(recordOf(play)), leaving(play)] as const;
  const more = Object.entries(after[0]).map(([how, count]) => [how, count - (before[0][how] ?? 0)]);
  const outcomes = Object.fromEntries(more.filter(([, count]) => Number(count) > 0));
  return {outcomes, toLeaving: after[1] - before[1]};
}

function leaving(play: Play): number {
  const loads = [...recordOf(play).loads()].filter(({endpoint}) => endpoint.startsWith('web-0'));
  return loads.reduce((sum, {requests}) => sum + requests, 0);
}

const local = {
  service: 'type: NodePort, internalTrafficPolicy: Local, externalTrafficPolicy: Local',
};

test('V6: the last pod of a Service serves on until it stops listening', async () => {
  const play = await shop({pods: [[2, 'n-0']], service: ''}, 'nodes');
  assert.equal(between(play, goes, deaf - 1), {outcomes: {ok: 380}, toLeaving: 380});
  assert.equal(between(play, deaf + 10, deaf + 20), {outcomes: {refused: 200}, toLeaving: 0});
});

test('V6: while one is ready anywhere, those that leave get nothing', async () => {
  const pods = [
    [2, 'n-0'],
    [1, 'n-1'],
  ] as const;
  const play = await shop({pods, service: ''}, 'nodes');
  const before = between(play, goes - 20, goes);
  assert.equal(before.outcomes, {ok: 400});
  assert.ok(before.toLeaving > 200 && before.toLeaving < 330, `${before.toLeaving}`);
  assert.equal(between(play, goes + 1, deaf - 1), {outcomes: {ok: 360}, toLeaving: 0});
});

test('V6: with a Local policy the scope is the node, though others have ready pods', async () => {
  const pods = [
    [1, 'n-0'],
    [1, 'n-1'],
  ] as const;
  const play = await shop({pods, ...local}, 'outside, via: {nodePort: {nodes: n-0}}');
  assert.equal(between(play, goes + 1, deaf - 1), {outcomes: {ok: 360}, toLeaving: 360});
  // From then on the node has none of its own.
  assert.equal(between(play, deaf + 10, deaf + 20), {
    ...{outcomes: {'connect-timeout': 200}, toLeaving: 0},
  });
});

test('V6: with a Local policy a ready pod on the node has all', async () => {
  const pods = [
    [1, 'n-0'],
    [1, 'n-0'],
  ] as const;
  const play = await shop({pods, ...local}, 'outside, via: {nodePort: {nodes: n-0}}');
  assert.equal(between(play, goes + 1, deaf - 1), {outcomes: {ok: 360}, toLeaving: 0});
});

test('V6: from within, iTP=Local falls back alike', async () => {
  const pods = [
    [1, 'n-0'],
    [1, 'n-1'],
  ] as const;
  const play = await shop({pods, ...local}, 'nodes');
  const {outcomes, toLeaving} = between(play, goes + 2, deaf - 1);
  assert.equal(Object.keys(outcomes), ['ok', 'connect-timeout']);
  // A third from each node by chance: n-2 has no pod at all.
  for (const each of [outcomes.ok - toLeaving, toLeaving, outcomes['connect-timeout']]) {
    assert.ok(Math.abs(each - 340 / 3) < 4 * Math.sqrt((340 * 2) / 9), `${each}`);
  }
});

test('a pod that ends without preStop serves nobody', async () => {
  const text = outsideShop({
    rest: `duration: 200s\ntimeline: [{at: ${goes}s, do: scale, target: deployment/web-0, replicas: 0}]`,
    ...{pods: [[2]], service: '', traffic: callers('nodes')},
  });
  const play = new Play(await scenario(text));
  const {outcomes} = between(play, goes + 10, goes + 21);
  assert.equal(Object.keys(outcomes), ['refused']);
});

test.run();
