// Rules: reference 9.1: beyond the quota the alarm NOSPACE, and no writes until the space is free;
// deletions go on (ErrNoSpace is for puts alone, server/etcdserver/apply).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {EtcdSpace} from '../../src/control-plane/etcd-space.ts';
import {minutes, second, seconds} from '../../src/engine/time.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {noLabels} from '../../src/objects/labels.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {PlaneWorld} from './plane-world.ts';
import {podTemplate, wish} from './world.ts';

function withQuota(quota: number, {seed = 1} = {}) {
  const world = new PlaneWorld({seed, nodes: 0});
  const {simulation, store, plane} = world;
  const space = new EtcdSpace({simulation, store, etcd: plane.etcd, quota});
  return {world, space};
}

/** What a pod of the plain template takes. */
function podBytes(): number {
  const {world, space} = withQuota(Infinity);
  world.api.applyPod(wish('pod'));
  return space.bytes;
}

/** Ten pods fit, and an eleventh is stored too: the twelfth is refused. */
function full() {
  const {world, space} = withQuota(10.5 * podBytes());
  const told: string[] = [];
  const client = world.connect({
    replies: {
      podCreated: (_, ordinal) => told.push(`${ordinal} ok`),
      podRefused: ordinal => told.push(`${ordinal} refused ${world.simulation.now / second}`),
      answered: (ticket, outcome) => told.push(`${ticket} ${outcome}`),
    },
  });
  const template = podTemplate();
  const create = (ordinal: number) => client.createPod(wish(`pod-${ordinal}`, template, {ordinal}));
  return {world, space, client, told, create};
}

test('the write that goes beyond the quota is stored, and the next ones are refused at once', () => {
  const {world, told, create} = full();
  for (let i = 0; i < 13; i++) create(i);
  world.run(seconds(1));
  assert.equal(told.slice(10), ['10 ok', '11 refused 0.005', '12 refused 0.005']);
  assert.is(world.plane.writable, false);
  create(13);
  world.run(seconds(2));
  assert.is(told.at(-1), '13 refused 1.005');
});

test('deletions go on, and writes with the next compaction', () => {
  const {world, space, client, told, create} = full();
  for (let i = 0; i < 12; i++) create(i);
  world.run(seconds(1));
  for (const pod of [0, 1]) client.deletePod(pod as PodId, {ticket: 100 + pod});
  world.run(minutes(5) - 1);
  assert.equal(told.slice(-2), ['100 ok', '101 ok']);
  assert.is(space.bytes, 9 * podBytes());
  assert.is(world.plane.writable, false);
  world.run(minutes(5));
  assert.is(world.plane.writable, true);
  create(20);
  world.run(minutes(6));
  assert.is(told.at(-1), '20 ok');
});

test('who asks for ever waits for the space', () => {
  const {world, client, create} = full();
  const patient = world.connect({name: 'operator', patient: true});
  for (let i = 0; i < 11; i++) create(i);
  world.run(seconds(1));
  patient.createPod(wish('late'));
  for (const pod of [0, 1]) client.deletePod(pod as PodId);
  world.run(minutes(6));
  const {pods} = world.store;
  assert.is([...pods.all()].filter(pod => pods.name(pod) === 'late').length, 1);
});

test('it is a cause of its own, which ends', () => {
  const {world, client, create} = full();
  const {causes} = world.store;
  for (let i = 0; i < 11; i++) create(i);
  world.run(seconds(1));
  assert.is(world.simulation.cause, 0);
  client.deletePod(0 as PodId);
  world.run(minutes(6));
  const all = [...causes.all()].map(([, {kind, origin, time, until}]) => [
    ...[kind, origin, time / second, (until ?? 0) / second],
  ]);
  assert.equal(all, [['etcd-quota', 'itself', 0.005, 300]]);
});

test('a scheduler without a lease leads no more until there is space', () => {
  const {world, create} = full();
  const lost: boolean[] = [];
  const {etcd} = world.plane;
  etcd.writableLost.watch(() => lost.push(true));
  etcd.writableFound.watch(() => lost.push(false));
  for (let i = 0; i < 11; i++) create(i);
  world.run(seconds(1));
  assert.equal(lost, [true]);
  assert.is(etcd.commits, true);
});

test('without objects nothing is stored, whatever came and went', () => {
  forEachSeed(20, seed => {
    const {world, space} = withQuota(Infinity, {seed});
    const {simulation, store, api} = world;
    const stream = simulation.random('objects');
    const nodes = store.nodes.length;
    const client = world.connect();
    for (let i = 0; i < 30; i++) {
      const spec = {nodeSelector: new Map([['a', 'x'.repeat(stream.uniform(0, 50))]])};
      api.applyPod(wish(`pod-${i}`, podTemplate(spec)));
      const config = {kind: 'ConfigMap', namespace: 'default', name: `c-${i % 7}`} as const;
      const bytes = Math.floor(stream.uniform(0, 5000));
      const value = {...config, keys: new Set<string>(), type: undefined, immutable: false, bytes};
      client.writeObject({verb: 'apply', object: {kind: 'config', value}});
    }
    const spec = {selector: undefined};
    const owner = {namespace: 'default', labels: noLabels, annotations: noLabels, owner: undefined};
    api.applyWorkload({kind: 'uncontrolled', as: 'Thing', name: 'a', ...owner, spec});
    simulation.run(seconds(1));
    assert.ok(space.bytes > 30 * podBytes() + 7 * 1024 + 1024);
    for (const pod of [...store.pods.all()]) client.deletePod(pod, {grace: 0});
    for (let i = 0; i < 7; i++) {
      client.writeObject({verb: 'delete', kind: 'config', name: `ConfigMap/default/c-${i}`});
    }
    for (const [workload] of store.workloads.all()) {
      client.writeWorkload({verb: 'delete', workload, propagation: 'background'});
    }
    simulation.run(seconds(2));
    assert.is(space.bytes, nodes);
  });
});

test('a run that is saved while etcd is full goes on in the same way', () => {
  const start = () => {
    const made = full();
    for (let i = 0; i < 13; i++) made.create(i);
    const kubelet = made.world.connect({name: 'kubelet'});
    const freed = made.world.simulation.event('test.freed', (pod: number) => {
      made.client.deletePod(pod as PodId);
      kubelet.reportStarted((pod + 1) as PodId);
    });
    for (const pod of [0, 2, 4]) freed.at(seconds(20 + pod), pod);
    return made;
  };
  for (const cut of [0.5, 10, 21, 299]) {
    const whole = start();
    whole.world.run(seconds(cut));
    const saved = structuredClone(whole.world.simulation.save());
    whole.world.run(minutes(10));
    const rest = start();
    rest.world.simulation.restore(saved);
    rest.world.run(minutes(10));
    assert.is(rest.world.simulation.fingerprint, whole.world.simulation.fingerprint);
    assert.is(rest.space.bytes, whole.space.bytes);
    assert.is(rest.world.plane.writable, true);
  }
});

test.run();
