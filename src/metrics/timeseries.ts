// timeseries.csv: what the run loop sees between events, once a period. The only result that
// follows what is sampled; everything else is counted and integrated at each change.

import type {Time} from '../engine/time.ts';
import type {Census} from './census.ts';
import {ratioText} from './figures.ts';
import type {NodeRegister} from './node-register.ts';
import type {NodeUsage} from './node-usage.ts';
import {type RequestCounts, requestCounts} from './request-totals.ts';
import {secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import type {World} from './world.ts';

export class Timeseries {
  #samples: Sample[] = [];

  constructor(
    {simulation, requests}: World,
    seen: {census: Census; register: NodeRegister; usage: NodeUsage; every: Time},
  ) {
    const {census, register, usage} = seen;
    simulation.sampler(seen.every, time => {
      this.#samples.push({
        time,
        pending: census.waiting,
        running: census.running,
        cpu: usage.cpuMillicores,
        cpuThere: register.cpuMillicores.value,
        memory: usage.memoryBytes,
        memoryThere: register.memoryBytes.value,
        nodesUsed: usage.used,
        events: simulation.eventsHandled,
        requests: requestCounts(requests?.records() ?? []),
      });
    });
    simulation.part('metrics.timeseries', this);
  }

  table(): ResultTable {
    return {file: 'timeseries.csv', columns, long: true, rows: () => this.#rows()};
  }

  save(): Sample[] {
    return this.#samples;
  }

  restore(saved: Sample[]): void {
    this.#samples = saved;
  }

  *#rows(): Generator<Cell[]> {
    for (const [i, sample] of this.#samples.entries()) {
      const time = secondsText(sample.time);
      yield [time, 'pending_pods', undefined, sample.pending];
      yield [time, 'running_pods', undefined, sample.running];
      yield [time, 'cpu_requested_share', undefined, ratioText(sample.cpu, sample.cpuThere)];
      const memory = ratioText(sample.memory, sample.memoryThere);
      yield [time, 'memory_requested_share', undefined, memory];
      yield [time, 'nodes_used', undefined, sample.nodesUsed];
      yield [time, 'events', undefined, sample.events];
      for (const [entry, counts] of sample.requests) {
        const before = this.#samples[i - 1]?.requests.get(entry);
        yield [time, 'requests_sent', entry, counts.sent - (before?.sent ?? 0)];
        yield [time, 'requests_ok', entry, counts.succeeded - (before?.succeeded ?? 0)];
        yield [time, 'requests_failed', entry, counts.failed - (before?.failed ?? 0)];
      }
    }
  }
}

type Sample = {
  readonly time: Time;
  readonly pending: number;
  readonly running: number;
  readonly cpu: number;
  readonly cpuThere: number;
  readonly memory: number;
  readonly memoryThere: number;
  readonly nodesUsed: number;
  readonly events: number;
  /** By entry of `traffic`, from the start on. */
  readonly requests: ReadonlyMap<string, RequestCounts>;
};

const columns = ['time', 'metric', 'object', 'value'];

/** What a steady analysis can be about; requests are those between two samples. */
export const seriesUnits: ReadonlyMap<string, string> = new Map([
  ['pending_pods', 'pods'],
  ['running_pods', 'pods'],
  ['cpu_requested_share', 'share'],
  ['memory_requested_share', 'share'],
  ['nodes_used', 'nodes'],
  ['requests_sent', 'requests per sample'],
  ['requests_ok', 'requests per sample'],
  ['requests_failed', 'requests per sample'],
]);
