// DaemonSets, against pkg/controller/daemon.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {NodeBackOff} from '../../src/controllers/node-back-off.ts';
import {seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {DaemonSetSpec} from '../../src/objects/workload-object.ts';
import {nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {ControlledWorld, metadata, type WorldOptions} from './world.ts';

const taint = (effect: string) => ({taints: [{key: 'special', value: '', effect}]});
const plain = ['a', 'b', 'c', 'd', 'e'].map(name => nodeWith(name));

function daemonWorld(spec: Partial<DaemonSetSpec> = {}, options: WorldOptions = {}) {
  const world = new ControlledWorld({nodes: plain, ...options}).start();
  const template = templateWith({labels: {app: 'log'}, owner: {kind: 'DaemonSet', name: 'log'}});
  const limits = {maxSurge: {count: 0}, maxUnavailable: {count: 1}};
  const whole: DaemonSetSpec = {
    selector: [{key: 'app', operator: 'In', values: ['log']}],
    template,
    minReady: 0,
    strategy: {type: 'RollingUpdate', ...limits},
    ...spec,
  };
  const id = world.api.applyWorkload({kind: 'DaemonSet', ...metadata('log'), spec: whole});
  world.settle();
  const setImage = (image: string) => {
    const [container] = template.spec.containers;
    const next = {...template, spec: {...template.spec, containers: [{...container, image}]}};
    const update = {...whole, template: next};
    world.operator.writeWorkload({verb: 'update', workload: id, version: undefined, spec: update});
  };
  return {world, setImage, status: () => world.get('DaemonSet', 'log').object.status};
}

const places = ({store}: ControlledWorld) =>
  [...store.pods.all()].map(pod => store.nodes.get(store.pods.node(pod) ?? (0 as NodeId))?.name);

test('one pod on each node that is fit, and it follows the nodes', () => {
  const nodes = [
    nodeWith('a'),
    nodeWith('tainted', taint('NoSchedule')),
    nodeWith('preferred', taint('PreferNoSchedule')),
    nodeWith('cordoned', {
      unschedulable: true,
      taints: [{key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule'}],
    }),
    nodeWith('other', {labels: {disk: 'hdd'}}),
  ];
  const {world, status} = daemonWorld({}, {nodes});
  assert.equal(places(world).sort(), ['a', 'cordoned', 'other', 'preferred']);
  const {store, simulation} = world;
  store.nodes.add(nodeWith('late'), simulation.now);
  store.nodes.replace(0 as NodeId, nodeWith('a', taint('NoExecute')), simulation.now);
  world.settle();
  assert.equal(places(world).sort(), ['cordoned', 'late', 'other', 'preferred']);
  assert.is(status().desired, 4);
});

test('a taint that only keeps new pods out lets the old one stay', () => {
  const {world, status} = daemonWorld();
  const {store, simulation} = world;
  store.nodes.replace(0 as NodeId, nodeWith('a', taint('NoSchedule')), simulation.now);
  world.settle();
  assert.is(places(world).length, 5);
  assert.is(status().misscheduled, 1);
});

for (const [name, unavailable, surge, waves] of [
  ['one at a time', 1, 0, 5],
  ['two at a time', 2, 0, 3],
  ['all at once', 5, 0, 1],
  ['one more beside', 0, 1, 5],
] as const) {
  test(`an update replaces ${name}`, () => {
    const limits = {maxSurge: {count: surge}, maxUnavailable: {count: unavailable}};
    const options = {startup: () => seconds(60)};
    const {world, setImage} = daemonWorld({strategy: {type: 'RollingUpdate', ...limits}}, options);
    const from = world.simulation.now;
    let [ready, fewest, last] = [5, 5, 0];
    world.store.signals.ready.watch(() => {
      ready++;
      last = world.simulation.now;
    });
    world.store.signals.terminating.watch(() => {
      fewest = Math.min(fewest, --ready);
    });
    setImage('v2');
    world.settle();
    assert.is(Math.round((last - from) / seconds(61)), waves);
    assert.is(fewest, 5 - unavailable);
    assert.is(places(world).length, 5);
  });
}

test('a pod that waits for a node that is gone is deleted', () => {
  const {world} = daemonWorld();
  const {store, simulation} = world;
  store.nodes.add(nodeWith('late'), simulation.now);
  const late = store.nodes.id('late') ?? (0 as NodeId);
  store.signals.created.watch(() => store.nodes.delete(late, simulation.now));
  const before = store.pods.count;
  world.settle();
  assert.is(store.pods.created, before + 1);
  assert.is(store.pods.count, before);
});

test('an old pod that is not available is always replaced', () => {
  const startup = (image: string) => (image === 'bad' ? undefined : seconds(1));
  const {world, setImage, status} = daemonWorld({}, {startup});
  setImage('bad');
  world.settle();
  assert.is(status().updated, 1);
  setImage('good');
  world.settle();
  assert.is(status().available, 5);
});

test('OnDelete waits for somebody to delete the pod', () => {
  const {world, setImage, status} = daemonWorld({strategy: {type: 'OnDelete'}});
  setImage('v2');
  world.settle();
  assert.is(status().updated, 0);
  world.operator.deletePod(world.pods()[0]);
  world.settle();
  assert.is(status().updated, 1);
});

test('a failed pod is replaced after 1 s, doubled each time up to 15 min', () => {
  const backOff = new NodeBackOff();
  const waits: number[] = [];
  for (let i = 0, now = 0; i < 12; i++) {
    backOff.next('log/a', now);
    waits.push(backOff.left('log/a', now) / seconds(1));
    now += backOff.left('log/a', now);
  }
  assert.equal(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
});

test.run();
