// What holds whatever fails when: power, kubelets and lines of two nodes, with pods that come and go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {podTemplate, wish} from '../control-plane/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, probe} from './detailed-world.ts';
import {failingWorld, type Kind, kinds} from './failing-world.ts';

const nodes = [0, 1] as NodeId[];
const quiet = 400;

type World = ReturnType<typeof failingWorld>;

function specOf(random: RandomStream) {
  const probes = {livenessProbe: probe(), readinessProbe: probe({period: seconds(1)})};
  return {
    terminationGracePeriod: seconds(random.integer(0, 20)),
    restartPolicy: random.choice(['Always', 'OnFailure', 'Never'] as const),
    priority: random.uniform() < 0.1 ? 2_000_000_000 : 0,
    initContainers: random.uniform() < 0.3 ? [container('init')] : [],
    containers: [container('main', random.uniform() < 0.5 ? probes : {})],
  };
}

/** Until 400 s pods come, some are deleted, and all that can fail does; nothing is left failed. */
function turmoil(kind: Kind, seed: number): World {
  const graceful = seed % 2 === 0 ? {shutdownGracePeriod: '20s'} : {};
  const kubelet = {boot: {uniform: {from: '5s', to: '60s'}}, observe: '300ms', ...graceful};
  const behaviour = [{container: 'main', hangsAfter: {exponential: {mean: '300s'}}}];
  const world = failingWorld(kind, {seed, kubelet, behaviour, present: []});
  const {simulation, machines, store, client} = world;
  const random = simulation.random('turmoil');
  const came = simulation.event('test.pod-came', () => {
    const lifetime = random.uniform() < 0.3 ? seconds(random.exponential(30)) : undefined;
    const template = podTemplate(specOf(random));
    const created = world.api.applyPod(wish(`pod-${store.pods.created}`, template, {lifetime}));
    if ('pod' in created) client.bindPod(created.pod, random.choice(nodes));
    const grace = random.uniform() < 0.3 ? {grace: 0} : {};
    if (random.uniform() < 0.6) client.deletePod(random.choice([...store.pods.all()]), grace);
    if (random.uniform() < 0.2) client.reportUnready(random.choice([...store.pods.all()]));
    if (simulation.now < seconds(quiet)) came.after(milliseconds(random.exponential(2000)));
  });
  const holds = [machines.withoutPower, machines.withoutKubelet, machines.withoutLink];
  const healed = simulation.event('test.healed', (node: NodeId, what: number) =>
    holds[what].release(node),
  );
  const broke = simulation.event('test.broke', (node: NodeId) => {
    const lasts = milliseconds(random.exponential(30_000));
    const what = random.integer(0, 3);
    if (what === 3) world.reboots.reboot(node, lasts);
    else {
      holds[what].take(node);
      healed.after(lasts, node, what);
    }
    if (simulation.now < seconds(quiet))
      broke.after(milliseconds(random.exponential(30_000)), node);
  });
  came.after(0);
  for (const node of nodes) broke.after(seconds(5), node);
  return world;
}

const ofNodes = /^kubelet\.(lease|node-status|pod-statuses|shutdown)/;
const ofPods =
  /^(container\.|kubelet\.(containers?-|sandbox|back-off|post-start|lifetime|grace|.*-probe-))/;

for (const kind of kinds) {
  test(`${kind}: no event acts on a node without power, and nothing runs there, over seeds`, () => {
    forEachSeed(25, seed => {
      const {simulation, machines, store} = turmoil(kind, seed);
      simulation.trace((_time, _sequence, name, a) => {
        for (const node of nodes) {
          if (!machines.powered(node)) assert.is(machines.running(node), 0);
        }
        const node = ofNodes.test(name) ? (a as NodeId) : store.pods.node(a as PodId);
        if (!ofNodes.test(name) && !ofPods.test(name)) return;
        assert.ok(node !== undefined && machines.powered(node), `${name} on a dead node`);
      });
      simulation.run(seconds(1500));
    });
  });

  test(`${kind}: when all is well again, machines run what the API says, over seeds`, () => {
    forEachSeed(25, seed => {
      const {simulation, machines, store, heartbeats} = turmoil(kind, seed);
      const {pods} = store;
      const ended = new Set<number>();
      store.signals.ended.watch(pod => {
        assert.not(ended.has(pods.serial(pod)));
        ended.add(pods.serial(pod));
      });
      simulation.run(seconds(2500));
      for (const node of nodes) {
        const left = pods
          .on(node)
          .filter(pod => !['Succeeded', 'Failed'].includes(pods.phase(pod)));
        const serials = left.map(pod => pods.serial(pod));
        assert.equal(
          [...machines.pods(node)].sort((a, b) => a - b),
          serials,
        );
        for (const pod of left) {
          assert.not(pods.terminating(pod));
          assert.is(pods.phase(pod), 'Running');
        }
        assert.is(heartbeats.beating(node), true);
        assert.is(store.nodes.get(node)?.conditions.ready, 'True');
      }
    });
  });

  test(`${kind}: a run forked in the middle goes on as the whole one does, over seeds`, () => {
    forEachSeed(12, seed => {
      const whole = turmoil(kind, seed);
      whole.simulation.run(seconds(new RandomStream(`fork ${seed}`).uniform(1, 450)));
      const fork = turmoil(kind, seed);
      fork.simulation.restore(whole.simulation.save());
      for (const {simulation} of [whole, fork]) simulation.run(seconds(1500));
      assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
      for (const node of nodes)
        assert.is(fork.machines.running(node), whole.machines.running(node));
    });
  });
}

test.run();
