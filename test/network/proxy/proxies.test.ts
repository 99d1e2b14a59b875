// When each node's kube-proxy knows what: kubernetes-network.md, §4.2, §10.1 and targets V12, V26.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import {Play, scenario} from '../../timelines/play.ts';

const web = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const cluster = (proxy: string, rest: string) => `duration: 20m
cluster:
  network: {proxy: ${proxy}}
  nodes: [{name: n, count: 4, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
${rest}${web}`;

type Moves = {readonly play: Play; readonly moves: (readonly [at: number, node: number])[]};

async function movesOf(proxy: string, rest: string): Promise<Moves> {
  const play = new Play(await scenario(cluster(proxy, rest)));
  const moves: [number, number][] = [];
  play.world.network?.views.moved.watch(node => moves.push([play.now, node]));
  return {play, moves};
}

/** How many endpoints a node's rules choose among. */
function held({world}: Play, node: number): number {
  const {targets} = world.network?.views.choices(node as NodeId, 0 as ServiceId, 0, 'internal') ?? {
    targets: [],
  };
  return targets.length;
}

const scaleUp = 'timeline: [{at: 600s, do: scale, target: deployment/web, replicas: 5}]';

test('a change after a quiet time is programmed at once, and the next a minSync later', async () => {
  const {play, moves} = await movesOf('{syncTakes: 100ms}', scaleUp);
  play.run();
  const after = moves.filter(([at, node]) => at > 600 && node === 0).map(([at]) => at);
  // The new pod is told of when it has an address, and again when it is ready.
  const stored = play.times('ready', {from: 600})[0];
  assert.ok(after.length >= 1, `${after}`);
  assert.ok((after.at(-1) ?? 0) - stored > 0.1 && (after.at(-1) ?? 0) - stored < 1.4, `${after}`);
  for (let i = 1; i < after.length; i++) assert.ok(after[i] - after[i - 1] >= 1.1 - 1e-9);
});

test('a proxy that has stopped keeps its old rules, and then writes all anew', async () => {
  const faults = 'faults: [{kind: proxy-stop, node: n-1, at: 590s, lasts: 60s}]';
  const {play} = await movesOf('{}', `${scaleUp}\n${faults}`);
  play.run(640);
  assert.is(held(play, 0), 5);
  assert.is(held(play, 1), 4);
  play.run(655);
  assert.is(held(play, 1), 5);
});

test('a new process of a proxy waits for no sync of the one before', async () => {
  const faults = 'faults: [{kind: proxy-stop, node: n-1, at: 630s, lasts: 1s}]';
  const again = scaleUp.replace(
    ']',
    ', {at: 610s, do: scale, target: deployment/web, replicas: 6}]',
  );
  const {play} = await movesOf('{minSync: 5m}', `${again}\n${faults}`);
  play.run(635);
  assert.is(held(play, 1), 6);
  assert.ok(held(play, 0) < 6);
});

test('a node that is cut off learns nothing until it is back', async () => {
  const faults = 'faults: [{kind: node-unreachable, node: n-1, at: 595s, lasts: 30s}]';
  const {play} = await movesOf('{}', `${scaleUp}\n${faults}`);
  play.run(620);
  const cut = held(play, 1);
  play.run(640);
  assert.is(cut, 4);
  assert.is(held(play, 0), held(play, 1));
  assert.is(held(play, 0), 5);
});

test('a machine that starts has no rules until its proxy has written them', async () => {
  const faults = 'faults: [{kind: node-crash, node: n-1, at: 600s, lasts: 20s}]';
  const {play} = await movesOf('{starts: 5s, syncTakes: 1s}', faults);
  play.run(625.9);
  const before = held(play, 1);
  play.run(626.1);
  assert.is(before, 0);
  assert.ok(held(play, 1) > 0);
});

test('views converge where nothing changes any more, and moves only go forward', async () => {
  const rest = `timeline:
  - {at: 60s, do: rollout, target: deployment/web, action: restart}
  - {at: 70s, do: scale, target: deployment/web, replicas: 9}
faults:
  - {kind: node-crash, node: n-2, at: 80s, lasts: 200s}
  - {kind: proxy-stop, node: n-3, at: 65s, lasts: 100s}`;
  for (const mode of ['iptables', 'ipvs', 'nftables']) {
    const {play} = await movesOf(`{mode: ${mode}}`, rest);
    const views = play.world.network?.views;
    if (views === undefined) throw new Error('there is no network');
    const positions = [0, 0, 0, 0];
    views.moved.watch(node => {
      assert.ok(views.position(node) >= positions[node]);
      positions[node] = views.position(node);
    });
    play.run();
    const all = [0, 1, 2, 3].map(node => held(play, node));
    assert.equal(all, [9, 9, 9, 9], mode);
  }
});

test('Kubernetes 1.33 lets two syncs follow at once, 1.34 does not', async () => {
  const twice = `timeline:
  - {at: 600s, do: scale, target: deployment/web, replicas: 5}
  - {at: 601s, do: scale, target: deployment/web, replicas: 6}`;
  const {play, moves} = await movesOf('{minSync: 5s, syncTakes: 10ms}', twice);
  play.run();
  const late = moves.filter(([at, node]) => at > 600 && node === 0);
  assert.ok((late.at(-1)?.[0] ?? 0) > 605, `${late}`);
  const old = await scenario(
    cluster('{minSync: 5s, syncTakes: 10ms}', twice).replace(
      'cluster:\n',
      'cluster:\n  kubernetes: "1.33"\n',
    ),
  );
  const earlier = new Play(old);
  let last = 0;
  earlier.world.network?.views.moved.watch(node => {
    if (node === 0) last = earlier.now;
  });
  earlier.run();
  assert.ok(last < 605 && last > 600, `${last}`);
});

test('a run is the same from a saved middle on', async () => {
  const rest = `${scaleUp}\nfaults: [{kind: node-crash, node: n-2, at: 598s, lasts: 200s}]`;
  const given = await scenario(cluster('{}', rest));
  const one = new Play(given);
  one.run(601.5);
  const saved = structuredClone(one.world.simulation.save());
  one.run();
  const other = new Play(given);
  other.world.simulation.restore(saved);
  other.world.simulation.run(seconds(1200));
  assert.is(other.world.simulation.fingerprint, one.world.simulation.fingerprint);
});

test.run();
