import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {Machines, type SandboxId} from '../../src/machines/machines.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const [a, b] = [0 as NodeId, 1 as NodeId];

function twoMachines(): Machines {
  const machines = new Machines(new Simulation({seed: 1}));
  machines.add(a, {zone: 'east', rack: 'r1'});
  machines.add(b, {zone: 'west', rack: undefined});
  return machines;
}

test('a machine has power, and stands where it was put', () => {
  const machines = twoMachines();
  assert.is(machines.count, 2);
  assert.is(machines.powered(a), true);
  assert.equal([machines.zone(b), machines.rack(a), machines.rack(b)], ['west', 'r1', undefined]);
});

test('machines come in the order of their nodes', () => {
  assert.throws(() => twoMachines().add(7 as NodeId, {zone: undefined, rack: undefined}), /order/);
});

test('what runs where is known whatever starts and stops, over seeds', () => {
  forEachSeed(50, seed => {
    const random = new RandomStream(`machines ${seed}`);
    let machines = twoMachines();
    const running = new Map<SandboxId, {node: NodeId; serial: number}>();
    for (let serial = 0; serial < 300; serial++) {
      const node = random.choice([a, b]);
      running.set(machines.start(node, serial), {node, serial});
      while (running.size > 0 && random.uniform() < 0.5) {
        const sandbox = random.choice([...running.keys()]);
        machines.stop(sandbox);
        running.delete(sandbox);
      }
      if (random.uniform() < 0.05) {
        const saved = structuredClone(machines.save());
        machines = twoMachines();
        machines.restore(saved);
      }
    }
    for (const node of [a, b]) {
      const there = [...running.values()].filter(pod => pod.node === node);
      assert.is(machines.running(node), there.length);
      assert.equal([...machines.pods(node)].sort(), there.map(({serial}) => serial).sort());
    }
  });
});

test('stopping what does not run is a broken promise', () => {
  const machines = twoMachines();
  const sandbox = machines.start(a, 1);
  machines.stop(sandbox);
  assert.throws(() => machines.stop(sandbox), /twice/);
});

test.run();
