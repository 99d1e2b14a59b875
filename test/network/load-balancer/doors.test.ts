// Laws of the ways in: runs go on after a restore, and availability is what requests come to.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {type BuiltWorld, build} from '../../../src/scenario/build.ts';
import type {LoadedScenario} from '../../../src/scenario/loaded.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {outsideShop, recordOf} from '../../support/outside-shop.ts';
import {Play, scenario} from '../../timelines/play.ts';

const local = 'type: LoadBalancer, externalTrafficPolicy: Local';
const trouble = `duration: 20m
timeline: [{at: 4m, do: rollout-restart, target: deployment/web-0}]
faults:
  - {kind: node-crash, node: {pool: n, percent: 30}, at: 2m, lasts: 90s}
  - {kind: proxy-stop, node: n-1, at: 5m, lasts: 40s}
  - {kind: node-unreachable, node: n-2, at: 7m, lasts: 2m}
  - {kind: network-partition, between: n-3, at: 11m, lasts: 45s}`;

const shop = (service: string, more = '') =>
  outsideShop({
    nodes: '{name: n, count: 6, allocatable: {cpu: 64, memory: 64Gi, pods: 50}}',
    network: 'loadBalancers: {takes: 20s, provider: gcp-l4}',
    rest: trouble,
    traffic: `{name: shoppers, from: outside, to: web, rate: 100/s, starts: 1m, connectTimeout: 100ms ${more}}`,
    pods: [[8]],
    service,
  });

const kinds = [
  shop('type: LoadBalancer'),
  shop(local),
  shop('type: NodePort', ', via: {nodePort: {healthCheck: {interval: 3s}}}'),
];

function started(loaded: LoadedScenario): BuiltWorld {
  const world = build(loaded, {plugins: [], replication: 0});
  world.start();
  return world;
}

test('a run that is saved and restored elsewhere has the fingerprint of one that was not', async () => {
  for (const text of kinds) {
    const loaded = await scenario(text);
    forEachSeed(6, seed => {
      const whole = started({...loaded, seed});
      whole.simulation.run(loaded.duration);
      const first = started({...loaded, seed});
      first.simulation.run(seconds(61 + 111 * seed));
      const second = build({...loaded, seed}, {plugins: [], replication: 0});
      second.simulation.restore(structuredClone(first.simulation.save()));
      second.simulation.run(loaded.duration);
      assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
    });
  }
});

// Of requests that are sent again as their first packets are lost, only the first one tells.
test('availability from outside is the share of requests that get through', async () => {
  for (const text of kinds) {
    const loaded = await scenario(text);
    const [sum, expected] = [0, 1, 2, 3].reduce(
      ([got, share], seed) => {
        const play = new Play({...loaded, seed}).run();
        const record = recordOf(play);
        const [{lost_client_seconds: lost}] = play.rows('services.csv');
        // From the first request on: before it nothing is lost.
        const available = 1 - Number(lost) / (19 * 60);
        return [got + record.count('ok') / record.sent / 4, share + available / 4];
      },
      [0, 0],
    );
    assert.ok(expected < 0.999, `${expected}`);
    assert.ok(Math.abs(sum - expected) < 0.004, `${sum} of requests, ${expected} available`);
  }
});

test.run();
