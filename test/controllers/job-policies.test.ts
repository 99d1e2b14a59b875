// Policies of Jobs against pkg/controller/job: pod_failure_policy.go, success_policy.go,
// indexed_job_utils.go; and what is counted of pods that go, or while nobody looks.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {actionOn, isEnough} from '../../src/controllers/job-policy.ts';
import {minutes, seconds} from '../../src/engine/time.ts';
import type {GonePod, JobSpec, PodFailureRule} from '../../src/objects/job-object.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {jobSpec} from './job-parts.ts';
import {ControlledWorld, metadata, type WorldOptions} from './world.ts';

function jobWorld(spec: Partial<JobSpec>, options: WorldOptions = {}): ControlledWorld {
  const world = new ControlledWorld(options).start();
  world.api.applyWorkload({kind: 'Job', ...metadata('sum'), spec: jobSpec('sum', spec)});
  return world;
}

const status = (world: ControlledWorld) => world.get('Job', 'sum').object.status;

/** Each pod runs for 10 s; those whose serial is named fail. */
const failing = (fails: (serial: number) => boolean): WorldOptions => ({
  ends: serial => ({after: seconds(10), phase: fails(serial) ? 'Failed' : 'Succeeded'}),
});

const failure = (code: number | undefined, disruption?: GonePod['disruption']): GonePod => ({
  serial: 0,
  succeeded: false,
  endedAt: 0,
  index: undefined,
  end: {reason: 'Error', exit: code === undefined ? undefined : {container: 0, code}},
  disruption,
});

const onCodes = (
  action: PodFailureRule['action'],
  operator: 'In' | 'NotIn',
  values: number[],
  container?: string,
): PodFailureRule => ({action, exitCodes: {container, operator, values}, conditions: []});

const onDisruption: PodFailureRule = {
  action: 'Ignore',
  exitCodes: undefined,
  conditions: [{type: 'DisruptionTarget', status: 'True'}],
};

// rules, failure → action
const decisions: [string, readonly PodFailureRule[], GonePod, string][] = [
  ['a code that is named', [onCodes('FailJob', 'In', [42])], failure(42), 'FailJob'],
  ['a code that is not', [onCodes('FailJob', 'In', [42])], failure(1), 'Count'],
  ['another than those named', [onCodes('FailJob', 'NotIn', [42])], failure(1), 'FailJob'],
  ['no code at all', [onCodes('FailJob', 'NotIn', [42])], failure(undefined), 'Count'],
  ['its container', [onCodes('FailJob', 'In', [42], 'main')], failure(42), 'FailJob'],
  ['another container', [onCodes('FailJob', 'In', [42], 'other')], failure(42), 'Count'],
  ['a disruption', [onDisruption], failure(137, 'DeletionByTaintManager'), 'Ignore'],
  ['no disruption', [onDisruption], failure(137), 'Count'],
  [
    'the first that matches',
    [onDisruption, onCodes('FailJob', 'In', [137])],
    failure(137, 'EvictionByEvictionAPI'),
    'Ignore',
  ],
];

for (const [name, podFailurePolicy, pod, action] of decisions) {
  test(`a rule of a podFailurePolicy looks for ${name}: ${action}`, () => {
    assert.is(actionOn(pod, jobSpec('sum', {podFailurePolicy})), action);
  });
}

// indexes and count of a rule, indexes that have succeeded → enough
const criteria: [number[] | undefined, number | undefined, number[], boolean][] = [
  [[0, 2, 3], 1, [2], true],
  [[0, 2, 3], 1, [1], false],
  [[0, 2], undefined, [0], false],
  [[0, 2], undefined, [0, 2], true],
  [undefined, 2, [5], false],
  [undefined, 2, [5, 6], true],
];

for (const [indexes, count, done, enough] of criteria) {
  test(`${indexes ?? 'any'} and ${count ?? 'all'} of them: ${done} is ${enough ? '' : 'not '}enough`, () => {
    const rule = {indexes: indexes && new Set(indexes), count};
    assert.is(isEnough([rule], new Set(done)), enough);
  });
}

