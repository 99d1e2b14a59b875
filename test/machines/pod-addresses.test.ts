// Node ranges as k8s:pkg/controller/nodeipam/ipam/cidrset gives them, pod addresses as the CNI
// plugin host-local.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {PodAddresses} from '../../src/machines/pod-addresses.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {
  type AddressRange,
  addressText,
  inRange,
  parseRange,
  rangeText,
} from '../../src/options/address.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const rangeOf = (text: string): AddressRange => {
  const range = parseRange(text);
  if (range === undefined) throw new Error(text);
  return range;
};

function addressesOver(pods: string, nodeMask: number, seed = 1): PodAddresses {
  return new PodAddresses(new Simulation({seed}), {pods: rangeOf(pods), nodeMask});
}

const node = (n: number) => n as NodeId;
const pod = (n: number) => n as PodId;
const text = (addresses: PodAddresses, n: number) => addressText(addresses.of(pod(n)) ?? 0);
const own = (addresses: PodAddresses, n: number) => {
  const range = addresses.rangeOf(node(n));
  return range && rangeText(range);
};

test('each node has the next range, and one that goes leaves its own for later', () => {
  const addresses = addressesOver('10.244.0.0/22', 24);
  for (const n of [0, 1, 2]) addresses.addNode(node(n), undefined);
  assert.equal(
    [0, 1, 2].map(n => own(addresses, n)),
    ['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24'],
  );
  addresses.removeNode(node(0));
  for (const n of [3, 4, 5]) addresses.addNode(node(n), undefined);
  assert.equal(
    [3, 4, 5].map(n => own(addresses, n)),
    ['10.244.3.0/24', '10.244.0.0/24', undefined],
  );
});

test('a range that a manifest names is nobody else’s', () => {
  const addresses = addressesOver('10.244.0.0/16', 24);
  addresses.addNode(node(0), {podRange: rangeOf('10.244.0.0/24'), address: 7});
  addresses.addNode(node(1), undefined);
  assert.is(own(addresses, 1), '10.244.1.0/24');
  assert.is(addresses.nodeAddress(node(0)), 7);
  assert.is(addressText(addresses.nodeAddress(node(1))), '172.16.0.3');
});

test('addresses are given in turn and come again when all others were', () => {
  const addresses = addressesOver('10.244.0.0/16', 29);
  addresses.addNode(node(0), undefined);
  const give = (n: number) => {
    addresses.give(pod(n), node(0), false);
    return text(addresses, n);
  };
  assert.equal([0, 1].map(give), ['10.244.0.2', '10.244.0.3']);
  addresses.release(pod(0), node(0));
  assert.is(text(addresses, 0), '0.0.0.0');
  // Six usable ones less the gateway: the first is given again after all others.
  assert.equal([2, 3, 4].map(give), ['10.244.0.4', '10.244.0.5', '10.244.0.6']);
  assert.is(give(5), '10.244.0.2');
  assert.is(give(6), '0.0.0.0');
  addresses.release(pod(6), node(0));
});

test('a pod in its host’s network has its node’s address', () => {
  const addresses = addressesOver('10.244.0.0/16', 24);
  addresses.addNode(node(0), undefined);
  for (const n of [0, 1]) addresses.give(pod(n), node(0), true);
  assert.equal(
    [0, 1].map(n => text(addresses, n)),
    ['172.16.0.2', '172.16.0.2'],
  );
  addresses.release(pod(0), node(0));
  addresses.give(pod(2), node(0), false);
  assert.is(text(addresses, 2), '10.244.0.2');
});

test('no two pods that live share an address, also after a restore', () => {
  forEachSeed(40, seed => {
    let addresses = addressesOver('10.244.0.0/22', 27);
    for (let n = 0; n < 8; n++) addresses.addNode(node(n), undefined);
    const random = new RandomStream(`addresses/${seed}`);
    const places = new Map<number, NodeId>();
    for (let step = 0; step < 800; step++) {
      const n = random.integer(0, 150);
      const at = places.get(n);
      if (at !== undefined) {
        addresses.release(pod(n), at);
        places.delete(n);
      } else {
        const on = node(random.integer(0, 7));
        addresses.give(pod(n), on, false);
        if (addresses.of(pod(n)) !== undefined) places.set(n, on);
      }
      if (step === 400) addresses = restored(addresses);
    }
    const given = [...places.keys()].map(n => addresses.of(pod(n)));
    assert.is(new Set(given).size, given.length);
    for (const [n, at] of places) {
      const range = addresses.rangeOf(at);
      assert.ok(range !== undefined && inRange(range, addresses.of(pod(n)) ?? 0));
    }
  });
});

function restored(addresses: PodAddresses): PodAddresses {
  const other = addressesOver('10.244.0.0/22', 27);
  other.restore(structuredClone(addresses.save()));
  return other;
}

test.run();
