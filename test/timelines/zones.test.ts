// Many nodes of a zone at once: sections 2.3, 12.4 and 13.8(3) of the controllers' reference. Counted
// is which nodes are tainted NoExecute, and when.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {workload} from './objects.ts';
import {Play, scenario} from './play.ts';

const noExecute = 'taint node.kubernetes.io/unreachable:NoExecute';
const crash = 600;

/** Nodes `n-…` in one zone, so many of which lose power together. */
const zone = (nodes: number, lost: number, rest = '') => `duration: 3h
cluster:
  nodes:
    - {name: n, count: ${nodes}, zones: [a], allocatable: {cpu: 4, memory: 16Gi, pods: 110}}
${rest}faults: [{kind: node-crash, node: {zone: a, count: ${lost}}, at: 10m}]
`;

function tainted(play: Play): number[] {
  return play.times(noExecute, {from: crash});
}

/** Forty zones with a pool each, far enough apart in time to know nothing of one another. */
const zones = (nodes: number, lost: number) => {
  const names = Array.from({length: 40}, (_, i) => `z${i}`);
  const size = `count: ${nodes}, allocatable: {cpu: 4, memory: 16Gi, pods: 110}`;
  const pools = names.map(name => `{name: ${name}, zones: [${name}], ${size}}`);
  const at = (i: number) => `${600_000 + 1_370 * i}ms`;
  const faults = names.map(
    (name, i) =>
      `{kind: node-crash, name: f-${name}, node: {zone: ${name}, count: ${lost}}, at: ${at(i)}}`,
  );
  return `duration: 20m\ncluster: {nodes: [${pools}]}\nfaults: [${faults}]\n`;
};

// 2.3, by Monte Carlo: nodes, how many of them are lost, the share of zones in which one is tainted.
// 400 zones leave a standard error of 1 % and 2 %.
for (const [nodes, lost, share, error] of [
  [9, 5, 0.96, 0.03],
  [5, 3, 0.82, 0.06],
]) {
  test(`${lost} of ${nodes}: one node is tainted in ${share * 100} % of zones, else none`, async () => {
    const given = await scenario(zones(nodes, lost));
    let one = 0;
    forEachSeed(10, seed => {
      const names = new Play(given, {seed})
        .run()
        .entries(noExecute)
        .map(({who}) => who.split('-')[0]);
      assert.is(new Set(names).size, names.length);
      one += names.length;
    });
    assert.ok(Math.abs(one / 400 - share) <= error, `${one / 400}`);
  });
}

test('5 of 10 are below the threshold: one every 10 s', async () => {
  const given = await scenario(zone(10, 5));
  forEachSeed(10, seed => {
    const times = tainted(new Play(given, {seed}).run());
    assert.is(times.length, 5);
    for (let i = 1; i < 5; i++) {
      const gap = times[i] - times[i - 1];
      // The bucket has a token every 10 s; the first may have waited for the second's detection.
      assert.ok(gap > 9.8 && gap < 10.2, `${times}`);
    }
    assert.ok(times[0] - crash > 39.6 && times[0] - crash < 55.4, `${times[0] - crash}`);
  });
});

test('of 60 nodes 40: one or two at first, then one every 100 s', async () => {
  const given = await scenario(zone(60, 40));
  forEachSeed(5, seed => {
    const times = tainted(new Play(given, {seed}).run());
    // 12.4: the rate is 0.01 a second once three fifths are seen to be lost.
    const slow = times.slice(2).map((at, i) => at - times[i + 1]);
    for (const gap of slow) assert.ok(gap > 99.8 && gap < 100.3, `${times}`);
    assert.is(times.length, 40);
  });
});

test('a zone of 40 that loses 22 stops after about one', async () => {
  const given = await scenario(zone(40, 22));
  forEachSeed(20, seed => {
    const {length} = tainted(new Play(given, {seed}).run());
    assert.ok(length <= 2, `${length}`);
  });
});

test('all nodes of all zones: none in the end, and nothing is deleted', async () => {
  const two = zone(6, 6).replace('zones: [a]', 'zones: [a, b]');
  const body = two.replace('zone: a, count: 6', 'pool: n');
  const given = await scenario(`${body}${workload({replicas: 6})}`);
  forEachSeed(10, seed => {
    const play = new Play(given, {seed}).run();
    assert.equal(play.times('terminating'), []);
    const taints = play.times(noExecute);
    assert.is(play.times(`un${noExecute}`).length, taints.length);
  });
});

test('one zone of three is lost: the normal rate there', async () => {
  const body = zone(9, 3).replace('zones: [a]', 'zones: [a, b, c]').replace(', count: 3', '');
  const given = await scenario(body);
  forEachSeed(10, seed => {
    const times = tainted(new Play(given, {seed}).run());
    assert.is(times.length, 3);
    for (let i = 1; i < 3; i++) assert.ok(Math.abs(times[i] - times[i - 1] - 10) < 0.2, `${times}`);
  });
});

test.run();
