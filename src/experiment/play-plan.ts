// Plays what a plan still misses, on workers. What comes of it depends neither on their number nor
// on the order in which runs are done: a plan says which runs there are, and how many replications
// are added is decided from all of a round.

import {precisionSoFar} from './conclude.ts';
import type {Observation} from './observation.ts';
import {nameOfRun, type Plan, type RunOfPlan, runsOf, type Shard} from './plan.ts';
import type {RunFailure} from './run-failure.ts';
import {RunPlayer} from './run-player.ts';
import {RunQueue} from './run-queue.ts';
import {taskOf} from './run-task.ts';

export type PlayOptions = {
  readonly workers: number;
  /** Of each worker's objects; Node.js decides unless given. */
  readonly memoryMegabytes?: number | undefined;
  /** Of an earlier attempt; not played again. */
  readonly known?: readonly Observation[];
  readonly shard?: Shard | undefined;
  /** Ends it early; what is done is kept. */
  readonly signal?: AbortSignal | undefined;
  readonly onRun?: (observation: string) => void;
  readonly onProgress?: (progress: PlanProgress) => void;
};

export type PlanProgress = {
  readonly done: number;
  readonly total: number;
  /** Of `done`, those of an earlier attempt. */
  readonly known: number;
};

export type PlayedPlan = {
  /** In the plan's order. */
  readonly observations: readonly Observation[];
  /** Whether all runs of the plan are among them. */
  readonly complete: boolean;
  readonly failure: RunFailure | undefined;
};

export async function playPlan(plan: Plan, options: PlayOptions): Promise<PlayedPlan> {
  const player = new PlanPlayer(plan, options);
  try {
    return await player.play();
  } finally {
    await player.close();
  }
}

class PlanPlayer {
  readonly #plan: Plan;
  readonly #options: PlayOptions;
  readonly #observed = new Map<string, Observation>();
  readonly #players: RunPlayer[] = [];
  #failure: RunFailure | undefined;

  constructor(plan: Plan, options: PlayOptions) {
    this.#plan = plan;
    this.#options = options;
    for (const observation of options.known ?? []) this.#keep(observation);
  }

  async play(): Promise<PlayedPlan> {
    let {replications} = this.#plan;
    for (;;) {
      const played = await this.#playRound(replications);
      if (!played.complete || this.#options.shard !== undefined) return played;
      const wanted = precisionSoFar(this.#plan, played.observations)?.replications ?? 0;
      if (wanted <= replications) return played;
      replications = wanted;
    }
  }

  async #playRound(replications: number): Promise<PlayedPlan> {
    const runs = runsOf(this.#plan, {replications, shard: this.#options.shard});
    await this.#playMissing(runs);
    const found = runs.map(run => this.#observed.get(keyOf(run)));
    const observations = found.filter(observation => observation !== undefined);
    const complete = observations.length === runs.length;
    return {observations, complete, failure: this.#failure};
  }

  async close(): Promise<void> {
    await Promise.all(this.#players.map(player => player.close()));
  }

  get #stopped(): boolean {
    return this.#failure !== undefined || this.#options.signal?.aborted === true;
  }

  async #playMissing(runs: readonly RunOfPlan[]): Promise<void> {
    const missing = runs.filter(run => !this.#observed.has(keyOf(run)));
    const known = runs.length - missing.length;
    let done = known;
    const tell = () => this.#options.onProgress?.({done, known, total: runs.length});
    tell();
    if (missing.length === 0) return;
    const players = this.#playersFor(missing.length);
    const queue = new RunQueue(missing);
    const work = async (player: RunPlayer) => {
      let run = queue.next(undefined);
      for (; run !== undefined; run = queue.next(run)) {
        if (this.#stopped) return;
        if (!(await this.#playOne(player, run))) return;
        done++;
        tell();
      }
    };
    await this.#untilAborted(Promise.all(players.map(work)));
  }

  /** False where there is no use in going on. */
  async #playOne(player: RunPlayer, run: RunOfPlan): Promise<boolean> {
    const played = await player.play(taskOf(this.#plan, run));
    if (this.#stopped) return false;
    if ('wrong' in played) {
      this.#failure = {...played, wrong: `${nameOfRun(this.#plan, run)}: ${played.wrong}`};
      return false;
    }
    this.#options.onRun?.(played.observation);
    this.#keep(JSON.parse(played.observation));
    return true;
  }

  #playersFor(runs: number): readonly RunPlayer[] {
    const {workers, memoryMegabytes} = this.#options;
    const wanted = Math.min(workers, runs);
    while (this.#players.length < wanted) this.#players.push(new RunPlayer(memoryMegabytes));
    return this.#players.slice(0, wanted);
  }

  #keep(observation: Observation): void {
    this.#observed.set(keyOf(observation), observation);
  }

  /** Runs that are under way when the user has had enough are not waited for. */
  async #untilAborted(work: Promise<unknown>): Promise<void> {
    const {signal} = this.#options;
    if (signal === undefined) {
      await work;
      return;
    }
    const aborted = new Promise(resolve => {
      if (signal.aborted) resolve(undefined);
      else signal.addEventListener('abort', resolve, {once: true});
    });
    await Promise.race([work, aborted]);
  }
}

function keyOf({variant, replication}: RunOfPlan): string {
  return `${variant}/${replication}`;
}
