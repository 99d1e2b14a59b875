// Jobs against pkg/controller/job/job_controller.go and backoff_utils.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {JobBackOff} from '../../src/controllers/job-back-off.ts';
import {minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {GonePod, JobSpec} from '../../src/objects/job-object.ts';
import {jobSpec} from './job-parts.ts';
import {ControlledWorld, metadata} from './world.ts';

function jobWorld(spec: Partial<JobSpec>, options: JobWorldOptions = {}): ControlledWorld {
  const world = new ControlledWorld(options).start();
  world.api.applyWorkload({kind: 'Job', ...metadata('sum'), spec: jobSpec('sum', spec)});
  return world;
}

type JobWorldOptions = ConstructorParameters<typeof ControlledWorld>[0];

/** Each pod runs for 10 s; the first so many fail. */
const failing = (failures: number): JobWorldOptions => ({
  ends: serial => ({after: seconds(10), phase: serial < failures ? 'Failed' : 'Succeeded'}),
});

const status = (world: ControlledWorld) => world.get('Job', 'sum').object.status;

test('a Job runs its parallelism until enough have succeeded', () => {
  const world = jobWorld({parallelism: 3, completions: 8}, failing(0));
  let most = 0;
  let running = 0;
  world.store.signals.started.watch(() => {
    most = Math.max(most, ++running);
  });
  world.store.signals.ended.watch(() => running--);
  world.settle();
  assert.is(most, 3);
  assert.is(status(world).succeeded, 8);
  assert.is(status(world).finished?.as, 'Complete');
});

test('the pods of an indexed Job have each index once', () => {
  const world = jobWorld({parallelism: 2, completions: 5, indexed: true}, failing(2));
  world.settle();
  assert.equal(status(world).completedIndexes, [0, 1, 2, 3, 4]);
  assert.is(status(world).failed, 2);
});

test('after failures the next pod waits 10 s, doubled each time, and too many are the end', () => {
  const world = jobWorld({backoffLimit: 3}, failing(100));
  const created: Time[] = [];
  world.store.signals.created.watch(() => created.push(world.simulation.now));
  world.settle();
  const gaps = created.slice(1).map((time, i) => Math.round((time - created[i]) / seconds(1)));
  // 5 s to start, 10 s to run, then the back-off; the second that changes wait for is within it.
  assert.equal(gaps, [25, 35, 55]);
  assert.is(status(world).finished?.as, 'BackoffLimitExceeded');
});

test('the end of a pod is looked at a second later, together with others', () => {
  const world = jobWorld({completions: 2}, failing(0));
  const times: Time[] = [];
  world.store.signals.ended.watch(() => times.push(world.simulation.now));
  world.store.signals.created.watch(() => times.push(world.simulation.now));
  world.settle();
  const [, ended, next] = times;
  assert.ok(next - ended > seconds(1) && next - ended < seconds(1.1), `${next - ended}`);
});

test('pods that are too many because fewer are wanted have not failed', () => {
  const world = jobWorld({parallelism: 4, completions: 4});
  world.simulation.run(seconds(30));
  const workload = world.id('Job', 'sum');
  const spec = {parallelism: 1};
  world.operator.writeWorkload({verb: 'update', workload, version: undefined, spec});
  world.simulation.run(seconds(60));
  assert.equal([status(world).active, status(world).failed], [1, 0]);
});

test('a Job fails at its deadline, and its pods go', () => {
  const world = jobWorld({activeDeadline: seconds(20), parallelism: 2, completions: 2});
  world.settle();
  assert.is(status(world).finished?.as, 'DeadlineExceeded');
  // As trackJobStatusAndRemoveFinalizers: each pod that had not ended when the Job did has failed.
  assert.is(status(world).failed, 2);
  assert.is(world.pods().length, 0);
  assert.ok((status(world).finished?.at ?? 0) < seconds(23));
});

test('a finished Job is deleted after its time to live, and its pods after it', () => {
  const world = jobWorld({ttlAfterFinished: minutes(5)}, failing(0));
  world.simulation.run(minutes(5));
  assert.is(world.pods().length, 1);
  world.settle();
  assert.is(world.pods().length, 0);
  assert.is(world.store.workloads.id('Job/default/sum'), undefined);
});

test('the back-off counts from the last failure, up to ten minutes, and a success ends it', () => {
  const backOff = new JobBackOff();
  const ends = (serial: number, succeeded: boolean): GonePod[] => [
    {serial, succeeded, endedAt: seconds(100), index: 0, end: undefined, disruption: undefined},
  ];
  const waits: number[] = [];
  for (let serial = 0; serial < 9; serial++) {
    backOff.note(ends(serial, false), false);
    waits.push(backOff.left(seconds(100)) / seconds(1));
  }
  assert.equal(waits, [10, 20, 40, 80, 160, 320, 600, 600, 600]);
  backOff.note(ends(9, true), false);
  assert.is(backOff.left(seconds(101)), 0);
});

test.run();
