// Requests made of calls: one after another, side by side, copied, repeated.

import type {Measure, Model} from './batches.ts';
import {stayQuantile, stayVariance, usual} from './measures.ts';
import {modelGroup} from './model-group.ts';
import {type KnownOracle, listed, type Oracle, parameter} from './oracle-file.ts';
import {exponential, type Program, seconds} from './traffic-scenario.ts';

export const callFamilies = modelGroup(
  ['tandem', 'forkjoin2', 'fanout-max', 'hedge', 'retry', 'deadpods'],
  modelsOf,
);

const failures: Measure = {
  of: ({record}) => 1 - record.count('ok') / record.over,
  times: ({record}) => record.over - record.count('ok'),
};
const successes: Measure = {of: batch => 1 - failures.of(batch), times: failures.times};
const attempts: Measure = {of: ({record}) => record.attempts / record.over};
const copies: Measure = {of: batch => attempts.of(batch) - 1};
const shares = {...usual, p50: stayQuantile(0.5), p99: stayQuantile(0.99)};

function modelsOf({family, oracle}: KnownOracle): readonly Model[] {
  const all = (name: string) => parameter(oracle, name);
  switch (family) {
    case 'tandem':
      return [tandem(listed(oracle, 'mus'), all('lam'))];
    case 'forkjoin2':
      return [forkJoin(all('rho'), all('mu'))];
    case 'fanout-max':
      return fanOut(all('n'));
    case 'hedge': {
      const model = single({}, {hedgeAfter: seconds(all('d'))});
      return [{...model, measures: {...shares, extraLoad: copies}}];
    }
    case 'retry': {
      const model = single({errors: all('p')}, {retries: again(all('retries') + 1)});
      return [{...model, measures: {success: successes, meanAttempts: attempts}}];
    }
    default:
      return deadPods(oracle);
  }
}

const again = (tries: number, others = false) => ({tries, backOff: '0s', others});

/** Nobody ever waits: only the work counts. */
function single(wish: Partial<Program>, more: object): Model {
  return {
    rate: 1,
    most: 1_000_000,
    measures: shares,
    scenario: {
      question: 'What do clients gain that try again, or send a second copy?',
      programs: [{name: 'web', takes: exponential(1), ...wish}],
      callers: [{name: 'clients', to: 'web', rate: 1, more}],
    },
  };
}

/** The one that is called only calls others. */
function calling(calls: readonly object[], programs: readonly Program[], rate: number): Model {
  return {
    rate,
    measures: usual,
    scenario: {
      question: 'How long does a request take that is made of calls?',
      programs: [{name: 'front', calls}, ...programs],
      callers: [{name: 'clients', to: 'front', rate}],
    },
  };
}

function tandem(rates: readonly number[], rate: number): Model {
  const programs = rates.map((each, i) => ({
    ...{name: `stage-${i + 1}`, workers: 1, takes: exponential(1 / each)},
  }));
  const calls = programs.map(({name}) => ({to: name}));
  const model = calling(calls, programs, rate);
  return {...model, most: 1_000_000, measures: {...usual, varW: stayVariance}};
}

function forkJoin(load: number, speed: number): Model {
  const programs = ['left', 'right'].map(name => ({
    ...{name, workers: 1, takes: exponential(1 / speed)},
  }));
  const calls = [{parallel: programs.map(({name}) => ({to: name}))}];
  return {...calling(calls, programs, load * speed), most: 2_000_000};
}

/** A leaf that is slow with some chance is told by an error. */
function fanOut(leaves: number): readonly Model[] {
  const spread = (errors: number, measures: Model['measures']): Model => ({
    ...calling(
      [{parallel: [{to: 'leaf', times: leaves}]}],
      [{name: 'leaf', takes: exponential(1), errors}],
      1,
    ),
    // A batch's p99 wants a thousand requests.
    first: Math.max(500_000 / leaves, errors === 0 ? 60_000 : 0),
    ...{measures, most: Math.max(2_000_000 / leaves, errors === 0 ? 60_000 : 0)},
  });
  return [
    spread(0, shares),
    spread(0.01, {PslowIfLeafP1: failures}),
    spread(0.001, {PslowIfLeafP01: failures}),
  ];
}

function deadPods(oracle: Oracle): readonly Model[] {
  const [endpoints, dead, tries] = ['n', 'bad', 'tries'].map(name => parameter(oracle, name));
  const tried = (others: boolean, name: string): Model => ({
    // Only who knows the pods can leave out some.
    ...single(
      {pods: endpoints - dead, dead, headless: others},
      {retries: again(tries, others), connectTimeout: '1s'},
    ),
    measures: {[name]: failures},
  });
  return [tried(false, 'failRandomReplacement'), tried(true, 'failDistinct')];
}
