// An API server that has no seat for a request: section 9.2 of the controllers' reference. By
// Little's law a priority level with s seats of d seconds serves s / d requests a second.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {Play, played, scenario} from './play.ts';

const body = (controlPlane: string, rest: string) => `duration: 10m
cluster:
  nodes: [{name: n, count: 20, allocatable: {cpu: 64, memory: 64Gi, pods: 110}}]
  controlPlane: {latency: {write: 500ms}, ${controlPlane}}
${rest}`;

const pods = 'workload: [{kind: batch, name: p, count: 1000, start: 1s}]\n';

// reading, mutating → seats of workload-high for the scheduler, whose own limit is 50 a second.
for (const [reading, mutating, seats] of [
  [20, 10, 5],
  [60, 30, 15],
]) {
  const limits = `maxRequestsInflight: ${reading}, maxMutatingRequestsInflight: ${mutating}`;
  test(`${reading} and ${mutating} in flight: 1,000 pods are bound at ${seats} seats' rate`, async () => {
    const play = await played(body(limits, pods));
    const bound = play.times('scheduled');
    assert.is(bound.length, 1000);
    const rate = Math.min(50, seats / 0.5);
    const [first, last] = [bound[99], bound[899]];
    // A round of refusals leaves the seats empty for the second until they ask again.
    const expected = 800 / rate;
    assert.ok(last - first > expected * 0.99 && last - first < expected * 1.08, `${last - first}`);
    assert.is(play.ready('p'), 1000);
  });
}

test('an operator who creates 1,000 pods at once waits for seats, and leaders keep their leases', async () => {
  const limits = 'maxRequestsInflight: 20, maxMutatingRequestsInflight: 10';
  const all = Array.from({length: 1000}, (_, i) => {
    const spec = {containers: [{name: 'main', image: 'pause'}]};
    return JSON.stringify({apiVersion: 'v1', kind: 'Pod', metadata: {name: `p-${i}`}, spec});
  });
  const apply = 'timeline: [{at: 1s, do: apply, file: pods.yaml}]\n';
  const files = {'pods.yaml': all.join('\n---\n')};
  const leases = ['kube-scheduler.lease-ran-out', 'kube-controller-manager.lease-ran-out'];
  const play = new Play(await scenario(body(limits, apply), files), {events: leases}).run();
  // global-default has 3 seats of these 30; of each 16 s none is refused for 15.5.
  const made = play.times('created');
  assert.is(made.length, 1000);
  assert.is(made[29], 6);
  const expected = 1 + (1000 / 6) * (16 / 15.5);
  assert.ok(Math.abs(made[999] - expected) < 3, `${made[999]} ${expected}`);
  for (const lease of leases) assert.equal(play.times(lease), []);
});

test('a run that is saved while its control plane is busy goes on in the same way', async () => {
  const limits = 'maxRequestsInflight: 20, maxMutatingRequestsInflight: 10';
  const given = await scenario(body(limits, pods));
  const start = () => {
    const world = build(given, {plugins: [], replication: 0});
    world.start();
    return world.simulation;
  };
  for (const cut of [5, 16.4, 17.3, 60]) {
    const whole = start();
    whole.run(seconds(cut));
    const saved = structuredClone(whole.save());
    whole.run(given.duration);
    const rest = start();
    rest.restore(saved);
    rest.run(given.duration);
    assert.is(rest.fingerprint, whole.fingerprint);
  }
});

test.run();
