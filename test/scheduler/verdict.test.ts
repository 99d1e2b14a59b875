// What a refused pod is said to have been refused by.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {SchedulerWorld} from '../support/scheduler-world.ts';

const tainted = {taints: [{key: 'gpu', value: 'yes', effect: 'NoSchedule'}]};

function refusedBy(nodes: ReturnType<typeof nodeWith>[]): string[] {
  const world = new SchedulerWorld({nodes});
  const plugins: string[] = [];
  world.store.signals.refused.watch((_pod, {firstFailingPlugin}) => {
    plugins.push(firstFailingPlugin);
  });
  world.pod('large', {cpuMillicores: 64_000});
  world.settle();
  return plugins;
}

test('a pod is said to be refused by the plugin that decided on most nodes', () => {
  const full = ['a', 'b', 'c'].map(name => nodeWith(name));
  assert.equal(refusedBy([nodeWith('special', tainted), ...full]), ['NodeResourcesFit']);
});

test('where two plugins decided on as many nodes, it is the one that runs first', () => {
  assert.equal(refusedBy([nodeWith('special', tainted), nodeWith('a')]), ['TaintToleration']);
});

test('a pod that no node was looked at for is refused by what refused it', () => {
  const world = new SchedulerWorld({nodes: []});
  const plugins: string[] = [];
  world.store.signals.refused.watch((_pod, refusal) => {
    plugins.push(refusal.firstFailingPlugin);
  });
  world.pod('a');
  world.settle();
  assert.equal(plugins[0], '');
});

test.run();
