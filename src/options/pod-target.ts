// Which pods an entry of a scenario means: one by name, all of a workload (`deployment/web`), or
// those that fit, on nodes that fit, all of them or a number or percentage.

import {isMap} from './is-map.ts';
import {didYouMean} from './nearest.ts';
import {show} from './show.ts';
import {anyone, readTarget, type Target, type TargetAmount, type TargetNotation} from './target.ts';
import {type Fail, type Written, written} from './written.ts';

export type PodTarget =
  | {readonly type: 'one'; readonly name: string}
  | {
      readonly type: 'some';
      readonly workload: PodOwner | undefined;
      readonly fitting: Exclude<Target, {type: 'one'}>;
      readonly amount: TargetAmount | undefined;
    };

export type PodOwner = {readonly kind: string; readonly name: string};

export type PodTargetNotation =
  | string
  | (Exclude<TargetNotation, string | readonly string[]> & {readonly workload?: string});

const kinds: Readonly<Record<string, string>> = {
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  replicationcontroller: 'ReplicationController',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
};

const place = {
  workload: {type: 'string'},
  selector: {type: ['string', 'object']},
  zone: {type: 'string'},
  rack: {type: 'string'},
  pool: {type: 'string'},
};

export function podTarget(): Written<PodTarget, PodTargetNotation> {
  return written({
    parse: readPodTarget,
    schema: {
      title: 'pods',
      type: ['string', 'object'],
      properties: {
        ...place,
        count: {type: 'integer', minimum: 1},
        percent: {type: 'number', exclusiveMinimum: 0, maximum: 100},
      },
      additionalProperties: false,
      examples: ['deployment/web', {workload: 'deployment/web', percent: 50}],
    },
  });
}

/** All pods that fit, or what a word stands for. */
export function podsOr<Word extends string>(
  words: readonly Word[],
): Written<PodTarget | Word, PodTargetNotation> {
  return written({
    parse: (input, fail) => words.find(word => word === input) ?? readPodTarget(input, fail),
    schema: {
      title: [...words, 'pods'].join(' | '),
      type: ['string', 'object'],
      properties: place,
      additionalProperties: false,
      examples: [...words, 'deployment/web', {selector: 'app=web', zone: 'a'}],
    },
  });
}

/** All pods of a workload: `deployment/web`. */
export function podOwner(): Written<PodOwner, string> {
  return written({
    parse: (input, fail) => readOwner(input, message => fail(message)),
    schema: {title: 'workload', type: 'string', examples: ['deployment/web']},
  });
}

export function allPodsOf(workload: PodOwner | undefined): PodTarget {
  return {type: 'some', workload, fitting: anyone, amount: undefined};
}

function readPodTarget(input: unknown, fail: Fail): PodTarget | undefined {
  if (typeof input === 'string' && input !== '') {
    if (!input.includes('/')) return {type: 'one', name: input};
    const workload = readOwner(input, message => fail(message));
    return allPodsOf(workload);
  }
  if (!isMap(input) || Object.keys(input).length === 0) {
    fail(
      `expected a pod's name, a workload such as deployment/web, or ${form}, got ${show(input)}`,
    );
    return undefined;
  }
  const {workload, ...rest} = input;
  const owner =
    workload === undefined
      ? undefined
      : readOwner(workload, message => fail(message, ['workload']));
  const fitting = Object.keys(rest).length === 0 ? anyone : readTarget(rest, fail);
  if (fitting?.type !== 'some') return undefined;
  return {type: 'some', workload: owner, fitting, amount: fitting.amount};
}

function readOwner(input: unknown, fail: (message: string) => void): PodOwner | undefined {
  const [word = '', name, ...more] = typeof input === 'string' ? input.split('/') : [];
  const kind = Object.hasOwn(kinds, word.toLowerCase()) ? kinds[word.toLowerCase()] : undefined;
  if (kind !== undefined && name && more.length === 0) return {kind, name};
  const words = Object.keys(kinds);
  fail(`expected ${words.join('/NAME or ')}/NAME, got ${show(input)}${didYouMean(word, words)}`);
  return undefined;
}

const form = '{workload, selector, zone, rack, pool, count, percent}';
