// Requests made of calls: one after another, side by side, copied, repeated.

import {second} from '../../src/engine/time.ts';
import {figuresOf, type Measure, type Model} from './batches.ts';
import type {FamilyGroup} from './families.ts';
import type {Figure} from './figure.ts';
import {stayQuantile, stayVariance, usual} from './measures.ts';
import {type KnownOracle, listed, type Oracle, parameter} from './oracle-file.ts';
import {exponential, type ServiceWish} from './world.ts';

export const callFamilies: FamilyGroup = {
  names: ['tandem', 'forkjoin2', 'fanout-max', 'hedge', 'retry', 'deadpods'],
  figures,
};

const failures: Measure = {
  of: ({record}) => 1 - record.count('ok') / record.over,
  times: ({record}) => record.over - record.count('ok'),
};
const successes: Measure = {of: batch => 1 - failures.of(batch), times: failures.times};
const attempts: Measure = {of: ({record}) => record.attempts / record.over};
const copies: Measure = {of: batch => attempts.of(batch) - 1};
const shares = {...usual, p50: stayQuantile(0.5), p99: stayQuantile(0.99)};

/** Nobody ever waits: only the work counts. */
const ample: ServiceWish = {workers: Infinity};

function figures({family, oracle}: KnownOracle, seed: number): readonly Figure[] {
  const all = (name: string) => parameter(oracle, name);
  switch (family) {
    case 'tandem':
      return figuresOf(oracle, tandem(listed(oracle, 'mus'), all('lam')), seed);
    case 'forkjoin2':
      return figuresOf(oracle, forkJoin(all('rho'), all('mu')), seed);
    case 'fanout-max':
      return fanOut(oracle, all('n'), seed);
    case 'hedge': {
      const model = single(ample, {hedgeAfter: all('d') * second});
      return figuresOf(oracle, {...model, measures: {...shares, extraLoad: copies}}, seed);
    }
    case 'retry': {
      const model = single({...ample, errors: all('p')}, {tries: all('retries') + 1});
      const measures = {success: successes, meanAttempts: attempts};
      return figuresOf(oracle, {...model, measures}, seed);
    }
    default:
      return deadPods(oracle, seed);
  }
}

type Policy = {tries?: number; tryOthers?: boolean; hedgeAfter?: number};

function single(wish: ServiceWish, policy: Policy): Model {
  return {
    rate: 1,
    most: 1_000_000,
    measures: shares,
    build: world => {
      const steps = [[{service: world.service(wish), work: exponential(1)}]];
      world.client({gap: exponential(1), steps, ...policy});
    },
  };
}

function tandem(rates: readonly number[], rate: number): Model {
  return {
    rate,
    most: 1_000_000,
    measures: {...usual, varW: stayVariance},
    build: world => {
      const steps = rates.map(each => [{service: world.service(), work: exponential(1 / each)}]);
      world.client({gap: exponential(1 / rate), steps});
    },
  };
}

function forkJoin(load: number, speed: number): Model {
  const rate = load * speed;
  return {
    rate,
    most: 2_000_000,
    measures: usual,
    build: world => {
      const step = [0, 1].map(() => ({service: world.service(), work: exponential(1 / speed)}));
      world.client({gap: exponential(1 / rate), steps: [step]});
    },
  };
}

/** A leaf that is slow with some chance is told by an error. */
function fanOut(oracle: Oracle, leaves: number, seed: number): readonly Figure[] {
  const spread = (errors: number, measures: Model['measures']): Model => ({
    rate: 1,
    measures,
    first: 500_000 / leaves,
    most: 2_000_000 / leaves,
    build: world => {
      const service = world.service({...ample, errors});
      const step = Array.from({length: leaves}, () => ({service, work: exponential(1)}));
      world.client({gap: exponential(1), steps: [step]});
    },
  });
  return [
    ...figuresOf(oracle, spread(0, shares), seed),
    ...figuresOf(oracle, spread(0.01, {PslowIfLeafP1: failures}), seed),
    ...figuresOf(oracle, spread(0.001, {PslowIfLeafP01: failures}), seed),
  ];
}

function deadPods(oracle: Oracle, seed: number): readonly Figure[] {
  const [endpoints, dead, tries] = ['n', 'bad', 'tries'].map(name => parameter(oracle, name));
  const tried = (tryOthers: boolean, name: string): Model => ({
    ...single({...ample, endpoints, dead}, {tries, tryOthers}),
    measures: {[name]: failures},
  });
  return [
    ...figuresOf(oracle, tried(false, 'failRandomReplacement'), seed),
    ...figuresOf(oracle, tried(true, 'failDistinct'), seed),
  ];
}
