// Laws of what reacts to nodes, over seeds, with nodes that are lost and come back at any time and
// a controller manager that is replaced now and then.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {templateWith} from '../../support/pods-and-nodes.ts';
import {ControlledWorld, deployment, metadata} from '../world.ts';
import {nodesIn, numbers} from './lost-nodes.ts';

const count = 8;

type Deed = {readonly at: number; readonly does: (world: ControlledWorld) => void};

class Flapping {
  readonly world: ControlledWorld;
  readonly everLost = new Set<NodeId>();

  constructor(seed: number) {
    this.world = new ControlledWorld({seed, nodes: [...nodesIn('x', 5), ...nodesIn('y', 3)]});
    const {simulation} = this.world;
    const deeds = this.#deeds(seed);
    const next = simulation.event('test.deed-done', (index: number) => {
      deeds[index].does(this.world);
      if (index + 1 < deeds.length) next.at(seconds(deeds[index + 1].at), index + 1);
    });
    this.begin = () => {
      this.world.start();
      this.world.api.applyWorkload(deployment({replicas: 24}));
      this.world.api.applyWorkload(daemonSet());
      next.at(seconds(deeds[0].at), 0);
    };
  }

  readonly begin: () => void;

  #deeds(seed: number): Deed[] {
    const stream = this.world.simulation.passingRandom(`test/deeds/${seed}`);
    const deeds: Deed[] = [];
    const whole = (to: number) => Math.floor(stream.uniform(0, to));
    for (let at = 60; at < 3000; at += stream.exponential(60)) {
      const node = whole(count) as NodeId;
      const kind = stream.uniform();
      deeds.push({at, does: world => this.#do(world, kind, node)});
    }
    return deeds;
  }

  #do(world: ControlledWorld, kind: number, node: NodeId): void {
    if (kind < 0.05) world.manager.stop();
    else if (kind < 0.15) world.manager.start();
    else if (kind < 0.55) {
      this.everLost.add(node);
      world.crash(node);
    } else if (!world.heartbeats.beating(node)) world.recover(node);
  }

  /** All that is lost comes back, and somebody leads. */
  mend(except: readonly NodeId[] = []): void {
    const {world} = this;
    world.manager.start();
    for (const node of numbers(count)) {
      if (!world.heartbeats.beating(node) && !except.includes(node)) world.recover(node);
    }
    world.settle();
  }
}

function daemonSet() {
  const template = templateWith({labels: {app: 'log'}, owner: {kind: 'DaemonSet', name: 'log'}});
  const limits = {maxSurge: {count: 0}, maxUnavailable: {count: 1}};
  const spec = {
    selector: [{key: 'app', operator: 'In' as const, values: ['log']}],
    template,
    minReady: 0,
    strategy: {type: 'RollingUpdate' as const, ...limits},
  };
  return {kind: 'DaemonSet' as const, ...metadata('log'), spec};
}

test('when all nodes are back, everything is as it was, and nothing happens any more', () => {
  forEachSeed(40, seed => {
    const flapping = new Flapping(seed);
    const {world} = flapping;
    flapping.begin();
    world.simulation.run(seconds(3000));
    flapping.mend();
    assert.is(world.simulation.eventsPending, 0);
    for (const node of numbers(count)) assert.is(world.taints(node), '');
    const {pods} = world.store;
    assert.is(pods.count, 24 + count);
    for (const pod of world.pods()) assert.ok(pods.ready(pod) && !pods.terminating(pod));
  });
});

test('taints are what conditions say, and pods leave those nodes alone that were lost', () => {
  forEachSeed(40, seed => {
    const flapping = new Flapping(seed);
    const {world, everLost} = flapping;
    world.store.signals.terminating.watch(pod => {
      const node = world.store.pods.node(pod);
      if (world.store.pods.disruption(pod) !== 'DeletionByTaintManager') return;
      assert.ok(node !== undefined && everLost.has(node), 'driven off a node that never was lost');
    });
    flapping.begin();
    world.simulation.run(seconds(3000));
    flapping.mend([2 as NodeId, 6 as NodeId]);
    for (const node of numbers(count)) {
      const lost = !world.heartbeats.beating(node);
      const expected = lost ? 'unreachable:NoExecute unreachable:NoSchedule' : '';
      assert.is(world.node(node).conditions.ready, lost ? 'Unknown' : 'True');
      assert.is(world.taints(node), expected);
    }
  });
});

test('a run saved anywhere and restored elsewhere goes on as if nothing had been', () => {
  forEachSeed(30, seed => {
    const whole = new Flapping(seed);
    whole.begin();
    whole.world.simulation.run(seconds(3000));
    const first = new Flapping(seed);
    first.begin();
    first.world.simulation.run(seconds(3000), {maxEvents: 200 + 67 * seed});
    const second = new Flapping(seed);
    second.world.simulation.restore(structuredClone(first.world.simulation.save()));
    second.world.simulation.run(seconds(3000));
    assert.is(second.world.simulation.fingerprint, whole.world.simulation.fingerprint);
  });
});

test.run();
