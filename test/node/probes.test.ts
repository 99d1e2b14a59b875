// Probes against pkg/kubelet/prober: when a healthy container is ready, and how long a sick one
// goes unnoticed.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {days, milliseconds, seconds, type Time} from '../../src/engine/time.ts';
import type {Container} from '../../src/objects/pod-spec.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, detailedWorld, podOn, probe, type Wishes} from './detailed-world.ts';

function played(more: Partial<Container>, behaviour: object, until: Time, wishes: Wishes = {}) {
  const world = detailedWorld({behaviour: [behaviour], ...wishes});
  podOn(world, {containers: [container('main', more)]});
  world.simulation.run(until);
  return world;
}

const write = milliseconds(5);

test('a pod is ready when its readiness probe first succeeds', () => {
  // The container runs from 1 s on, which is when its probe begins to tick.
  const rows: [string, Partial<Parameters<typeof probe>[0]>, object, number][] = [
    ['healthy from the start', {}, {}, 1],
    ['initial delay', {initialDelay: seconds(5)}, {}, 11],
    ['initial delay, short period', {initialDelay: seconds(5), period: seconds(2)}, {}, 7],
    ['warms up', {}, {becomesReadyAfter: '12s'}, 21],
    ['three successes', {successThreshold: 3, period: seconds(1)}, {}, 3],
    ['warms up, two successes', {successThreshold: 2}, {becomesReadyAfter: '12s'}, 31],
  ];
  for (const [what, more, behaviour, expected] of rows) {
    const world = played({readinessProbe: probe(more)}, behaviour, seconds(60));
    assert.equal(world.told.times('pod-0 ready'), [seconds(expected) + write], what);
  }
});

test('a startup probe holds back the others', () => {
  const startupProbe = probe({period: seconds(5), failureThreshold: 30});
  const livenessProbe = probe({period: seconds(1)});
  const rows: [string, Partial<Container>][] = [
    ['ready once started', {startupProbe, livenessProbe}],
    ['then probed for readiness at once', {startupProbe, readinessProbe: probe()}],
  ];
  for (const [what, more] of rows) {
    const world = played(more, {becomesReadyAfter: '16s'}, seconds(100));
    assert.equal(world.told.times('pod-0 ready'), [seconds(20) + write], what);
    assert.equal(world.told.times('main killed-unhealthy'), [], what);
  }
});

test('a container that starts too slowly is killed by its startup or liveness probe', () => {
  const rows: [string, Partial<Container>, number][] = [
    ['liveness, 3 failures from 10 s on', {livenessProbe: probe()}, 30],
    [
      'startup, 5 failures a second apart',
      {startupProbe: probe({period: seconds(1), failureThreshold: 5})},
      5,
    ],
  ];
  for (const [what, more, expected] of rows) {
    const world = played(more, {becomesReadyAfter: '1000s'}, seconds(31));
    const kills = world.told.lines().filter(line => /main killed/.test(line));
    assert.match(kills[0], ` at ${expected}s`, what);
  }
});

// U(0, period) + (failureThreshold - 1) period + timeout.
test('a hang is detected by liveness within 21 to 31 seconds, then killed after its grace', () => {
  const found: number[] = [];
  forEachSeed(200, seed => {
    const hangsAfter = {uniform: {from: '100s', to: '200s'}};
    const world = played({livenessProbe: probe()}, {hangsAfter}, seconds(290), {seed});
    const [killed] = world.told.times('main killed-unhealthy');
    const restarts = world.told.times('main started');
    assert.is(restarts[1] - killed, seconds(30));
    found.push(killed);
  });
  assert.ok(Math.min(...found) >= seconds(101 + 21));
  assert.ok(
    found.every(at => (at - seconds(21)) % seconds(10) === 0),
    'only at a tick, and 21 s',
  );
});

test('detection by liveness is uniform over one period', () => {
  for (const [hang, expected] of [
    [99, 121],
    [100, 131],
    [108.9, 131],
    [109, 131],
    [109.1, 141],
  ]) {
    const world = played({livenessProbe: probe()}, {hangsAfter: `${hang}s`}, seconds(200));
    const [killed] = world.told.times('main killed-unhealthy');
    assert.is(killed, seconds(expected), `hangs after ${hang} s, killed at ${killed}`);
  }
});

test('a killed container is restarted with the crash back-off', () => {
  const grace = {terminationGracePeriod: seconds(10)};
  const livenessProbe = probe({...grace, period: seconds(1), failureThreshold: 1});
  const world = played({livenessProbe}, {hangsAfter: '5s'}, seconds(200));
  const kills = world.told.times('main killed-unhealthy');
  const starts = world.told.times('main started');
  const waits = starts.slice(1).map((start, i) => (start - kills[i]) / seconds(1) - 10);
  assert.equal(waits.slice(0, 4), [0, 10, 20, 40]);
});

test('a pod is unready while its container answers no readiness probe', () => {
  const readinessProbe = probe({period: seconds(1)});
  const unready = {every: '100s', for: '10s'};
  const world = played({readinessProbe}, {unready}, seconds(230));
  // Ready at 1 s; the spell from 101 s to 111 s is seen at its third tick.
  const times = (what: string) => world.told.times(what).map(at => (at - write) / seconds(1));
  assert.equal(times('pod-0 unready'), [103, 213]);
  assert.equal(times('pod-0 ready'), [1, 111, 221]);
});

test('a spell shorter than the probe needs to fail goes unseen', () => {
  const world = played(
    {readinessProbe: probe()},
    {unready: {every: '60s', for: '15s'}},
    seconds(500),
  );
  assert.equal(world.told.times('pod-0 unready'), []);
});

test('a pod whose container hangs becomes unready before it is killed', () => {
  const more = {readinessProbe: probe({period: seconds(5)}), livenessProbe: probe()};
  const world = played(more, {hangsAfter: '50s'}, seconds(90));
  // Hangs at 51 s; readiness ticks at 51, 56, 61; liveness at 60, 70, 80.
  assert.equal(world.told.times('pod-0 unready'), [seconds(62) + write]);
  assert.equal(world.told.times('main killed-unhealthy'), [seconds(81)]);
});

test('healthy pods with all probes cost no event over a day', () => {
  const all = {startupProbe: probe(), readinessProbe: probe(), livenessProbe: probe()};
  const world = played(all, {}, seconds(60));
  const before = world.simulation.eventsHandled;
  world.simulation.run(days(1));
  assert.is(world.simulation.eventsHandled, before);
  assert.is(world.simulation.eventsPending, 0);
});

test.run();
