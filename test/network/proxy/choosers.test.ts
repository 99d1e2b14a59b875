// IPVS schedulers (linux: net/netfilter/ipvs/ip_vs_*.c; kubernetes-network.md, §4.4), all weights 1.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Choices, Target} from '../../../src/machines/service-views.ts';
import {chooserOf} from '../../../src/network/proxy/choosers.ts';
import type {IpvsScheduler} from '../../../src/network/proxy/proxy-options.ts';
import {sipHash} from '../../../src/network/rules/sip-hash.ts';
import type {NodeId} from '../../../src/objects/ids.ts';

const address = (place: number) => 0x0a800000 + 256 * place + 7;

/** Of the pods with these numbers. */
function endpoints(places: readonly number[]): Choices {
  const targets = places.map(place => ({
    ...{pod: undefined, serial: place, address: address(place), port: 8080},
    ...{node: undefined, zone: undefined},
  }));
  return {verdict: 'choose', targets, sticky: undefined};
}

const some = (count: number) => endpoints(Array.from({length: count}, (_, place) => place));

type Wishes = {readonly loads?: readonly number[]; readonly called?: (node: NodeId) => number};

function chooser(scheduler: IpvsScheduler, {loads = [], called = () => 0}: Wishes = {}) {
  const load = ({serial}: Target) => loads[serial] ?? 0;
  return chooserOf({mode: 'ipvs', scheduler, stream: undefined, load, called});
}

const node = (number: number) => number as NodeId;

const inTurn: [scheduler: IpvsScheduler, places: number[]][] = [
  ['rr', [0, 1, 2, 0, 1, 2, 0]],
  ['wrr', [0, 1, 2, 0, 1, 2, 0]],
];

for (const [scheduler, places] of inTurn) {
  test(`${scheduler} goes round, each node for itself, whatever there is to do`, () => {
    const of = chooser(scheduler, {loads: [5, 0, 9]});
    for (const each of [0, 1]) {
      const found = places.map(() => of.choose(node(each), some(3), 0));
      assert.equal(found, places);
    }
  });
}

// lc and wlc: min 256·a + i; sed: min a + 1; nq: the first with a = 0, else as sed.
const byLoad: [loads: number[], place: number][] = [
  [[0, 0, 0], 0],
  [[1, 0, 0], 1],
  [[3, 2, 2], 1],
  [[4, 3, 1], 2],
  [[2, 2, 2], 0],
];

for (const scheduler of ['lc', 'wlc', 'sed', 'nq'] as const) {
  for (const [loads, place] of byLoad) {
    test(`${scheduler} of endpoints with ${loads} connections takes the one at ${place}`, () => {
      assert.is(chooser(scheduler, {loads}).choose(node(0), some(3), 0), place);
    });
  }
}

test('sh gives a caller the same endpoint on every node, and 256 callers their share', () => {
  const of = chooser('sh');
  const counts = [0, 0, 0, 0];
  for (let caller = 0; caller < 256; caller++) {
    const place = of.choose(node(0), some(4), caller);
    assert.is(of.choose(node(9), some(4), caller), place);
    // 2654435761 times the address, modulo 256: its last byte times 177.
    assert.is(place, ((caller * 177) % 256) % 4);
    counts[place]++;
  }
  assert.equal(counts, [64, 64, 64, 64]);
});

test('dh gives all who call an address the same endpoint', () => {
  const of = chooser('dh', {called: () => 0x0a600005});
  const places = Array.from({length: 20}, (_, caller) => of.choose(node(caller), some(3), caller));
  assert.equal(new Set(places), new Set([((5 * 177) % 256) % 3]));
});

test('dh knows the ports of different nodes by their addresses', () => {
  const of = chooser('dh', {called: each => each});
  const places = Array.from({length: 12}, (_, each) => of.choose(node(each), some(3), 0));
  assert.is(new Set(places).size, 3);
});

// lib/test_siphash.c: test_vectors_hsiphash[4].
test('the hash is that of the kernel', () => {
  const key = [0x0706050403020100n, 0x0f0e0d0c0b0a0908n] as const;
  assert.is(sipHash(0x03020100, key), 0x88d38328);
});

test('mh divides callers nearly evenly, alike on all nodes', () => {
  const of = chooser('mh');
  const counts = new Array<number>(8).fill(0);
  for (let caller = 0; caller < 8000; caller++) {
    const place = of.choose(node(0), some(8), caller);
    assert.is(of.choose(node(3), some(8), caller), place);
    counts[place]++;
  }
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 4 * Math.sqrt(1000), `${counts}`);
});

test('mh moves few callers of the endpoints that stay as one goes, sh most of them', () => {
  const before = endpoints([0, 1, 2, 3, 4, 5, 6, 7]);
  const after = endpoints([0, 1, 2, 4, 5, 6, 7]);
  const [mh, sh] = (['mh', 'sh'] as const).map(scheduler => {
    const of = chooser(scheduler);
    let moved = 0;
    for (let caller = 0; caller < 4000; caller++) {
      const was = before.targets[of.choose(node(0), before, caller)];
      const is = after.targets[of.choose(node(0), after, caller)];
      if (was.serial !== 3 && is.serial !== was.serial) moved++;
    }
    return moved / 4000;
  });
  assert.ok(mh < 0.1 && sh > 0.6, `${mh} ${sh}`);
});

test.run();
