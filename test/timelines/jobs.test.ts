// Jobs and CronJobs: section 3.5 of the controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {document, job} from './objects.ts';
import {Play, played, scenario} from './play.ts';

const cluster = (behaviour: string, rest: string, duration = '3h') => `duration: ${duration}
cluster: {nodes: [{name: n, count: 3, allocatable: {cpu: 16, memory: 64Gi, pods: 110}}]}
behaviour: [${behaviour}]
${rest}`;

const failing = '{exitsAfter: 5s, exitCode: 1}';

/** From a pod's failure to its successor, in the order of the failures. */
function backOffs(play: Play): number[] {
  const failed = play.times('ended failed');
  const [, ...created] = play.times('created');
  return created.map((at, i) => at - failed[i]);
}

// 10 s · 2^(n−1), 600 s at most, from the end of the container; syncs are put off by a second.
test('a Job tries again after 10, 20, 40, 80, 160, 320, 600 and 600 s', async () => {
  const given = await scenario(cluster(failing, job({spec: {backoffLimit: 8}})));
  forEachSeed(5, seed => {
    const play = new Play(given, {seed}).run();
    const gaps = backOffs(play);
    assert.is(gaps.length, 8);
    for (const [i, wait] of [10, 20, 40, 80, 160, 320, 600, 600].entries()) {
      // The API hears of a failure up to 2 s after the container's end.
      assert.ok(gaps[i] > wait - 2.5 && gaps[i] < wait + 1.5, `${wait}: ${gaps[i]}`);
    }
    const [{outcome, failed}] = play.rows('jobs.csv');
    assert.equal([outcome, failed], ['BackoffLimitExceeded', '9']);
  });
});

test('six failures more than the first are allowed unless a Job says otherwise', async () => {
  const play = await played(cluster(failing, job()));
  const [{outcome, failed}] = play.rows('jobs.csv');
  assert.equal([outcome, failed], ['BackoffLimitExceeded', '7']);
});

test('a success ends the row of failures, and the back-off begins with 10 s again', async () => {
  const spec = {completions: 3, parallelism: 1};
  const play = await played(cluster('{exitsAfter: 30s}', job({spec})));
  const created = play.times('created');
  const ended = play.times('ended succeeded');
  assert.equal([created.length, ended.length], [3, 3]);
  // The next is made at the sync, a second after the status was told.
  for (let i = 1; i < 3; i++) {
    const gap = created[i] - ended[i - 1];
    assert.ok(gap >= 0.99 && gap < 1.3, `${gap}`);
  }
  assert.is(play.rows('jobs.csv')[0].succeeded, '3');
});

test('a deadline ends a Job by the clock', async () => {
  const spec = {activeDeadlineSeconds: 90};
  const play = await played(cluster('{exitsAfter: 1h}', job({spec})));
  const [at] = play.times('terminating');
  assert.ok(at >= 90 && at < 91.1, `${at}`);
  assert.is(play.rows('jobs.csv')[0].outcome, 'DeadlineExceeded');
});

const cron = (spec: object) =>
  document({
    ...{apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'tick'}},
    spec: {
      schedule: '*/10 * * * *',
      jobTemplate: {
        spec: {
          template: {
            metadata: {labels: {app: 'tick'}},
            spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'shop/tick:1'}]},
          },
        },
      },
      ...spec,
    },
  });

test('a CronJob begins its Jobs on time', async () => {
  const play = await played(cluster('{exitsAfter: 1m}', cron({})));
  const created = play.times('created');
  assert.is(created.length, 17);
  created.forEach((at, i) => {
    const late = at - 600 * (i + 1);
    assert.ok(late > 0 && late < 0.5, `${late}`);
  });
});

// Allow lets them overlap, Replace ends the one before. Forbid waits for it, and then makes up for
// the latest of those that were due meanwhile.
for (const [concurrencyPolicy, running, jobs] of [
  ['Allow', 3, 17],
  ['Forbid', 1, 7],
  ['Replace', 1, 17],
] as const) {
  test(`concurrencyPolicy ${concurrencyPolicy}: at most ${running} at once`, async () => {
    const play = await played(cluster('{exitsAfter: 25m}', cron({concurrencyPolicy})));
    let [now, most] = [0, 0];
    for (const {what} of play.diary) {
      if (what === 'created') most = Math.max(most, ++now);
      if (what === 'ended succeeded' || what === 'terminating') now--;
    }
    assert.is(most, running);
    assert.is(play.times('created').length, jobs);
  });
}

test.run();
