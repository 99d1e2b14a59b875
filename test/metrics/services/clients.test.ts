// Who a Service's clients are, and by which way they come.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {Signal} from '../../../src/engine/signal.ts';
import type {StatedClient} from '../../../src/machines/stated-clients.ts';
import type {ServiceId} from '../../../src/objects/ids.ts';
import type {PodsWanted} from '../../../src/objects/pod-targets.ts';
import {rowsOf} from '../over-seeds.ts';
import {type FakeNetwork, podOf} from './fake-network.ts';
import {type Play, played, row, shop, web} from './hundred-seconds.ts';

const test = suite('clients of Services');

const anything = {
  type: 'some',
  selector: undefined,
  ...{zone: undefined, rack: undefined, pool: undefined, amount: undefined},
} as const;

const anyPod: PodsWanted = {
  namespace: 'default',
  target: {type: 'some', workload: undefined, fitting: anything, amount: undefined},
};

test('stated callers are where their pods run, and count by their rates', () => {
  const pods: StatedClient = {
    ...{service: 'default/web', port: undefined, weight: 1},
    from: anyPod,
  };
  const nodes: StatedClient = {...pods, from: 'nodes', weight: 3};
  const play: Play = {
    0: all => {
      shop(all);
      all.show(web, [], 2);
    },
  };
  // Both pods are on nodes that know the endpoints; a third of the nodes does not.
  const clients = [pods, nodes];
  assert.is(row(played(play, {clients: [pods]})).availability, '1.000000');
  assert.is(row(played(play, {clients: [nodes]})).availability, '0.666667');
  assert.is(row(played(play, {clients})).availability, '0.750000');
});

test('callers whose pods end are none any more', () => {
  const from: StatedClient = {
    ...{service: 'default/web', port: undefined, weight: 1},
    from: anyPod,
  };
  const play: Play = {
    0: shop,
    20: all => all.show(web, [], 1),
    50: all => all.store.signals.broken.emit(podOf(all.endpoint('b'))),
  };
  assert.is(row(played(play, {clients: [from]})).availability, '0.850000');
});

test('a headless Service is what the API holds, at once and for all', () => {
  const network = played({
    0: all => {
      all.service('web', {headless: true});
      all.publish('web', [all.pod('a', 0), all.pod('b', 1)]);
    },
    20: all => all.listen(all.endpoint('b'), 'closed'),
    40: all => all.publish('web', [all.endpoint('a')]),
    60: all => all.publish('web', []),
    80: all => all.publish('web', [all.endpoint('a')]),
  });
  const {lost_client_seconds: lost, unreachable_seconds: none} = row(network);
  assert.equal([lost, none], ['30.000000', '20.000000']);
});

test('of callers outside, those tell who play the ways in', () => {
  let success = 1;
  const changed = new Signal<[service: ServiceId]>();
  const outside: StatedClient = {
    ...{service: 'default/web', port: undefined, weight: 1},
    from: 'outside',
  };
  const tell = (all: FakeNetwork, now: number) => {
    all.under('node/lb', 'node-crash');
    success = now;
    changed.emit(web);
  };
  const network = played(
    {0: shop, 50: all => tell(all, 0.25), 70: all => tell(all, 1)},
    {clients: [outside], doors: {success: () => success, changed}},
  );
  assert.is(row(network).lost_client_seconds, '15.000000');
  assert.is(rowsOf(network.measures, 'incidents.csv')[0].lost_client_seconds, '15.000000');
});

test('an ExternalName has no endpoints to be reached', () => {
  const network = played({0: all => all.service('web', {type: 'ExternalName'})});
  assert.equal([row(network).availability, row(network).outages], ['', '']);
});

test.run();
