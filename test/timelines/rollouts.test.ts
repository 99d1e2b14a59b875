// Rollouts of Deployments and ReplicaSets from nothing: sections 3.1, 3.2, 12.8 and 13.8(5, 6) of the
// controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {workload} from './objects.ts';
import {Play, played, scenario} from './play.ts';

/** Every pod is available 5 s after its binding. */
const exact = (timeline: string, rest = '') => `duration: 3h
cluster:
  nodes: [{name: n, count: 20, allocatable: {cpu: 64, memory: 256Gi, pods: 250}}]
  kubelet: {lifecycle: simple, podStart: 5s}
timeline: [${timeline}]
${rest}`;

type Row = {
  readonly name: string;
  readonly replicas: number;
  readonly surge: number | string;
  readonly unavailable: number | string;
};

/** Every combination but those in which nothing may be above nor below. */
const grid: Row[] = [1, 2, 3, 4, 7, 10].flatMap(replicas =>
  [0, 1, 2, '25%', '50%', '100%'].flatMap(surge =>
    [0, 1, 3, '25%', '50%']
      .filter(unavailable => !(surge === 0 && unavailable === 0))
      .map((unavailable, i) => {
        const name = `r${replicas}-${String(surge).replace('%', 'p')}-${i}`;
        return {name, replicas, surge, unavailable};
      }),
  ),
);

const share = (value: number | string, of: number) =>
  typeof value === 'number' ? value : (Number.parseInt(value, 10) / 100) * of;

/** As 3.2: surge rounds up, unavailable down; both 0 make one unavailable. */
function limits({replicas, surge, unavailable}: Row) {
  const up = Math.ceil(share(surge, replicas));
  const down = Math.min(replicas, Math.floor(share(unavailable, replicas)));
  return {up, down: up === 0 && down === 0 ? 1 : down};
}

/** The most that were wanted and the fewest that were available of the pods with such a name. */
function extremes(play: Play, name: string, from: number) {
  const wanted = new Set<string>();
  const available = new Set<string>();
  let [most, least] = [0, Infinity];
  for (const {what, who, at} of play.diary) {
    if (!who.startsWith(`${name}-`)) continue;
    if (at >= from) {
      most = Math.max(most, wanted.size);
      least = Math.min(least, available.size);
    }
    if (what === 'created') wanted.add(who);
    else if (what === 'ready') available.add(who);
    else if (what === 'terminating') {
      wanted.delete(who);
      available.delete(who);
    }
  }
  return {most: Math.max(most, wanted.size), least: Math.min(least, available.size)};
}

test('no rollout goes below R − U or above R + S, and it takes as many waves as it must', async () => {
  const apart = 50;
  const from = (i: number) => 600 + apart * i;
  const steps = grid.map(
    ({name}, i) =>
      `{at: ${from(i)}s, do: set-image, target: deployment/${name}, image: "shop/web:2"}`,
  );
  const objects = grid.map(({name, replicas, surge, unavailable}) => {
    const rollingUpdate = {maxSurge: surge, maxUnavailable: unavailable};
    return workload({name, replicas, spec: {strategy: {type: 'RollingUpdate', rollingUpdate}}});
  });
  const play = await played(exact(steps.join(', '), objects.join('')));
  const rows = new Map(
    play.rows('rollouts.csv').flatMap(row => (row.revision === '2' ? [[row.name, row]] : [])),
  );
  for (const [i, row] of grid.entries()) {
    const {name, replicas} = row;
    const {up, down} = limits(row);
    const {most, least} = extremes(play, name, from(i));
    const what = `${name}: at most ${most}, at least ${least}`;
    assert.ok(most <= replicas + up && least >= replicas - down, what);
    const told = rows.get(name);
    assert.equal([told?.outcome, told?.min_available], ['completed', `${least}`], name);
    // A wave is the start of its pods and a few hops, of which the client's limit makes more.
    const waves = Math.ceil(replicas / Math.min(replicas, up + down));
    const duration = Number(told?.duration);
    assert.ok(duration >= 5 * waves && duration < 5.5 * waves + 0.5, `${name}: ${duration}`);
  }
});

/** How many of its first and of its second revision are wanted, at a time. */
function sizes(play: Play, at: number): string {
  const wanted = new Map<string, number>();
  for (const entry of play.diary) {
    if (entry.at > at) break;
    const revision = entry.who.slice(0, entry.who.lastIndexOf('-'));
    const change = {created: 1, terminating: -1}[entry.what] ?? 0;
    if (change !== 0) wanted.set(revision, (wanted.get(revision) ?? 0) + change);
  }
  const [old = 0, young = 0] = wanted.values();
  return `${young}/${old}`;
}

