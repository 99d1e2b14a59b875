// Ingress controllers at ports of their nodes: a DaemonSet on bare metal, without a balancer, or
// with a proxy of one's own before the nodes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {build} from '../../../src/scenario/build.ts';
import {type IngressWishes, ingressShop} from '../../support/ingress-shop.ts';
import {counts, recordOf} from '../../support/outside-shop.ts';
import {Play, played, scenario} from '../../timelines/play.ts';

const network = 'ingress: [{service: nginx, hostPorts: true}]';

/** One pod of the controller on each node, or as many as are wanted; no balancer knows them. */
function shop(wishes: IngressWishes, everywhere = true): string {
  const text = ingressShop({network, ...wishes}).replace('type: LoadBalancer, ', '');
  if (!everywhere) return text;
  const made = /kind: Deployment\nmetadata: {name: nginx}\nspec:\n {2}replicas: 2/;
  return text.replace(made, 'kind: DaemonSet\nmetadata: {name: nginx}\nspec:');
}

test('each node’s own pod takes what comes to it', async () => {
  const record = recordOf(await played(shop({})), 1);
  assert.equal(counts(record), {ok: record.sent});
  const loads = [...record.loads()].map(({requests}) => requests / record.sent);
  assert.is(loads.length, 4);
  const sd = Math.sqrt(3 / 16 / record.sent);
  for (const share of loads) assert.ok(Math.abs(share - 1 / 4) < 4 * sd, `${loads}`);
});

test('a node without such a pod refuses, one that is lost says nothing', async () => {
  const record = recordOf(await played(shop({}, false)), 1);
  const {refused, ok, ...others} = counts(record);
  assert.equal(others, {});
  const sd = Math.sqrt(1 / 4 / record.sent);
  assert.ok(Math.abs(refused / record.sent - 1 / 2) < 4 * sd, `${refused} and ${ok}`);
  const rest = 'duration: 5m\nfaults: [{kind: node-crash, node: n-1, at: 2m}]';
  const gone = recordOf(await played(shop({rest, entry: 'connectTimeout: 1s'})), 1);
  const {'connect-timeout': lost} = counts(gone);
  const share = lost / (gone.sent * (180 / 239.5));
  assert.ok(share > 0.22 && share < 0.3, `${JSON.stringify(counts(gone))}`);
});

test('a proxy of one’s own leaves out the nodes where nobody listens', async () => {
  const entry = 'via: {nodePort: {healthCheck: {interval: 2s}}}';
  const starts = recordOf(await played(shop({entry}, false)), 1);
  assert.equal(counts(starts), {ok: starts.sent});
  const rest = `duration: 5m
faults: [{kind: container-crash, pod: {workload: daemonset/nginx, count: 1}, at: 2m, every: 1m}]`;
  const play = await played(shop({rest, entry: 'connectTimeout: 100ms'}));
  const record = recordOf(play, 1);
  const web = play.rows('services.csv').find(({name}) => name === 'web');
  const available = 1 - Number(web?.lost_client_seconds) / (300 - 60.5);
  const got = record.count('ok') / record.sent;
  assert.ok(available < 1 && Math.abs(got - available) < 0.005, `${got}, ${available}`);
});

test('a run that is saved and restored elsewhere has the fingerprint of one that was not', async () => {
  const rest = `duration: 4m
faults: [{kind: node-crash, node: n-1, at: 100s, lasts: 40s}]`;
  const entry = 'timeout: 2s, via: {nodePort: {healthCheck: {interval: 3s}}}';
  const loaded = await scenario(shop({rest, entry}));
  const whole = new Play(loaded).run();
  for (const at of [75, 103, 121.7]) {
    const first = build(loaded, {plugins: [], replication: 0});
    first.start();
    first.simulation.run(seconds(at));
    const second = build(loaded, {plugins: [], replication: 0});
    second.simulation.restore(structuredClone(first.simulation.save()));
    second.simulation.run(loaded.duration);
    assert.is(second.simulation.fingerprint, whole.world.simulation.fingerprint);
  }
});

test.run();
