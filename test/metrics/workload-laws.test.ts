// What the files say of workloads, held against each other, whatever happens to the pods.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {overSeeds, rowsOf} from './over-seeds.ts';
import {Stage} from './stage.ts';

const end = seconds(1000);

test('outages.csv has as many outages as workloads.csv, and as much downtime', () => {
  overSeeds(40, seed => {
    const {measures} = chaos(seed);
    const [workload] = rowsOf(measures, 'workloads.csv');
    const outages = rowsOf(measures, 'outages.csv');
    assert.is(outages.length, Number(workload.outages));
    const downtime = outages.reduce((sum, {duration}) => sum + Number(duration), 0);
    assert.is(downtime.toFixed(6), workload.downtime);
    assert.ok(outages.length > 2);
  });
});

test('outages of a workload follow each other, and only the last may be open', () => {
  overSeeds(40, seed => {
    const outages = rowsOf(chaos(seed).measures, 'outages.csv');
    for (const [i, {end, censored}] of outages.entries()) {
      const next = outages[i + 1];
      assert.is(censored, String(end === ''));
      if (next !== undefined) assert.ok(Number(end) < Number(next.start));
    }
  });
});

test('each outage names a row of incidents.csv that knows of it', () => {
  overSeeds(40, seed => {
    const {measures} = chaos(seed);
    const incidents = new Map(rowsOf(measures, 'incidents.csv').map(row => [row.id, row]));
    for (const {incident, cause} of rowsOf(measures, 'outages.csv')) {
      if (incident === '') continue;
      const row = incidents.get(incident);
      assert.is(cause, `${row?.kind} ${row?.target}`);
      assert.is(row?.workloads_down, '1');
    }
  });
});

test('an incident has recovered when no replica is missing any more', () => {
  overSeeds(40, seed => {
    const {measures} = chaos(seed, {heals: true});
    for (const row of rowsOf(measures, 'incidents.csv')) {
      if (row.workloads_degraded !== '0') assert.is.not(row.recovered, '', JSON.stringify(row));
    }
  });
});

test('what is measured can be saved in the middle', () => {
  overSeeds(15, seed => {
    const whole = chaos(seed);
    const first = new Chaos(seed);
    first.run(end / 2);
    const second = new Chaos(seed);
    second.adopt(first);
    second.run(end);
    for (const file of [
      'workloads.csv',
      'outages.csv',
      'incidents.csv',
      'recovery.csv',
      'events.csv',
    ]) {
      assert.equal(rowsOf(second.measures, file), rowsOf(whole.measures, file), file);
    }
  });
});

function chaos(seed: number, options: {heals?: boolean} = {}) {
  const chaos = new Chaos(seed, options);
  chaos.run(end);
  return chaos;
}

/** Pods of one Deployment that come, go and waver under causes that overlap. */
class Chaos {
  readonly stage: Stage;
  readonly #dice;
  #made = 0;

  constructor(seed: number, {heals = false}: {heals?: boolean} = {}) {
    this.stage = new Stage();
    const {simulation} = this.stage.world;
    this.#dice = simulation.random(`chaos-${seed}`);
    const acted = simulation.event('chaos.acted', () => {
      this.#act();
      acted.after(this.#dice.integer(0, seconds(3)));
    });
    acted.at(0);
    const healed = simulation.event('chaos.healed', () => this.#heal());
    if (heals) healed.at(end);
    simulation.part('chaos', {
      save: () => this.#made,
      restore: made => {
        this.#made = made as number;
      },
    });
  }

  get measures() {
    return this.stage.measures;
  }

  run(until: number): void {
    this.stage.world.simulation.run(until);
    if (until === end) this.measures.finish(end);
  }

  adopt(other: Chaos): void {
    this.stage.adopt(other.stage);
    this.stage.world.simulation.restore(other.stage.world.simulation.save());
  }

  #act(): void {
    const {stage} = this;
    if (this.#made === 0) stage.declare(2);
    const cause = this.#dice.integer(0, 9);
    if (cause < 6) stage.under(`node/${cause}-${Math.floor(stage.now / seconds(50))}`);
    const victim = `pod-${this.#dice.integer(Math.max(0, this.#made - 4), this.#made)}`;
    const choice = this.#dice.integer(0, 9);
    if (choice < 3 || this.#made === 0) this.#come();
    else if (!stage.has(victim)) return;
    else if (choice < 5) stage.ready(victim);
    else if (choice < 7) this.#waver(victim);
    else if (choice < 8)
      stage.terminate(victim, this.#dice.choice(['DeletionByTaintManager', undefined]));
    else if (choice < 9) stage.end(victim, this.#dice.choice(['failed', 'deleted', 'evicted']));
    else stage.scale(this.#dice.integer(0, 3));
  }

  #waver(victim: string): void {
    const what = this.#dice.integer(0, 2);
    if (what === 0) this.stage.unready(victim);
    else if (what === 1) this.stage.break(victim);
    else this.stage.mend(victim);
  }

  #come(): void {
    const oldest = `pod-${this.#made - 3}`;
    if (this.stage.has(oldest)) this.stage.end(oldest, 'deleted');
    this.stage.create(`pod-${this.#made++}`, this.#dice.integer(0, 1) as NodeId);
  }

  #heal(): void {
    this.stage.scale(2);
    for (const _ of [1, 2]) {
      this.#come();
      this.stage.ready(`pod-${this.#made - 1}`);
    }
  }
}

test.run();
