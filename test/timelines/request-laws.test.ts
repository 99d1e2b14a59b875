// Laws of requests across whole clusters in trouble: none is lost or counted twice, nobody is served
// by a pod that is gone, no proxy knows what was never true, and looking on changes nothing.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, type Time} from '../../src/engine/time.ts';
import {outcomes, type RequestRecord} from '../../src/machines/request-book.ts';
import type {Way} from '../../src/machines/service-views.ts';
import type {NodeId, ServiceId} from '../../src/objects/ids.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {Play, scenario} from './play.ts';
import {requestTrouble} from './random-requests.ts';

type Seen = {
  readonly play: Play;
  /** What a pod got while it was gone. */
  readonly haunted: readonly string[];
  /** Pods that went. */
  readonly gone: number;
  /** What proxies held that the API never had, and how much was looked at. */
  readonly invented: readonly string[];
  readonly looked: number;
};

const runs = new Map<number, Promise<Seen>>();
const text = (seed: number) => requestTrouble(seed, {dnsPods: seed % 2 === 0});

async function forEachTrouble(check: (seen: Seen) => void): Promise<void> {
  const only = process.env.ORRERY_SEED;
  for (const seed of only === undefined ? [1, 2, 3, 4] : [Number(only)]) {
    const run = runs.get(seed) ?? observe(seed);
    runs.set(seed, run);
    try {
      check(await run);
    } catch (error) {
      if (error instanceof Error)
        error.message += `\nseed ${seed}; repeat with ORRERY_SEED=${seed}`;
      throw error;
    }
  }
}

async function observe(seed: number): Promise<Seen> {
  const given = await scenario(text(seed));
  const play = new Play(given);
  const graves = new Graves(play.world);
  const memory = new Memory(play.world);
  while (play.now < given.duration / 1e6) {
    const from = play.world.simulation.now;
    play.world.simulation.run(Math.min(given.duration, from + milliseconds(200)));
    graves.look(from);
  }
  play.run();
  const {haunted} = graves;
  const {invented, looked} = memory;
  return {play, haunted, gone: graves.count, invented, looked};
}

/** Since when pods are no more, or on a machine without power, and what they got since. */
class Graves {
  readonly haunted: string[] = [];
  count = 0;
  readonly #world: BuiltWorld;
  readonly #since = new Map<number, Time>();
  readonly #got = new Map<string, number>();

  constructor(world: BuiltWorld) {
    this.#world = world;
    const {listeners, machines, simulation} = world;
    listeners.changed.watch(id => {
      const serial = listeners.serial(id);
      // Its machine is back, and it has another sandbox.
      if (listeners.state(id, serial) !== 'absent') return void this.#since.delete(serial);
      this.count++;
      this.#since.set(serial, simulation.now);
    });
    machines.poweredOff.watch(node => {
      for (const serial of this.#on(node)) this.#since.set(serial, simulation.now);
    });
    machines.poweredOn.watch(node => {
      for (const serial of this.#on(node)) this.#since.delete(serial);
    });
  }

  /** What they got from then on. */
  look(from: Time): void {
    for (const {service, caller, loads} of this.#records()) {
      // A pod that was away has another row.
      const all = new Map<number, number>();
      for (const {serial, requests} of loads()) {
        all.set(serial, (all.get(serial) ?? 0) + requests);
      }
      for (const [serial, requests] of all) {
        const who = `${caller}>${service}>${serial}`;
        const more = requests - (this.#got.get(who) ?? 0);
        if (more === 0) continue;
        this.#got.set(who, requests);
        const since = this.#since.get(serial) ?? Infinity;
        if (since < from) this.haunted.push(`${more} by ${serial}, gone at ${since}`);
      }
    }
  }

  #records() {
    const records = this.#world.requests?.records() ?? [];
    return records.map(record => {
      const {service, caller} = record;
      return {service, caller, loads: () => record.loads()};
    });
  }

  *#on(node: NodeId): Generator<number> {
    const {listeners} = this.#world;
    for (let id = 0; id < listeners.length; id++) {
      const listener = id as Parameters<typeof listeners.serial>[0];
      const serial = listeners.serial(listener);
      if (listeners.node(listener) === node && listeners.find(serial) === listener) yield serial;
    }
  }
}

/** All that the API ever held behind each Service, and proxies that know of something else. */
class Memory {
  readonly invented: string[] = [];
  looked = 0;

