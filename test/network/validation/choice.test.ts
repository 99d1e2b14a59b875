// kubernetes-network.md, §4.3, §4.4, targets V1, V2 and V3: who of a Service's endpoints gets a
// new connection, by the mode of the node's proxy.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {endpointShares, meanRulesWalked} from '../../../src/network/rules/iptables-chain.ts';
import {WeightedRoundRobin} from '../../../src/network/rules/weighted-round-robin.ts';
import {outsideShop, recordOf} from '../../support/outside-shop.ts';
import {chiSquareP} from '../../support/statistics.ts';
import {played} from '../../timelines/play.ts';

const sent = 20_000;

/** From when on all pods are there, whatever their number. */
const starts = 'starts: 90s';

function shop(pods: number, proxy: string, traffic: string): string {
  const network = `proxy: {${proxy}}`;
  const nodes =
    '{name: n, count: 3, zones: [a, b, c], allocatable: {cpu: 64, memory: 64Gi, pods: 500}}';
  const rest = 'duration: 110s';
  return outsideShop({nodes, pods: [[pods]], network, traffic, service: '', rest});
}

/** Requests that each pod got, of each entry. */
async function loadsOf(text: string, entries = 1): Promise<number[][]> {
  const play = await played(text);
  return Array.from({length: entries}, (_, place) => {
    const record = recordOf(play, place);
    assert.is(record.count('ok'), record.sent);
    return [...record.loads()].map(({requests}) => requests);
  });
}

for (const mode of ['iptables', 'nftables']) {
  for (const pods of [2, 3, 5, 10, 37, 100]) {
    test(`V1: ${mode} gives each of ${pods} endpoints the same`, async () => {
      const traffic = `{name: callers, to: web, every: 1ms, ${starts}}`;
      const [loads] = await loadsOf(shop(pods, `mode: ${mode}`, traffic));
      assert.is(loads.length, pods);
      const total = loads.reduce((sum, each) => sum + each, 0);
      assert.ok(Math.abs(total - sent) <= 1);
      const p = chiSquareP(loads, new Array(pods).fill(total / pods));
      assert.ok(p > 1e-6, `${loads}`);
    });
  }
}

test('V1, V2: the chain of iptables rules is uniform to 2.3e-8, and half of it is walked', () => {
  for (let endpoints = 2; endpoints <= 100; endpoints++) {
    for (const share of endpointShares(endpoints)) {
      assert.ok(Math.abs(share * endpoints - 1) < 2.3e-8);
    }
    assert.ok(Math.abs(meanRulesWalked(endpoints) - (endpoints + 1) / 2) < 1e-6);
  }
});

for (const scheduler of ['rr', 'wrr']) {
  test(`V3: with ipvs ${scheduler} no two endpoints of a node’s differ by more than one`, async () => {
    // A zone has one node.
    const callers = ['a', 'b', 'c'].map((zone, i) => {
      const from = `from: {selector: {app: web}, zone: ${zone}}`;
      return `{name: callers-${zone}, ${from}, to: web, every: ${3 + i}ms, ${starts}}`;
    });
    const text = shop(7, `mode: ipvs, scheduler: ${scheduler}`, callers.join());
    for (const loads of await loadsOf(text, callers.length)) {
      assert.is(loads.length, 7);
      assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, `${loads}`);
    }
  });
}

test('V3: callers on one node share its turns, and each node has its own', async () => {
  const one = (name: string, from: string) =>
    `{name: ${name}, from: ${from}, to: web, every: 10ms, ${starts}}`;
  const play = await played(shop(4, 'mode: ipvs', [one('a', 'nodes'), one('b', 'nodes')].join()));
  const byPod = new Map<string, number>();
  for (const place of [0, 1]) {
    for (const {endpoint, requests} of recordOf(play, place).loads()) {
      byPod.set(endpoint, requests + (byPod.get(endpoint) ?? 0));
    }
  }
  // Three nodes, each even to one.
  const loads = [...byPod.values()];
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 3, `${loads}`);
});

test('V3: the cycle of weights 4, 3, 2 is AABABCABC', () => {
  const wheel = new WeightedRoundRobin([4, 3, 2]);
  const cycle = Array.from({length: 18}, () => 'ABC'[wheel.next() ?? 0]).join('');
  assert.is(cycle, 'AABABCABCAABABCABC');
});

test.run();
