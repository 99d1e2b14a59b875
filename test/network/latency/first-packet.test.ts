// V17 and V18 of kubernetes-network.md, §15: first packets with 5,000, 10,000 and 30,000 Services, in
// milliseconds, within a factor of 1.5 (kubernetes/website, 2025-02-28-nftables-kube-proxy, KEP-3866).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {measuredRoundTrip, ruleTime} from '../../../src/network/latency/first-packet.ts';

const sizes = [5000, 10_000, 30_000];

const measured = [
  {mode: 'iptables', median: [0.047, 0.062, 0.272], p99: [0.152, 0.257, 0.713]},
  {mode: 'nftables', median: [0.0141, 0.0141, 0.0143], p99: [0.0386, 0.0369, 0.0384]},
  {mode: 'ipvs', median: [0.0225, 0.0233, 0.0275], p99: [0.0482, 0.0491, 0.0565]},
] as const;

for (const {mode, median, p99} of measured) {
  test(`${mode}: first packets take the time that was measured, within a factor of 1.5`, () => {
    for (const [i, services] of sizes.entries()) {
      const stream = new RandomStream(`first packets ${mode} ${services}`);
      const trips = Array.from({length: 20_000}, () =>
        measuredRoundTrip({mode, services, endpoints: 1}, stream),
      ).sort((one, other) => one - other);
      const within = (found: number, expected: number) =>
        assert.ok(Math.abs(Math.log(found / 1000 / expected)) < Math.log(1.5), `${found}`);
      within(trips[10_000], median[i]);
      within(trips[19_800], p99[i]);
    }
  });
}

test('iptables tries one rule after the other, the others hardly mind how many there are', () => {
  const time = (mode: 'iptables' | 'nftables' | 'ipvs', services: number) =>
    ruleTime({mode, services, position: services - 1, endpoints: 3});
  assert.is(Math.round(time('iptables', 30_000)), 390);
  assert.is(time('nftables', 30_000), 0);
  assert.is(time('ipvs', 30_000), 6);
  // As V2: of n endpoints, (n + 1) / 2 rules on average.
  const few = ruleTime({mode: 'iptables', services: 1, position: 0, endpoints: 1});
  const many = ruleTime({mode: 'iptables', services: 1, position: 0, endpoints: 1001});
  assert.ok(Math.abs(many - few - 500 * 0.013) < 1e-9);
});

test.run();
