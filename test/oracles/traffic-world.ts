// A scenario's text played in slices: through the reader and the builder of every run, looked at
// through the records that requests.csv is written from.

import type {Time} from '../../src/engine/time.ts';
import type {DataPlane} from '../../src/network/traffic/data-plane.ts';
import type {Record} from '../../src/network/traffic/record.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

/** Of quantiles: finer than the half-widths that are wanted. */
const relativeError = 0.001;

export class TrafficWorld {
  readonly #world: ReturnType<typeof build>;
  readonly #plane: DataPlane;

  static async of(text: string): Promise<TrafficWorld> {
    const {scenario, problems} = await readScenarioFrom(
      memoryFiles({'oracle.yaml': text}),
      'oracle.yaml',
    );
    if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
    const requests = {relativeError, waits: true};
    return new TrafficWorld(build(scenario, {plugins: [], replication: 0, requests}));
  }

  private constructor(world: ReturnType<typeof build>) {
    const {requests: traffic} = world;
    if (traffic === undefined) throw new Error('the scenario has no traffic');
    this.#world = world;
    this.#plane = traffic;
    world.start();
  }

  /** Of requests at each pod that has got any. */
  everySoOften(period: Time, look: (present: readonly number[]) => void): void {
    this.#world.simulation.sampler(period, () => look(this.#plane.present()));
  }

  startRecords(): void {
    this.#plane.startRecords();
  }

  run(until: Time): void {
    this.#world.simulation.run(until);
  }

  /** Of the traffic entries in the order of the scenario, and then of calls of applications. */
  records(): readonly Record[] {
    const all = this.#plane.records() as readonly Record[];
    return [...all.filter(({nested}) => !nested), ...all.filter(({nested}) => nested)];
  }
}
