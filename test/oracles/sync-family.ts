// How long changes of endpoints wait for kube-proxy, which lets a time pass between two syncs: on
// one node where pods come and go at random.

import {second, seconds, type Time} from '../../src/engine/time.ts';
import {allocatable, builtFrom, quiet, serviceOf, type World, written} from './built.ts';
import type {FamilyGroup} from './families.ts';
import {estimated, type Figure} from './figure.ts';
import {expectedNumbers, type Oracle, parameter} from './oracle-file.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export const syncFamily: FamilyGroup = {
  names: ['minsync'],
  figures: ({oracle}, seed) => figuresOf(oracle, seed),
  scenarios: ({oracle}, seed) => [textOf(planOf(oracle), seed)],
};

const batches = 100;

type Plan = {
  readonly period: number;
  readonly rate: number;
  /** A pod's, after which it is a change again. */
  readonly life: number;
  /** In seconds: of what is not counted, and of what is. */
  readonly before: number;
  readonly length: number;
};

function planOf(oracle: Oracle): Plan {
  const [period, rate] = ['m', 'r'].map(name => parameter(oracle, name));
  const share = (rate * period) / (rate * period + Math.exp(-rate * period));
  // Where hardly any waits, many are needed to see those that do.
  const wanted = Math.min(200_000, Math.max(60_000, 55_000 / share));
  const life = Math.max(10 * period, 1);
  return {period, rate, life, before: 2 * life, length: wanted / rate / batches};
}

/** Changes come one by one as pods do, and again as these end: any moment is as likely. */
function textOf({period, rate, life, before, length}: Plan, seed: number): string {
  const question = 'How long do changes of endpoints wait for kube-proxy?';
  return written([
    {
      ...quiet(seed, question, lasting(before + batches * length)),
      cluster: {
        nodes: [{name: 'n', count: 1, allocatable}],
        controlPlane: {latency: 'none'},
        kubelet: {lifecycle: 'simple', podStart: '0s', boot: '0s'},
        network: {nodeCIDRMask: 12, proxy: {minSync: lasting(period), syncTakes: '0s'}},
      },
      workload: [
        {
          ...{kind: 'poisson', name: 'web', every: lasting(2 / rate), lifetime: lasting(life)},
          template: {metadata: {labels: {app: 'web'}}},
        },
      ],
    },
    serviceOf('web'),
  ]);
}

async function figuresOf(oracle: Oracle, seed: number): Promise<readonly Figure[]> {
  const plan = planOf(oracle);
  const {before, length} = plan;
  const world = await builtFrom(textOf(plan, seed));
  const waits = new Waits(world);
  world.start();
  world.simulation.run(seconds(before));
  const seen = Array.from({length: batches}, (_, i) => {
    waits.begin();
    world.simulation.run(seconds(before + (i + 1) * length));
    const {changes, waited, sum, syncs} = waits;
    return {
      meanWait: sum / changes / second,
      PWait: waited / changes,
      syncsPerSec: syncs / length,
      waited,
      straight: changes - waited,
    };
  });
  const often = (name: 'waited' | 'straight') => seen.reduce((sum, each) => sum + each[name], 0);
  const rarer = Math.min(often('waited'), often('straight'));
  return expectedNumbers(oracle).map(([name, expected]) =>
    estimated(name, expected, {
      sample: seen.map(each => each[name as 'meanWait'] ?? Number.NaN),
      loosest: 0.1,
      // Syncs come like clockwork where all changes wait.
      stretches: name === 'meanWait' ? Infinity : rarer,
    }),
  );
}

/** From what is stored to its being programmed. */
class Waits {
  changes = 0;
  waited = 0;
  sum: Time = 0;
  syncs = 0;
  #stored: Time[] = [];
  #last: Time = -1;

  constructor({simulation, store, network}: World) {
    const {log} = store.endpointSlices;
    const rows = log.cursor(() => {
      for (; rows.next < log.end; rows.next++) this.#stored.push(simulation.now);
    });
    network?.views.moved.watch(() => this.#programmed(simulation.now));
  }

  begin(): void {
    [this.changes, this.waited, this.sum, this.syncs] = [0, 0, 0, 0];
  }

  #programmed(now: Time): void {
    if (now !== this.#last) this.syncs++;
    this.#last = now;
    for (const time of this.#stored) {
      this.changes++;
      this.sum += now - time;
      if (now > time) this.waited++;
    }
    this.#stored = [];
  }
}