test('a Job whose criteria are met is complete, and its other pods go uncounted', () => {
  const successPolicy = [{indexes: new Set([1]), count: undefined}];
  const spec = {indexed: true, completions: 5, parallelism: 5, successPolicy};
  const world = jobWorld(spec, {
    ends: serial => ({after: seconds(serial === 1 ? 10 : 600), phase: 'Succeeded'}),
  });
  world.settle();
  assert.is(status(world).finished?.as, 'Complete');
  assert.equal([status(world).completedIndexes, status(world).failed], [[1], 0]);
  assert.ok((status(world).finished?.at ?? 0) < seconds(30));
});

test('an index that failed too often is given up, the others go on, and the Job fails', () => {
  const spec = {indexed: true, completions: 3, parallelism: 3, backoffLimit: 1e6};
  // The pods of index 1 are the second and all that come after the first three.
  const options = failing(serial => serial === 1 || serial > 2);
  const world = jobWorld({...spec, backoffLimitPerIndex: 2}, options);
  const created: number[] = [];
  world.store.signals.created.watch(() => created.push(Math.round(world.simulation.now / 1e6)));
  world.settle();
  assert.equal([status(world).completedIndexes, status(world).failedIndexes], [[0, 2], [1]]);
  assert.equal([status(world).failed, status(world).finished?.as], [3, 'FailedIndexes']);
  // 5 s to start, 10 s to run, then the index's own back-off.
  assert.equal(created, [0, 0, 0, 25, 60]);
});

test('more failed indexes than are allowed end the Job at once', () => {
  const spec = {indexed: true, completions: 8, parallelism: 2, backoffLimit: 1e6};
  const limits = {backoffLimitPerIndex: 0, maxFailedIndexes: 1};
  const world = jobWorld(
    {...spec, ...limits},
    failing(() => true),
  );
  world.settle();
  assert.is(status(world).finished?.as, 'MaxFailedIndexesExceeded');
  assert.is(status(world).failedIndexes.length, 2);
});

test('a pod is replaced when its deletion begins, or only when it has ended', () => {
  const createdAfter = (podReplacementPolicy: JobSpec['podReplacementPolicy']): number => {
    const world = jobWorld({podReplacementPolicy});
    world.simulation.run(seconds(10));
    let second = 0;
    world.store.signals.created.watch(() => {
      second = world.simulation.now;
    });
    world.operator.deletePod(world.pods()[0]);
    world.simulation.run(minutes(1));
    return Math.round((second - seconds(10)) / seconds(1));
  };
  // A failure is noted with the time at which it is counted, a second after the deletion, and a
  // pod that must have ended ends a second after it; ten seconds of back-off follow.
  assert.equal([createdAfter('TerminatingOrFailed'), createdAfter('Failed')], [11, 11]);
});

test('a disrupted pod that is ignored does not count against the limit', () => {
  const world = jobWorld({
    backoffLimit: 0,
    podFailurePolicy: [onDisruption],
    podReplacementPolicy: 'Failed',
  });
  world.simulation.run(seconds(10));
  world.operator.evictPod(world.pods()[0]);
  world.simulation.run(minutes(1));
  assert.equal(
    [status(world).failed, status(world).finished, status(world).active],
    [0, undefined, 1],
  );
});

test('takeovers at any moment count every pod once', () => {
  forEachSeed(30, seed => {
    const spec = {completions: 12, parallelism: 4, backoffLimit: 1000};
    const world = jobWorld(spec, {seed, ...failing(serial => serial % 3 === 1)});
    const {simulation, store, manager, operator} = world;
    let succeeded = 0;
    store.signals.ended.watch((_, outcome) => {
      if (outcome === 'succeeded') succeeded++;
    });
    const dice = simulation.random('test/takeovers');
    for (let round = 0; round < 6; round++) {
      simulation.run(simulation.now + seconds(dice.integer(1, 30)));
      manager.stop();
      // What ends or is removed while nobody counts is counted by the next one.
      const [pod] = world.pods();
      if (pod !== undefined) operator.deletePod(pod, {grace: 0});
      simulation.run(simulation.now + seconds(dice.integer(1, 30)));
      manager.start();
    }
    world.settle();
    assert.is(status(world).finished?.as, 'Complete');
    assert.equal([status(world).succeeded, succeeded], [12, 12]);
    const all = store.pods.created;
    assert.is(status(world).failed + status(world).succeeded, all);
  });
});

test.run();
