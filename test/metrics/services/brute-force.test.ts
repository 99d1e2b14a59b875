// Availability is kept incrementally. A slow reference works it out from scratch after every event,
// in clusters in which everything changes at random.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import type {RandomStream} from '../../../src/engine/random.ts';
import {seconds} from '../../../src/engine/time.ts';
import type {Cut} from '../../../src/machines/partitions.ts';
import type {Choices, Target} from '../../../src/machines/service-views.ts';
import type {StatedClient} from '../../../src/machines/stated-clients.ts';
import type {NodeId, PodId, ServiceId} from '../../../src/objects/ids.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {rowsOf} from '../over-seeds.ts';
import {choiceOf, FakeNetwork, podOf} from './fake-network.ts';

const test = suite('brute force');

const end = seconds(1000);
const anyPod = {
  type: 'some',
  zone: undefined,
  rack: undefined,
  pool: undefined,
  amount: undefined,
} as const;

const clients: readonly StatedClient[] = [
  {...{service: 'default/two', port: undefined, weight: 3}, from: 'nodes'},
  {
    ...{service: 'default/two', port: undefined, weight: 5},
    from: {
      namespace: 'default',
      target: {
        ...{type: 'some', workload: undefined, amount: undefined},
        fitting: {...anyPod, selector: undefined},
      },
    },
  },
];

test('availability is what it would be if worked out anew after every event', () => {
  forEachSeed(60, seed => {
    const chaos = new Chaos(seed);
    chaos.run(end);
    chaos.compare();
  });
});

test('what clients lost is what incidents and nothing cost together', () => {
  forEachSeed(60, seed => {
    const {network} = new Chaos(seed).run(end);
    const {measures} = network;
    const lost = sum(rowsOf(measures, 'services.csv').map(row => row.lost_client_seconds));
    const incidents = sum(rowsOf(measures, 'incidents.csv').map(row => row.lost_client_seconds));
    const rest = measures.figures().find(one => one.metric === 'lost_client_seconds_unattributed');
    assert.ok(Math.abs(lost - incidents - Number(rest?.value ?? 0)) < 1e-3, `${lost} ${incidents}`);
  });
});

test('what is measured of Services can be saved in the middle', () => {
  forEachSeed(20, seed => {
    const whole = new Chaos(seed).run(end);
    const first = new Chaos(seed).run(end / 2);
    const second = new Chaos(seed).adopt(first).run(end);
    for (const file of ['services.csv', 'outages.csv', 'incidents.csv']) {
      const [one, other] = [whole, second].map(({network}) => rowsOf(network.measures, file));
      assert.equal(other, one, file);
    }
  });
});

type Lost = {
  /** It was at the line once; somebody reached it once. */
  reached: boolean;
  begun: boolean;
  lost: number;
  share: number | undefined;
};

/** Everything that may happen to Services, at random. */
class Chaos {
  readonly network: FakeNetwork;
  readonly #dice: RandomStream;
  #targets: Target[] = [];
  #cuts: Cut[] = [];
  /** By Service: what clients lost so far, since it was first ready. */
  readonly #lost = new Map<ServiceId, Lost>();
  #last = 0;

  constructor(seed: number) {
    this.network = new FakeNetwork({seed, nodes: 4, clients});
    const {simulation} = this.network;
    this.#dice = simulation.random('chaos');
    const acted = simulation.event('chaos.acted', () => {
      this.#pass();
      this.#act();
      this.#look();
      acted.after(this.#dice.integer(0, seconds(4)));
    });
    acted.at(0);
    simulation.part('chaos', {
      save: () => ({targets: this.#targets.slice(), cuts: this.#cuts.slice()}),
      restore: saved => {
        const {targets, cuts} = saved as {targets: Target[]; cuts: Cut[]};
        this.#targets = targets.slice();
        this.#cuts = cuts.slice();
      },
    });
  }

  run(until: number): this {
    this.network.simulation.run(until);
    if (until === end) {
      this.#pass();
      this.network.measures.finish(end);
    }
    return this;
  }

  adopt(other: Chaos): this {
    this.network.simulation.restore(other.network.simulation.save());
    return this;
  }

  compare(): void {
    const rows = rowsOf(this.network.measures, 'services.csv');
    for (const [service, {lost}] of this.#lost) {
      const {name, lost_client_seconds: measured} = rows[service];
      assert.ok(Math.abs(Number(measured) - lost / 1e6) < 1e-3, `${name} ${measured} ${lost}`);
    }
  }

  #pass(): void {
    const {now} = this.network.simulation;
    for (const seen of now > this.#last ? this.#lost.values() : []) {
      const {share} = seen;
      if (!seen.reached && share !== undefined && share > 0.9 - 1e-9) {
        seen.reached = true;
        seen.lost = 0;
      }
      seen.begun ||= share !== undefined && share > 0;
      if (seen.begun) seen.lost += (now - this.#last) * (1 - (share ?? 1));
    }
    this.#last = now;
  }

  /** What is at the end of an event lasts; what was in between took no time. */
  #look(): void {
    for (const [service, object] of this.network.store.services.all()) {
      const seen = this.#lost.get(service) ?? {
        reached: false,
        begun: false,
        lost: 0,
        share: undefined,
      };
      seen.share = this.#share(service, object.name);
      this.#lost.set(service, seen);
    }
  }

  #share(service: ServiceId, name: string): number | undefined {
    const {machines, store} = this.network;
    let [weights, total] = [0, 0];
    for (const [weight, pods] of name === 'two'
      ? ([
          [3, false],
          [5, true],
        ] as const)
      : one) {
      let [callers, sum] = [0, 0];
      for (let node = 0 as NodeId; node < machines.count; node++) {
        const there = pods
          ? [...store.pods.all()].filter(pod => this.#runsOn(pod, node)).length
          : 1;
        if (!machines.powered(node) || there === 0) continue;
        callers += there;
        sum += there * this.#success(service, node);
      }
      if (callers === 0) continue;
      weights += weight;
      total += weight * (sum / callers);
    }
    return weights === 0 ? undefined : total / weights;
  }

  #runsOn(pod: PodId, node: NodeId): boolean {
    return this.network.store.pods.node(pod) === node;
  }

