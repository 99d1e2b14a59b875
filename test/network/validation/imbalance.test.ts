// kubernetes-network.md, §9.2, targets V15 and V16: long connections are spread over pods by chance,
// and stay where they are. Oracle conn-imbalance-n10-c20: E[max] 4.41, P(some pod has none) .785.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {outsideShop, recordOf} from '../../support/outside-shop.ts';
import {mean, standardErrors} from '../../support/statistics.ts';
import {Play, scenario} from '../../timelines/play.ts';

const pods = 10;
const callers = 20;
const fleets = 300;

/** Fleets of callers, one on each of 20 nodes, who send three requests each over one connection. */
function shop(rest: string, ends = ''): string {
  const fleet = (i: number) =>
    `{name: fleet-${i}, from: nodes, to: web, users: ${callers}, think: 10s, starts: 100s${ends},
      keepAlive: {connections: 1, for: 1h}}`;
  return outsideShop({
    nodes: `{name: n, count: ${callers}, allocatable: {cpu: 64, memory: 64Gi, pods: 500}}`,
    ...{network: 'loss: 0', service: '', pods: [[pods]], rest},
    traffic: Array.from({length: fleets}, (_, i) => fleet(i)).join(),
  });
}

/** Of each fleet: connections of each pod that has any. */
function connections(play: Play, requests: number): number[][] {
  return Array.from({length: fleets}, (_, i) => {
    const record = recordOf(play, i);
    assert.is(record.count('ok'), callers * requests);
    return [...record.loads()].map(each => each.requests / requests);
  });
}

test('V15: of 20 connections the busiest of 10 pods has 4.41, and one has none in .785', async () => {
  const play = new Play(await scenario(shop('duration: 10m'))).run(135);
  const spread = connections(play, 3);
  for (const each of spread) for (const count of each) assert.ok(Number.isInteger(count));
  const maxima = spread.map(each => Math.max(...each));
  assert.ok(standardErrors(maxima, 4.41) < 3, `${mean(maxima)}`);
  const idle = spread.filter(each => each.length < pods).length / fleets;
  assert.ok(Math.abs(idle - 0.785) < 3 * Math.sqrt((0.785 * 0.215) / fleets), `${idle}`);
});

test('§9.2: pods that come later get nothing until connections are made anew', async () => {
  const scale = 'timeline: [{at: 150s, do: scale, target: deployment/web-0, replicas: 20}]';
  const play = new Play(await scenario(shop(`duration: 20m\n${scale}`)));
  const early = connections(play.run(135), 3);
  const late = connections(play.run(305), 20);
  assert.equal(late, early);
});

test('V16: two clients of ten pods keep at most two of them busy', async () => {
  const text = outsideShop({
    ...{network: 'loss: 0', service: '', pods: [[pods]], rest: 'duration: 10m'},
    nodes: '{name: n, count: 2, allocatable: {cpu: 64, memory: 64Gi, pods: 500}}',
    traffic: `{name: grpc, to: web, rate: 500/s, starts: 100s,
      keepAlive: {connections: 1, multiplexed: true, for: 1h}}`,
  });
  const play = new Play(await scenario(text)).run();
  assert.ok([...recordOf(play).loads()].length <= 2);
});

test.run();
