// CronJobs against pkg/controller/cronjob/cronjob_controllerv2.go and utils.go. Time zero is
// midnight of 1 January 1970, so that a Job's number is its minute.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours, milliseconds, minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {CronJobSpec} from '../../src/objects/job-object.ts';
import {jobSpec} from './job-parts.ts';
import {ControlledWorld, metadata, type WorldOptions} from './world.ts';

/** Its pods start in 5 s and run for `runs`. */
function cronWorld(spec: Partial<CronJobSpec>, runs: Time = seconds(10), phase = 'Succeeded') {
  const ends: WorldOptions['ends'] = () => ({after: runs, phase: phase as 'Succeeded' | 'Failed'});
  const world = new ControlledWorld({ends}).start();
  world.api.applyWorkload({
    kind: 'CronJob',
    ...metadata('sync'),
    spec: {
      schedule: '*/5 * * * *',
      timeZone: undefined,
      concurrencyPolicy: 'Allow',
      suspend: false,
      startingDeadline: undefined,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      job: {labels: new Map(), annotations: new Map(), spec: jobSpec('sync', {backoffLimit: 0})},
      ...spec,
    },
  });
  const made: [string, Time][] = [];
  const {workloads, workloadSignals} = world.store;
  workloadSignals.created.watch(id => {
    const object = workloads.get(id);
    if (object?.kind === 'Job') made.push([object.name, world.simulation.now]);
  });
  const change = (changes: Partial<CronJobSpec>): void => {
    const workload = world.id('CronJob', 'sync');
    world.operator.writeWorkload({verb: 'update', workload, version: undefined, spec: changes});
  };
  return {world, made, change, names: () => made.map(([name]) => name)};
}

const jobsIn = ({store}: ControlledWorld): string[] =>
  [...store.workloads.all()].flatMap(([, {kind, name}]) => (kind === 'Job' ? [name] : []));

test('a Job is made a tenth of a second after it is due, named after its minute', () => {
  const {world, made} = cronWorld({});
  world.simulation.run(minutes(11));
  assert.equal(
    made.map(([name]) => name),
    ['sync-5', 'sync-10'],
  );
  const late = made[0][1] - minutes(5);
  assert.ok(late >= milliseconds(100) && late < milliseconds(110), `${late}`);
  assert.is(world.get('CronJob', 'sync').object.status.lastSchedule, minutes(10));
});

test('what is due by the clock goes back to nothing, whoever set the timer', () => {
  const {world, change, names} = cronWorld({}, hours(1));
  world.simulation.run(minutes(1));
  world.store.causes.begin({origin: 'operation', kind: 'apply', target: 'sync'});
  change({schedule: '*/4 * * * *', concurrencyPolicy: 'Replace'});
  world.simulation.cause = 0;
  const causes: number[] = [];
  const {signals, pods} = world.store;
  signals.created.watch(pod => causes.push(pods.cause(pod)));
  signals.terminating.watch(() => causes.push(world.simulation.cause));
  world.simulation.run(minutes(13));
  assert.equal(names(), ['sync-4', 'sync-8', 'sync-12']);
  assert.equal([...new Set(causes)], [0]);
});

test('its pods know their Job, and go with it', () => {
  const {world} = cronWorld({});
  world.simulation.run(minutes(6));
  const [pod] = world.pods();
  const {owner, labels} = world.store.pods.template(pod);
  assert.equal(owner, {kind: 'Job', name: 'sync-5'});
  assert.is(labels.get('job-name'), 'sync-5');
  world.simulation.run(minutes(22));
  assert.is(world.store.workloads.id('Job/default/sync-5'), undefined);
  assert.is(world.pods().length, 3);
});

test('of finished Jobs three that succeeded and one that failed are kept', () => {
  const good = cronWorld({}).world;
  good.simulation.run(minutes(59));
  assert.equal(jobsIn(good), ['sync-45', 'sync-50', 'sync-55']);
  const bad = cronWorld({}, seconds(10), 'Failed').world;
  bad.simulation.run(minutes(59));
  assert.equal(jobsIn(bad), ['sync-55']);
});

