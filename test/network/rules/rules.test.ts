// The rules of services' network, against tables: each says where its rows come from.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {second, seconds} from '../../../src/engine/time.ts';
import {foundUnhealthy} from '../../../src/network/rules/health-checks.ts';
import {
  EndpointChain,
  endpointShares,
  meanRulesWalked,
} from '../../../src/network/rules/iptables-chain.ts';
import {PeakEwma} from '../../../src/network/rules/peak-ewma.ts';
import {lookupSilentFor, queryRounds} from '../../../src/network/rules/resolver.ts';
import {synSchedule} from '../../../src/network/rules/syn-retransmission.ts';
import {SyncGate} from '../../../src/network/rules/sync-gate.ts';
import {WeightedRoundRobin} from '../../../src/network/rules/weighted-round-robin.ts';
import {clusterIPBand, nodePortBand} from '../../../src/objects/allocation-bands.ts';

// KEP-3070 and KEP-3668.
test('the static bands of cluster IPs and node ports', () => {
  assert.equal([8, 16, 17, 256, 4096, 65536].map(clusterIPBand), [0, 0, 16, 16, 256, 256]);
  assert.equal([16, 20, 512, 2768, 32768].map(nodePortBand), [0, 16, 16, 86, 128]);
});

// pkg/proxy/runner of 1.34: from the end of one sync to the start of the next.
test('a change after a quiet time is programmed at once, later ones share the next sync', () => {
  const gate = new SyncGate({minSyncPeriod: 1000, syncTime: 200});
  assert.equal(
    [50, 60, 900, 1249, 1260, 9000].map(time => gate.change(time)),
    [50, 1250, 1250, 1250, 2450, 9000],
  );
});

// linux ip_vs_wrr.c: weights 4, 3, 2.
test('weighted round robin interleaves by the common divisor', () => {
  const cycle = (weights: number[], length: number) => {
    const wheel = new WeightedRoundRobin(weights);
    return Array.from({length}, () => 'ABC'[wheel.next() ?? 3]).join('');
  };
  assert.is(cycle([4, 3, 2], 18), 'AABABCABCAABABCABC');
  assert.is(cycle([8, 6, 4], 9), 'AABABCABC');
  assert.is(cycle([1, 0, 1], 4), 'ACAC');
  assert.is(new WeightedRoundRobin([0, 0]).next(), undefined);
  const wheel = new WeightedRoundRobin([4, 2]);
  assert.is(wheel.next(), 0);
  wheel.change([4, 2, 2]);
  assert.equal([wheel.next(), wheel.next(), wheel.next()], [0, 0, 1]);
});

test('a wheel that was saved goes on where it was', () => {
  const [one, other] = [new WeightedRoundRobin([3, 2, 1]), new WeightedRoundRobin([3, 2, 1])];
  for (let i = 0; i < 4; i++) one.next();
  other.restore(one.save());
  assert.equal(
    [1, 2, 3, 4].map(() => one.next()),
    [1, 2, 3, 4].map(() => other.next()),
  );
});

// kube-proxy's iptables mode: ten decimals, 31 bits.
test('the chain of rules is all but even', () => {
  for (const endpoints of [1, 2, 3, 10, 100]) {
    const shares = endpointShares(endpoints);
    assert.is(shares.length, endpoints);
    for (const share of shares) assert.ok(Math.abs(share * endpoints - 1) < 3e-8);
    assert.ok(Math.abs(meanRulesWalked(endpoints) - (endpoints + 1) / 2) < 1e-6);
  }
});

test('the chain is walked by one draw: each gets those that its share says', () => {
  const chain = new EndpointChain();
  for (const endpoints of [2, 3, 7, 1000]) {
    let before = 0;
    for (const [place, share] of endpointShares(endpoints).entries()) {
      assert.is(chain.taken(endpoints, before + share / 1e11), place);
      assert.is(chain.taken(endpoints, before + share * (1 - 1e-11)), place);
      before += share;
    }
    assert.is(chain.taken(endpoints, 1 - 2 ** -53), endpoints - 1);
  }
});

// man tcp(7), and linux ip-sysctl.rst from 6.5 on.
test('a SYN that is not answered', () => {
  const at = (linear: number) => {
    const {sent, givenUp} = synSchedule({linear});
    return [...sent, givenUp].map(time => time / second);
  };
  assert.equal(at(0), [0, 1, 3, 7, 15, 31, 63, 127]);
  assert.equal(at(4), [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131]);
});

// resolv.conf(5), glibc res_query.c.
test('forms of a name that are asked for', () => {
  const cluster = {searchDomains: 3, ndots: 5};
  assert.is(queryRounds({...cluster, dotsInName: 1}), 4);
  assert.is(queryRounds({...cluster, dotsInName: 4}), 4);
  assert.is(queryRounds({...cluster, dotsInName: 5}), 1);
  assert.is(queryRounds({...cluster, dotsInName: 1, absolute: true}), 1);
});

// glibc res_send.c: one dead server with the defaults takes 20 s, and 10 s with a final dot.
test('a lookup while all servers are silent', () => {
  const one = {nameservers: 1, timeout: 5, attempts: 2};
  assert.is(lookupSilentFor(one), seconds(20));
  assert.is(lookupSilentFor(one, {absolute: true}), seconds(10));
  assert.is(lookupSilentFor({...one, nameservers: 3}), seconds(56));
});

test('a target is unhealthy after so many failed checks in a row', () => {
  const check = {interval: 10, timeout: 3, unhealthyThreshold: 3};
  assert.is(foundUnhealthy(check, {failed: 0, phase: 4, silent: false}), 24);
  assert.is(foundUnhealthy(check, {failed: 5, phase: 4, silent: false}), 34);
  assert.is(foundUnhealthy(check, {failed: 5, phase: 4, silent: true}), 37);
});

// ingress-nginx balancer/ewma.lua.
test('an endpoint that was slow is forgiven within seconds', () => {
  const mean = new PeakEwma();
  assert.ok(Math.abs(mean.add(0.1, seconds(1)) - 0.009516258196) < 1e-11);
  const copy = new PeakEwma();
  copy.restore(mean.save());
  assert.ok(Math.abs(copy.score(seconds(11)) - 0.009516258196 * Math.exp(-1)) < 1e-11);
});

test.run();