  constructor({store, network}: BuiltWorld) {
    const held = new Map<string, Set<number>>();
    store.endpointSlices.written.watch(() => {
      for (const [, {namespace, service, endpoints}] of store.endpointSlices.all()) {
        const name = `${namespace}/${service}`;
        const known = held.get(name) ?? new Set();
        for (const {address} of endpoints) known.add(address);
        held.set(name, known);
      }
    });
    network?.views.moved.watch((node: NodeId, service: ServiceId) => {
      const name = store.services.nameOf(service);
      for (const way of ['internal', 'external'] satisfies Way[]) {
        const {targets} = network.views.choices(node, service, 0, way);
        this.looked += targets.length;
        for (const {address} of targets) {
          if (!held.get(name)?.has(address)) this.invented.push(`${address} of ${name}`);
        }
      }
    });
  }
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);
const ended = (record: RequestRecord) => sum(outcomes.map(outcome => record.count(outcome)));

test('when all have lost their patience, each request that was sent has had one outcome', async () => {
  const seen = new Set<string>();
  await forEachTrouble(({play}) => {
    const records = play.world.requests?.records() ?? [];
    assert.is(records.length, 9);
    for (const record of records) {
      const {caller, service, sent, attempts, hedges} = record;
      assert.ok(sent > 1000, `${caller} to ${service}`);
      assert.is(ended(record), sent, `${caller} to ${service}`);
      assert.ok(attempts >= sent + hedges, `${caller} to ${service}`);
      const reached = sum([...record.loads()].map(({requests}) => requests));
      assert.ok(reached <= attempts && reached >= record.count('ok'), `${caller} to ${service}`);
      for (const outcome of outcomes) if (record.count(outcome) > 0) seen.add(outcome);
    }
  });
  const own = ['http-308', 'http-404', 'bad-certificate'];
  for (const outcome of outcomes) assert.is(seen.has(outcome), !own.includes(outcome), outcome);
});

test('an ingress asks no more than it was asked, but for its tries', async () => {
  await forEachTrouble(({play}) => {
    const records = play.world.requests?.records() ?? [];
    const [asked, asks] = [
      records.find(({caller}) => caller === 'shoppers'),
      records.find(({caller}) => caller === 'nginx'),
    ];
    const reached = sum([...(asked?.loads() ?? [])].map(({requests}) => requests));
    assert.ok((asks?.sent ?? 0) <= reached, `${asks?.sent} of ${reached}`);
  });
});

test('no request reaches a pod that is gone, or whose machine has no power', async () => {
  await forEachTrouble(({haunted, gone}) => {
    assert.ok(gone > 10, `${gone}`);
    assert.equal(haunted, []);
  });
});

test('no proxy ever knows of an endpoint that the API never held', async () => {
  await forEachTrouble(({invented, looked}) => {
    assert.ok(looked > 1000, `${looked}`);
    assert.equal(invented, []);
  });
});

test('a run is the same with any number of observers, or saved in the middle', async () => {
  const given = await scenario(text(5));
  const slos = [
    ...['web', 'sticky', 'book'].map(name => `{name: ${name}, service: ${name}, objective: 99%}`),
    '{name: soon, service: web, from: people, good: {within: 100ms}, objective: 99.9%}',
  ].join(', ');
  const watched = await scenario(text(5).replace('\ntraffic:', `\nslos: [${slos}]\ntraffic:`));
  const alone = played(given);
  assert.equal(told(new Play(watched).run().world), told(alone));
  const half = built(given);
  half.simulation.run(given.duration / 2);
  const rest = built(given);
  rest.simulation.restore(structuredClone(half.simulation.save()));
  rest.simulation.run(given.duration);
  assert.equal(told(rest), told(alone));
});

function played(given: LoadedScenario): BuiltWorld {
  const world = built(given);
  world.simulation.run(given.duration);
  return world;
}

function built(given: LoadedScenario): BuiltWorld {
  const world = build(given, {plugins: [], replication: 0});
  world.start();
  return world;
}

/** All that anybody can know of its requests. */
function told({simulation, requests}: BuiltWorld): unknown {
  const records = (requests?.records() ?? []).map(record => {
    const {service, caller, sent, attempts, latency} = record;
    const counts = outcomes.map(outcome => record.count(outcome));
    return [service, caller, sent, attempts, counts, latency.sum, [...record.loads()]];
  });
  return [simulation.fingerprint, records];
}

test.run();