// policy → Jobs made in 21 minutes, those that are there then; each needs 12 minutes
const policies: [CronJobSpec['concurrencyPolicy'], string[], string[]][] = [
  [
    'Allow',
    ['sync-5', 'sync-10', 'sync-15', 'sync-20'],
    ['sync-5', 'sync-10', 'sync-15', 'sync-20'],
  ],
  ['Forbid', ['sync-5', 'sync-15'], ['sync-5', 'sync-15']],
  ['Replace', ['sync-5', 'sync-10', 'sync-15', 'sync-20'], ['sync-20']],
];

for (const [concurrencyPolicy, made, left] of policies) {
  test(`while one still runs, ${concurrencyPolicy} makes ${made.length} in 21 minutes`, () => {
    const {world, names} = cronWorld({concurrencyPolicy}, minutes(12));
    world.simulation.run(minutes(21));
    assert.equal(names(), made);
    assert.equal(jobsIn(world), left);
  });
}

test('a suspended one makes nothing and wakes for nothing', () => {
  const {world, names} = cronWorld({suspend: true});
  world.simulation.run(minutes(1));
  const {eventsHandled} = world.simulation;
  world.simulation.run(hours(24));
  assert.equal(names(), []);
  assert.is(world.simulation.eventsHandled, eventsHandled);
});

test('of what was missed while it was suspended the last is made up for', () => {
  const {world, names, change} = cronWorld({suspend: true});
  world.simulation.run(minutes(32));
  change({suspend: false});
  world.simulation.run(minutes(36));
  assert.equal(names(), ['sync-30', 'sync-35']);
});

test('what is later than its deadline is not made up for', () => {
  const {world, names, change} = cronWorld({suspend: true, startingDeadline: seconds(60)});
  world.simulation.run(minutes(32));
  change({suspend: false});
  world.simulation.run(minutes(36));
  assert.equal(names(), ['sync-35']);
});

test('another schedule holds from then on', () => {
  const {world, names, change} = cronWorld({schedule: '0 * * * *'});
  world.simulation.run(minutes(31));
  change({schedule: '*/10 * * * *'});
  world.simulation.run(minutes(51));
  assert.equal(names(), ['sync-40', 'sync-50']);
});

test('a time zone moves it', () => {
  // In 1970 Kathmandu was five and a half hours ahead.
  const {world, made} = cronWorld({schedule: '0 12 * * *', timeZone: 'Asia/Kathmandu'});
  world.simulation.run(hours(24));
  assert.equal(
    made.map(([name]) => name),
    [`sync-${6.5 * 60}`],
  );
});

test('a Job that is deleted while it runs is no longer active', () => {
  const {world} = cronWorld({concurrencyPolicy: 'Forbid'}, hours(9));
  world.simulation.run(minutes(6));
  const workload = world.id('Job', 'sync-5');
  world.operator.writeWorkload({verb: 'delete', workload, propagation: 'background'});
  world.simulation.run(minutes(7));
  assert.equal(world.get('CronJob', 'sync').object.status.active, []);
  world.simulation.run(minutes(11));
  assert.equal(jobsIn(world), ['sync-10']);
});

test('it takes its Jobs, and their pods, with it', () => {
  const {world} = cronWorld({}, hours(9));
  world.simulation.run(minutes(6));
  const workload = world.id('CronJob', 'sync');
  world.operator.writeWorkload({verb: 'delete', workload, propagation: 'background'});
  world.simulation.run(minutes(9));
  assert.equal([jobsIn(world), world.pods().length], [[], 0]);
});

test('who takes over makes up for the last one that was missed, and none twice', () => {
  const {world, names} = cronWorld({});
  world.simulation.run(minutes(5) + milliseconds(107));
  world.manager.stop();
  world.simulation.run(minutes(16));
  world.manager.start();
  world.simulation.run(minutes(21));
  assert.equal(names(), ['sync-5', 'sync-15', 'sync-20']);
});

test('a Job that was made just before a takeover is written down after it', () => {
  const {world, names} = cronWorld({});
  world.simulation.run(minutes(5) + milliseconds(107));
  world.manager.stop();
  assert.is(world.get('CronJob', 'sync').object.status.lastSchedule, undefined);
  world.simulation.run(minutes(6));
  world.manager.start();
  world.simulation.run(minutes(6) + milliseconds(20));
  assert.equal(names(), ['sync-5']);
  assert.is(world.get('CronJob', 'sync').object.status.lastSchedule, minutes(5));
});

test.run();
