// What the default plugins are woken by, by version: from 1.32 on they look at the event, before that the
// event handlers did, coarsely.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {equalitySelector} from '../../../src/objects/labels.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import {labelsOf, nodeWith} from '../../support/pods-and-nodes.ts';
import {type PodWishesHere, SchedulerWorld} from '../../support/scheduler-world.ts';

/** How often a pod that finds no place is tried again after something has happened. */
function retries(
  kubernetes: KubernetesMinor,
  pod: PodWishesHere,
  happens: (world: SchedulerWorld) => void,
): number {
  const world = new SchedulerWorld({kubernetes, nodes: [nodeWith('node-0')]});
  world.pod('waits', {cpuMillicores: 9000, ...pod});
  world.at(seconds(20));
  const before = world.said.length;
  happens(world);
  world.settle();
  return world.said.slice(before).filter(line => line.includes('refused waits')).length;
}

const affineTo = (app: string): PodWishesHere => ({
  cpuMillicores: 100,
  spec: {
    podAffinity: {
      preferred: [],
      required: [
        {
          topologyKey: 'absent',
          labelSelector: equalitySelector(labelsOf({app})),
          namespaces: [],
          namespaceSelector: undefined,
        },
      ],
    },
  },
});

test('a node that could not hold the pod even when empty wakes it in no version', () => {
  for (const kubernetes of [31, 36] as const) {
    const happens = (world: SchedulerWorld) => void world.addNode(nodeWith('small'));
    assert.is(retries(kubernetes, {}, happens), 0);
  }
});

test('a node that the pod would fit on but for a taint wakes it in no version', () => {
  const taints = [{key: 'gpu', value: '', effect: 'NoSchedule'}];
  const cordon = (world: SchedulerWorld) =>
    world.updateNode(nodeWith('node-0', {taints, labels: {disk: 'ssd'}}));
  const wishes = {cpuMillicores: 100, spec: {nodeSelector: labelsOf({disk: 'ssd'})}};
  assert.is(retries(31, wishes, cordon), 0);
});

test('a node that grows in what the pod does not ask for wakes it only before hints', () => {
  const pods = (world: SchedulerWorld) =>
    world.updateNode(nodeWith('node-0', {memoryBytes: 2 ** 40}));
  assert.is(retries(36, {}, pods), 0);
  assert.is(retries(31, {}, pods), 0);
});

test('a pod that came to a node wakes those whose affinity selects it, and no others', () => {
  for (const kubernetes of [31, 36] as const) {
    const comes = (world: SchedulerWorld) => void world.pod('comes', {labels: {app: 'web'}});
    assert.is(retries(kubernetes, affineTo('web'), comes), 1);
    assert.is(retries(kubernetes, affineTo('db'), comes), 0);
  }
});

test('a pod whose own labels change is tried again before hints, whoever rejected it', () => {
  const relabel = (world: SchedulerWorld) => {
    const [pod] = world.store.pods.all();
    const template = {...world.store.pods.template(pod), labels: labelsOf({app: 'new'})};
    world.store.pods.replaceTemplate(pod, template, world.simulation.now);
  };
  assert.is(retries(31, {}, relabel), 1);
  assert.is(retries(32, {}, relabel), 0);
});

test('a pod that shrinks itself is tried again', () => {
  const shrink = (world: SchedulerWorld) => {
    const [pod] = world.store.pods.all();
    const template = world.store.pods.template(pod);
    const [container] = template.spec.containers;
    const smaller = {...container, requests: new Map([['cpu', 8000]])};
    const spec = {...template.spec, containers: [smaller]};
    world.store.pods.replaceTemplate(pod, {...template, spec}, world.simulation.now);
  };
  assert.is(retries(36, {}, shrink), 1);
});

test.run();