test('ten replicas, 25 % and 25 %: 3/10, 3/8, 5/8, 10/3, 10/0 in 10 to 12 s', async () => {
  const step = '{at: 5m, do: set-image, target: deployment/web, image: "shop/web:2"}';
  const play = await played(exact(step, workload({replicas: 10})));
  const seen: string[] = [];
  for (const {at} of play.diary.filter(entry => entry.at >= 300)) {
    const now = sizes(play, at);
    if (seen.at(-1) !== now) seen.push(now);
  }
  // The first new ones are made in batches of 1 and 2; the first old ones go at the same moment.
  assert.equal(seen.slice(0, 3), ['0/10', '1/10', '3/8']);
  assert.is(sizes(play, 300.3), '5/8');
  assert.is(sizes(play, 305.6), '10/3');
  assert.is(sizes(play, 310.6), '10/0');
  const {duration} = play.rows('rollouts.csv')[1];
  assert.ok(Number(duration) > 10 && Number(duration) < 12, duration);
});

test('Recreate makes no new pod before the last old one is gone', async () => {
  const step = '{at: 5m, do: set-image, target: deployment/web, image: "shop/web:2"}';
  const web = workload({replicas: 4, spec: {strategy: {type: 'Recreate'}}});
  const play = await played(exact(step, web));
  const gone = play.times('deleted', {from: 300});
  const made = play.times('created', {from: 300});
  assert.is(gone.length, 4);
  // What ignores SIGTERM is killed after 30 s.
  assert.ok(Math.max(...gone) > 330 && Math.max(...gone) < 331.5, `${gone}`);
  assert.ok(Math.min(...made) > Math.max(...gone), `${made}`);
  assert.ok(Math.min(...made) < Math.max(...gone) + 0.2, `${made}`);
  const [outage] = play.rows('outages.csv').filter(row => row.cause.startsWith('set-image'));
  assert.ok(Number(outage.duration) > 35 && Number(outage.duration) < 38, outage.duration);
});

test('a rollout that gets nowhere has stalled after 600 s, and eight go on', async () => {
  const given = await scenario(`duration: 30m
cluster: {nodes: [{name: n, count: 4, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]}
images: {missing: ["shop/web:2"]}
timeline: [{at: 5m, do: set-image, target: deployment/web, image: "shop/web:2"}]
${workload({replicas: 10})}`);
  const play = new Play(given).run();
  const [stalled] = play.times('rolloutStalled');
  // The last progress was that two old ones went; the deadline is looked at a second late.
  assert.ok(stalled > 900 && stalled < 902, `${stalled}`);
  assert.is(play.ready('web'), 8);
  assert.is(play.rows('rollouts.csv')[1].outcome, 'stalled');
});

// 3.1: slow start, and a client of 20 requests a second after 30, one event a pod among them.
test('a ReplicaSet of 100 is made in batches of 1, 2, 4, 8 …, in more than 3.5 s', async () => {
  const given = await scenario(exact('', workload({kind: 'ReplicaSet', replicas: 100})));
  forEachSeed(3, seed => {
    const made = new Play(given, {seed}).run().times('created');
    assert.is(made.length, 100);
    const batches = [1, 3, 7, 15].map((end, i) => new Set(made.slice([0, 1, 3, 7][i], end)).size);
    assert.equal(batches, [1, 1, 1, 1]);
    const span = made[99] - made[0];
    assert.ok(span >= 3.5 && span < 8.6, `${span}`);
  });
});

test('a paused rollout waits, and an undone one brings back the first template', async () => {
  const steps = [
    '{at: 5m, do: set-image, target: deployment/web, image: "shop/web:2"}',
    '{at: 302s, do: rollout, target: deployment/web, action: pause}',
    '{at: 10m, do: rollout, target: deployment/web, action: resume}',
    '{at: 20m, do: rollout, target: deployment/web, action: undo}',
  ];
  const play = await played(exact(steps.join(', '), workload({replicas: 10})));
  assert.is(sizes(play, 599), '5/8');
  assert.is(sizes(play, 612), '10/0');
  assert.is(sizes(play, 1215), '0/10');
});

test.run();
