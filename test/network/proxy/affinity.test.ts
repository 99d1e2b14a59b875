// Session affinity as kubernetes-network.md, §3.3 has it: by source and Service port, each node for
// itself, alike in all modes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../../src/engine/simulation.ts';
import {seconds} from '../../../src/engine/time.ts';
import type {Choices, ServiceViews} from '../../../src/machines/service-views.ts';
import {type Caller, emptyRoute} from '../../../src/network/destination.ts';
import type {ProxyMode} from '../../../src/network/latency/first-packet.ts';
import {Affinity} from '../../../src/network/proxy/affinity.ts';
import {chooserOf} from '../../../src/network/proxy/choosers.ts';
import {ProxiedPort} from '../../../src/network/proxy/proxied-port.ts';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import {chiSquareP} from '../../support/statistics.ts';

const [here, there] = [0 as NodeId, 1 as NodeId];
const timeout = seconds(10);

/** One Service with ten endpoints, by their places, and a clock that is set by hand. */
class Shop {
  now = 0;
  readonly affinity = new Affinity(() => this.now);
  readonly #simulation = new Simulation({seed: 3});
  readonly #mode: ProxyMode;
  readonly #front: ProxiedPort;
  #position = 0;
  #choices: Choices = choicesOf(10);

  constructor(mode: ProxyMode) {
    this.#mode = mode;
    this.#front = this.port('front');
  }

  port(caller: string): ProxiedPort {
    const views = {position: () => this.#position, choices: () => this.#choices};
    const stream = this.#simulation.random(caller);
    return new ProxiedPort({
      ...{service: 0 as ServiceId, port: 0, way: 'internal'},
      views: views as unknown as ServiceViews,
      chooser: chooserOf({
        mode: this.#mode,
        scheduler: 'rr',
        stream,
        load: () => 0,
        called: () => 0,
      }),
      affinity: this.affinity,
      ruleTime: () => 0,
    });
  }

  without(place: number): void {
    const {targets, ...rest} = choicesOf(10);
    this.#choices = {...rest, targets: targets.filter(({serial}) => serial !== place)};
    this.#position++;
  }

  /** The place that a connection is sent to at a time, in seconds. */
  at(time: number, pod: number, {node = here, port = this.#front} = {}): number | undefined {
    this.now = seconds(time);
    const caller: Caller = {id: 1000 + pod, place: node, pod};
    const route = emptyRoute();
    port.through(node, caller, route);
    return route.target?.serial;
  }
}

function choicesOf(count: number): Choices {
  const targets = Array.from({length: count}, (_, place) => ({
    ...{pod: undefined, serial: place, address: 100 + place, port: 80},
    ...{node: here, zone: undefined},
  }));
  return {verdict: 'choose', targets, sticky: timeout};
}

const callers = Array.from({length: 197}, (_, pod) => pod);

for (const mode of ['iptables', 'ipvs', 'nftables'] as const) {
  test(`${mode}: a client stays with its endpoint while it comes again in time`, () => {
    const shop = new Shop(mode);
    const first = callers.map(pod => shop.at(0, pod));
    // Each new connection begins the time anew: 27 s later it is the same all the same.
    for (const time of [9, 18, 27]) {
      assert.equal(
        callers.map(pod => shop.at(time, pod)),
        first,
      );
    }
  });

  test(`${mode}: one that comes too late is sent to any`, () => {
    const shop = new Shop(mode);
    const first = callers.map(pod => shop.at(0, pod));
    shop.at(5, 999);
    const again = callers.map(pod => shop.at(10.1, pod));
    const same = again.filter((place, i) => place === first[i]).length;
    assert.ok(same < 50, `${same} of 197`);
  });

  test(`${mode}: an endpoint that is gone is replaced, for its clients alone`, () => {
    const shop = new Shop(mode);
    const first = callers.map(pod => shop.at(0, pod));
    shop.without(4);
    const after = callers.map(pod => shop.at(1, pod));
    assert.ok(first.includes(4) && !after.includes(4));
    assert.ok(after.every((place, i) => first[i] === 4 || place === first[i]));
    assert.ok(new Set(after.filter((_, i) => first[i] === 4)).size > 2);
    // That it comes back is nothing to those who have another.
    shop.without(-1);
    assert.equal(
      callers.map(pod => shop.at(2, pod)),
      after,
    );
  });

  test(`${mode}: nodes know nothing of one another`, () => {
    const shop = new Shop(mode);
    // Turns would be the same on each node.
    shop.at(0, 999, {node: there});
    const pairs = callers.map(pod => [shop.at(0, pod), shop.at(0, pod, {node: there})]);
    assert.ok(pairs.filter(([one, other]) => one === other).length < 50);
  });

  test(`${mode}: another way of calling from the same pod has the same endpoint`, () => {
    const shop = new Shop(mode);
    const back = shop.port('back');
    for (const pod of callers) assert.is(shop.at(1, pod, {port: back}), shop.at(0, pod));
  });
}

test('clients are spread evenly', () => {
  const shop = new Shop('iptables');
  const counts = new Array<number>(10).fill(0);
  for (let pod = 0; pod < 5000; pod++) counts[shop.at(0, pod) ?? 0]++;
  assert.ok(chiSquareP(counts, new Array(10).fill(500)) > 0.001, `${counts}`);
});

test('those who do not come again are forgotten', () => {
  const shop = new Shop('iptables');
  let most = 0;
  for (let pod = 0; pod < 10_000; pod++) {
    shop.at(pod * 0.1, pod, {node: pod % 2 === 0 ? here : there});
    most = Math.max(most, shop.affinity.size);
  }
  // A hundred in each timeout.
  assert.ok(most <= 102, `${most}`);
});

test('who is remembered outlives a save', () => {
  const [one, other] = [new Shop('nftables'), new Shop('nftables')];
  const first = callers.map(pod => one.at(pod * 0.01, pod));
  other.affinity.restore(structuredClone(one.affinity.save()));
  assert.equal(
    callers.map(pod => other.at(5, pod)),
    first,
  );
});

test.run();