  #success(service: ServiceId, node: NodeId): number {
    const {views, listeners, links} = this.network;
    const {targets} = views.choices(node, service);
    if (targets.length === 0) return 0;
    const good = targets.filter(({serial, node: there}) => {
      const listener = listeners.find(serial);
      const open = listener !== undefined && listeners.state(listener, serial) === 'open';
      return open && links.connect(node, there);
    });
    return good.length / targets.length;
  }

  #act(): void {
    const {network} = this;
    if (this.#targets.length === 0) this.#begin();
    const cause = this.#dice.integer(0, 9);
    if (cause < 6) network.under(`node/${cause}`);
    const choice = this.#dice.integer(0, 11);
    if (choice < 2) this.#come();
    else if (choice < 5) this.#waver();
    else if (choice < 6) network.power(this.#dice.integer(0, 3), this.#dice.uniform() < 0.6);
    else if (choice < 7) this.#cut();
    else this.#show();
  }

  #begin(): void {
    this.network.service('one');
    this.network.service('two');
    for (const name of ['a', 'b', 'c']) this.#targets.push(this.network.pod(name, 1));
  }

  #come(): void {
    const name = `p${this.#targets.length}-${this.network.simulation.now}`;
    this.#targets.push(this.network.pod(name, this.#dice.integer(0, 3)));
    if (this.#targets.length > 8) this.#go(this.#targets.shift());
  }

  #go(target: Target | undefined): void {
    if (target === undefined) return;
    const {listeners, store, simulation} = this.network;
    const listener = listeners.find(target.serial);
    if (listener !== undefined) listeners.remove(listener);
    store.signals.ended.emit(podOf(target), 'deleted', '');
    store.pods.delete(podOf(target), simulation.now);
    store.signals.deleted.emit(podOf(target));
  }

  #waver(): void {
    const state = this.#dice.choice(['open', 'open', 'closed', 'hung'] as const);
    this.network.listen(this.#dice.choice(this.#targets), state);
  }

  #cut(): void {
    const {partitions} = this.network;
    const healed = this.#cuts.shift();
    if (healed !== undefined && this.#dice.uniform() < 0.8) partitions.heal(healed);
    else if (healed !== undefined) this.#cuts.push(healed);
    if (this.#dice.uniform() < 0.4) return;
    const from = [0, 1, 2, 3].filter(() => this.#dice.uniform() < 0.4);
    const to =
      this.#dice.uniform() < 0.5
        ? undefined
        : [0, 1, 2, 3].filter(() => this.#dice.uniform() < 0.5);
    this.#cuts.push(
      this.network.cut(from, to, this.#dice.choice(['both', 'forth', 'back'] as const)),
    );
  }

  /** Some nodes take up another version. */
  #show(): void {
    const service = this.#dice.integer(0, 1) as ServiceId;
    const shown: Choices = choiceOf(this.#targets.filter(() => this.#dice.uniform() < 0.6));
    for (let node = 0 as NodeId; node < 4; node++) {
      if (this.#dice.uniform() < 0.7) this.network.views.set(node, service, shown);
    }
  }
}

const one = [[1, false]] as const;

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + Number(text), 0);
}

test.run();
