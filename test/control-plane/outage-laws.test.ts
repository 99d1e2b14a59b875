// Laws of a control plane under random faults of members, API servers, machines and links.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, second, seconds} from '../../src/engine/time.ts';
import type {MasterId} from '../../src/machines/masters.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {node, PlaneWorld} from './plane-world.ts';
import {wish} from './world.ts';

const nodes = 4;
const end = seconds(300);
const faultsEnd = seconds(200);

/** Takes something away and gives it back, again and again, until all is there again. */
function disturb(world: PlaneWorld, count: number): void {
  const {simulation, masters, machines} = world;
  const stream = simulation.random('disturb');
  const holds = [
    masters.withoutPower,
    masters.withoutEtcd,
    masters.withoutApiServer,
    masters.withoutLink,
    machines.withoutLink,
    machines.withoutKubelet,
  ];
  const held: {kind: number; id: number}[] = [];
  const begin = simulation.event('disturb.began', (slot: number) => {
    holds[held[slot].kind].take(held[slot].id as never);
  });
  const over = simulation.event('disturb.ended', (slot: number) => {
    holds[held[slot].kind].release(held[slot].id as never);
  });
  for (let slot = 0; slot < 25; slot++) {
    const kind = at(stream, 0, holds.length);
    held.push({kind, id: at(stream, 0, kind < 4 ? count : nodes)});
    const from = at(stream, 0, faultsEnd / 2);
    begin.at(from, slot);
    over.at(from + at(stream, milliseconds(10), faultsEnd / 2), slot);
  }
}

function at(stream: RandomStream, from: number, to: number): number {
  return Math.floor(stream.uniform(from, to));
}

/** A component that creates and deletes pods, and kubelets that report them. */
function load(world: PlaneWorld) {
  const {simulation, store} = world;
  const sent: string[] = [];
  const answers: string[] = [];
  const stored: string[] = [];
  const answer = (what: string) => {
    if (what.endsWith('ok')) assert.is(world.plane.writable, true);
    answers.push(what);
  };
  const client = world.connect({
    replies: {
      podCreated: (_, ordinal) => answer(`create ${ordinal} ok`),
      podRefused: ordinal => answer(`create ${ordinal} unavailable`),
      podBound: (pod, outcome) => {
        answer(`bind ${store.pods.name(pod)} ${outcome}`);
        if (outcome === 'ok') reported.after(second, pod);
      },
    },
  });
  const kubelet = world.connect({name: 'kubelet', patient: true});
  store.signals.created.watch(pod => {
    stored.push(`create ${store.pods.name(pod).slice(4)}`);
    client.bindPod(pod, node(store.pods.serial(pod) % nodes));
  });
  const reported = simulation.event('load.reported', (pod: PodId) => kubelet.reportStarted(pod));
  const asked = simulation.event('load.asked', (ordinal: number) => {
    sent.push(`create ${ordinal}`);
    client.createPod(wish(`pod-${ordinal}`, undefined, {ordinal}));
  });
  for (let i = 0; i < 150; i++) asked.at(i * 1.5 * second, i);
  return {sent, answers, stored};
}

test('no two members lead in one term, and terms only grow', () => {
  forEachSeed(60, seed => {
    const count = [1, 3, 5][seed % 3];
    const world = new PlaneWorld({seed, masters: count, nodes});
    const leaders = new Map<number, MasterId>([[1, 0 as MasterId]]);
    let newest = 1;
    world.plane.etcdLeaderFound.watch((leader, term) => {
      assert.is(leaders.has(term), false);
      assert.ok(term > newest);
      leaders.set(term, leader);
      newest = term;
    });
    disturb(world, count);
    world.run(end);
    assert.is(world.plane.writable, true);
    assert.is(world.plane.etcd.leader, leaders.get(newest));
  });
});

test('whoever leads and commits reaches more than half of all members', () => {
  forEachSeed(40, seed => {
    const world = new PlaneWorld({seed, masters: 5, nodes});
    const {masters, plane} = world;
    disturb(world, 5);
    const up = (id: MasterId) => !masters.withoutPower.has(id) && !masters.withoutEtcd.has(id);
    const look = () => {
      const {leader} = plane.etcd;
      if (!plane.writable || leader === undefined) return;
      assert.ok(up(leader) && !masters.withoutLink.has(leader));
      const reached = [...masters.all()].filter(([id]) => up(id) && !masters.withoutLink.has(id));
      assert.ok(reached.length >= 3);
    };
    for (let t = 0; t <= end; t += milliseconds(100)) {
      world.run(t);
      look();
    }
  });
});

test('every request is answered or given up once, in order, and what was answered is stored', () => {
  forEachSeed(60, seed => {
    const count = [1, 3, 5][seed % 3];
    const world = new PlaneWorld({seed, masters: count, nodes});
    const {sent, answers, stored} = load(world);
    disturb(world, count);
    world.run(end);
    const creations = answers.filter(answer => answer.startsWith('create'));
    assert.equal(
      creations.map(answer => answer.split(' ').slice(0, 2).join(' ')),
      sent,
    );
    assert.equal(
      creations.filter(answer => answer.endsWith('ok')).map(answer => answer.slice(0, -3)),
      stored,
    );
    assert.is(world.store.pods.count, stored.length);
    const bound = answers.filter(answer => answer.startsWith('bind') && answer.endsWith('ok'));
    const placed = [...world.store.pods.all()].filter(
      pod => world.store.pods.node(pod) !== undefined,
    );
    assert.is(placed.length, bound.length);
    assert.ok(placed.every(pod => world.store.pods.phase(pod) === 'Running'));
    assert.is(answers.length, sent.length + stored.length);
  });
});

test('when all is back, every line is open and nothing is under way any more', () => {
  forEachSeed(60, seed => {
    const world = new PlaneWorld({seed, masters: 3, nodes});
    load(world);
    disturb(world, 3);
    world.run(end);
    for (let i = 0; i < nodes; i++) assert.is(world.plane.nodeLines.open(node(i)), true);
    assert.is(world.simulation.eventsPending, 0);
    for (const program of ['tester', 'other']) assert.is(world.plane.line(program).open, true);
  });
});

test('a run that is saved in the middle of an outage goes on in the same way', () => {
  forEachSeed(40, seed => {
    const start = () => {
      const world = new PlaneWorld({seed, masters: 3, nodes});
      load(world);
      disturb(world, 3);
      return world;
    };
    const whole = start();
    const cut = seconds(20 + seed * 3);
    whole.run(cut);
    const saved = whole.simulation.save();
    whole.run(end);
    const rest = start();
    rest.simulation.restore(saved);
    rest.run(end);
    assert.is(rest.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
