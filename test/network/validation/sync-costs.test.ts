// kubernetes-network.md, §12.2, targets V23 and V24: measured times of kube-proxy's syncs, by mode and
// the size of the tables. Single machines' figures: usual times are right within a factor of two.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds} from '../../../src/engine/time.ts';
import type {ProxyMode} from '../../../src/network/latency/first-packet.ts';
import {usualSyncTime} from '../../../src/network/proxy/proxy-options.ts';

type Row = [mode: ProxyMode, services: number, endpoints: number, full: boolean, measured: number];

const rows: Row[] = [
  // Rewriting all, flftuu.com 2019, for a Service more; endpoints are not told: one each.
  ['iptables', 100, 100, true, 0.1],
  ['iptables', 500, 500, true, 0.49],
  ['iptables', 1000, 1000, true, 1.3],
  ['iptables', 2000, 2000, true, 2.66],
  ['iptables', 5000, 5000, true, 6.55],
  ['iptables', 10_000, 10_000, true, 9.49],
  ['iptables', 20_000, 20_000, true, 20],
  ['iptables', 3595, 138_792, false, 2.84], // #138073
  ['nftables', 10_000, 20_000, false, 0.141], // PR #126013
  ['nftables', 44_000, 44_000, false, 1.33], // #139513
  ['nftables', 5006, 250_000, true, 133], // #135639
  ['ipvs', 100, 100, false, 0.0008],
  ['ipvs', 20_000, 20_000, false, 0.0015],
  ['ipvs', 1, 4000, true, 20], // #73382
];

for (const [mode, services, endpoints, full, measured] of rows) {
  const what = `${full ? 'all' : 'a change'} of ${services} Services, ${endpoints} endpoints`;
  test(`${mode} programs ${what} in some ${measured} s`, () => {
    const usual = inSeconds(usualSyncTime(mode, {services, endpoints}, full));
    assert.ok(usual / measured < 2 && measured / usual < 2, `${usual} s`);
  });
}

test('V24: a change costs nftables a thousandth of what all does, and ipvs nothing', () => {
  const size = {services: 10_000, endpoints: 250_000};
  const [nftables, ipvs] = (['nftables', 'ipvs'] as const).map(mode => {
    return usualSyncTime(mode, size, true) / usualSyncTime(mode, size, false);
  });
  assert.ok(nftables > 500 && ipvs > 1000, `${nftables} ${ipvs}`);
});

test.run();
