// One station, with its discipline, its workers and its room.

import type {Law} from '../../src/options/distribution.ts';
import {type Model, unit} from './batches.ts';
import {busy, lossShare, present, stay, throughput, usual} from './measures.ts';
import {modelGroup} from './model-group.ts';
import {type KnownOracle, type Oracle, parameter} from './oracle-file.ts';
import {constant, exponential, type Program} from './traffic-scenario.ts';

export const queueFamilies = modelGroup(
  ['mm1', 'mmc', 'mmcc', 'mm1k', 'md1', 'mg1', 'mg1ps'],
  known => [modelOf(known)],
);

function modelOf({family, oracle}: KnownOracle): Model {
  const all = (name: string) => parameter(oracle, name);
  switch (family) {
    case 'mmc':
      // Hardly any of them wait where many work.
      return {...station({workers: all('c')}, all('lam')), loosest: 0.2};
    case 'mmcc': {
      const model = station({workers: all('c'), queue: 0}, all('a'));
      return {...model, measures: {PBlock: lossShare, carried: throughput}};
    }
    case 'mm1k': {
      const model = station({workers: 1, queue: all('K') - 1}, all('lam'));
      return {...model, measures: {...usual, PLoss: lossShare, throughput, util: busy}};
    }
    case 'md1':
      return station({takes: constant(all('D'))}, all('lam'));
    case 'mg1':
      // The spread of the mean wait is that of the work's fourth power: ten million are wanted.
      return {
        ...station({takes: generalLaw(oracle)}, all('lam')),
        ...{first: heavy(oracle) ? 10_000_000 : 1_000_000, most: 10_000_000, loosest: 0.4},
      };
    case 'mg1ps':
      return sharing(all('lam'));
    default:
      return station({takes: exponential(1 / all('mu'))}, all('lam'));
  }
}

function station(wish: Partial<Program>, rate: number): Model {
  return {
    rate,
    measures: usual,
    scenario: {
      question: 'How long do requests to one pod take?',
      programs: [{name: 'web', workers: 1, takes: exponential(1), ...wish}],
      callers: [{name: 'clients', to: 'web', rate}],
    },
  };
}

function heavy({params}: Oracle): boolean {
  return params.alpha !== undefined || Number(params.scv) > 10;
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

/** Sizes of a half and of five, of mean 1, by two callers, so that each has a record. */
function sharing(rate: number): Model {
  const sizes = [
    {name: 'small', size: 0.5, share: 8 / 9},
    {name: 'large', size: 5, share: 1 / 9},
  ];
  return {
    rate,
    scenario: {
      question: 'How long do requests take that share one processor?',
      programs: [{name: 'web', sharing: 1}],
      callers: sizes.map(({name, size, share}) => ({
        ...{name, to: 'web', rate: rate * share, takes: constant(size)},
      })),
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
