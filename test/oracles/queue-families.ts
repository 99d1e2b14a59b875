// One station, with its discipline, its workers and its room.

import type {Law} from '../../src/options/distribution.ts';
import {figuresOf, type Model, unit} from './batches.ts';
import type {FamilyGroup} from './families.ts';
import type {Figure} from './figure.ts';
import {busy, lossShare, present, stay, throughput, usual} from './measures.ts';
import {type KnownOracle, type Oracle, parameter} from './oracle-file.ts';
import {constant, exponential, type ServiceWish} from './world.ts';

export const queueFamilies: FamilyGroup = {
  names: ['mm1', 'mmc', 'mmcc', 'mm1k', 'md1', 'mg1', 'mg1ps'],
  figures,
};

function figures({family, oracle}: KnownOracle, seed: number): readonly Figure[] {
  const all = (name: string) => parameter(oracle, name);
  switch (family) {
    case 'mmc':
      return figuresOf(oracle, station({workers: all('c')}, all('lam')), seed);
    case 'mmcc': {
      const model = station({workers: all('c'), limit: all('c')}, all('a'));
      const measures = {PBlock: lossShare, carried: throughput};
      return figuresOf(oracle, {...model, measures}, seed);
    }
    case 'mm1k': {
      const model = station({limit: all('K')}, all('lam'));
      const measures = {...usual, PLoss: lossShare, throughput, util: busy};
      return figuresOf(oracle, {...model, measures}, seed);
    }
    case 'md1':
      return figuresOf(oracle, station({}, all('lam'), constant(all('D'))), seed);
    case 'mg1':
      // The spread of the mean wait is that of the work's fourth power.
      return figuresOf(
        oracle,
        {...station({}, all('lam'), generalLaw(oracle)), most: 6_000_000, loosest: 0.4},
        seed,
      );
    case 'mg1ps':
      return figuresOf(oracle, sharing(all('lam')), seed);
    default:
      return figuresOf(oracle, station({}, all('lam'), exponential(1 / all('mu'))), seed);
  }
}

function station(wish: ServiceWish, rate: number, work: Law = exponential(1)): Model {
  return {
    rate,
    measures: usual,
    build: world => {
      world.client({gap: exponential(1 / rate), steps: [[{service: world.service(wish), work}]]});
    },
  };
}

/** Of mean 1: the mean wait depends on the law by its variance alone. */
function generalLaw(oracle: Oracle): Law {
  if (oracle.params.alpha !== undefined) {
    const [shape, scale, max] = ['alpha', 'low', 'high'].map(name => parameter(oracle, name));
    return {law: 'pareto', shape, scale, max};
  }
  const spread = parameter(oracle, 'scv');
  if (spread === 0) return constant(1);
  return {law: 'gamma', shape: 1 / spread, scale: spread};
}

/** Sizes of a half and of five, of mean 1, by two clients, so that each has a record. */
function sharing(rate: number): Model {
  const sizes = [
    {size: 0.5, share: 8 / 9},
    {size: 5, share: 1 / 9},
  ];
  return {
    rate,
    build: world => {
      const service = world.service({discipline: 'sharing'});
      for (const {size, share} of sizes) {
        const gap = exponential(1 / (rate * share));
        world.client({gap, steps: [[{service, work: constant(size)}]]});
      }
    },
    measures: {
      W: {
        of: ({records}) => {
          const sum = records.reduce((all, {latency}) => all + Number(latency.sum), 0);
          return sum / unit / records.reduce((all, {latency}) => all + latency.count, 0);
        },
      },
      L: {
        of: batch => batch.records.reduce((all, record) => all + present.of({...batch, record}), 0),
      },
      W_given_size_0_5: {of: batch => stay.of({...batch, record: batch.records[0]})},
      W_given_size_5: {of: batch => stay.of({...batch, record: batch.records[1]})},
    },
  };
}
