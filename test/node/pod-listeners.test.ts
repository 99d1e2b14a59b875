// What answers at a pod's address through its life, step by step (kubernetes-network.md, §0, §9.1 and
// §10.1; when each step comes is held to the kubelet elsewhere).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {formatDuration, seconds} from '../../src/engine/time.ts';
import type {ListenerId} from '../../src/machines/listeners.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, type DetailedWorld, probe, type Wishes} from './detailed-world.ts';
import {failingWorld, kinds} from './failing-world.ts';

/** From a pod's being seen to its address, and to the start of its container. */
const here = 'closed at 1s';

type Story = {
  readonly spec?: Partial<PodSpec>;
  readonly wishes?: Wishes;
  readonly kind?: (typeof kinds)[number];
  /** What happens at a second of the run. */
  readonly steps?: readonly (readonly [at: number, (world: World, pod: PodId) => void])[];
};

type World = ReturnType<typeof failingWorld>;

const remove = (world: World, pod: PodId) => world.client.deletePod(pod);
const forceAway = (world: World, pod: PodId) => world.client.deletePod(pod, {grace: 0});
const hang = (lasts?: number) => (world: World, pod: PodId) =>
  world.physics.hang(pod, lasts === undefined ? undefined : seconds(lasts));
const take = (what: 'Power' | 'Kubelet' | 'Link') => (world: World) =>
  world.machines[`without${what}`].take(world.node);
const release = (what: 'Power' | 'Kubelet' | 'Link') => (world: World) =>
  world.machines[`without${what}`].release(world.node);

/** All states that the pod's listeners had, as `open at 1s`; a write takes 5 ms. */
function told({spec = {}, wishes = {}, kind = 'detailed', steps = []}: Story): string[] {
  const world = failingWorld(kind, wishes);
  const lines = listening(world);
  const pod = world.pod(spec);
  for (const [at, step] of steps) {
    world.simulation.run(seconds(at));
    step(world, pod);
  }
  world.simulation.run(seconds(1000));
  return lines;
}

function listening({listeners, simulation}: DetailedWorld): string[] {
  const lines: string[] = [];
  listeners.changed.watch(id => {
    const drains = listeners.drains(id);
    const state = drains ? 'draining' : listeners.state(id, listeners.serial(id));
    lines.push(`${state} at ${formatDuration(simulation.now)}`);
  });
  return lines;
}

const preStop = {containers: [container('main', {preStop: {handler: 'sleep', sleep: seconds(5)}})]};
const slowly = (behaviour: object): Wishes => ({behaviour: [behaviour]});

test('a pod listens once its containers run, until it is told to stop', () => {
  const rows: [string, Story, string[]][] = [
    ['for ever', {}, ['open at 1s']],
    [
      'deleted',
      {steps: [[10, remove]]},
      ['open at 1s', 'draining at 10.005s', 'closed at 11.005s', 'absent at 11.005s'],
    ],
    [
      'deleted, with a sandbox that takes a while to go, which is seen later',
      {wishes: {kubelet: {sandboxStop: '300ms', observe: '500ms'}}, steps: [[10, remove]]},
      ['open at 1s', 'draining at 10.005s', 'closed at 11.005s', 'absent at 11.305s'],
    ],
    [
      'through its preStop hook',
      {spec: preStop, steps: [[10, remove]]},
      ['open at 1s', 'draining at 15.005s', 'closed at 16.005s', 'absent at 16.005s'],
    ],
    [
      'and on after SIGTERM, where it says so',
      {wishes: slowly({shutdownDelay: '4s'}), spec: preStop, steps: [[10, remove]]},
      ['open at 1s', 'draining at 19.005s', 'closed at 20.005s', 'absent at 20.005s'],
    ],
    [
      'until it is killed, whatever it says',
      {
        wishes: slowly({shutdownDelay: '4m', stopsAfter: '1s'}),
        spec: {terminationGracePeriod: seconds(20)},
        steps: [[10, remove]],
      },
      ['open at 1s', 'closed at 30.005s', 'absent at 30.005s'],
    ],
    [
      'while it still stops, nobody listens',
      {wishes: slowly({stopsAfter: '20s'}), steps: [[10, remove]]},
      ['open at 1s', 'draining at 10.005s', 'closed at 30.005s', 'absent at 30.005s'],
    ],
    ['before it is up', {wishes: slowly({becomesReadyAfter: '7s'})}, ['open at 8s']],
    [
      'whatever its readiness',
      {
        wishes: slowly({unready: {every: '1m', for: '30s'}}),
        spec: {containers: [container('main', {readinessProbe: probe()})]},
      },
      ['open at 1s'],
    ],
    [
      'until its work is done',
      {wishes: slowly({exitsAfter: '60s'}), spec: {restartPolicy: 'Never'}},
      ['open at 1s', 'closed at 1m 1s', 'absent at 1m 1s'],
    ],
    ['on its node', {spec: {hostNetwork: true}}, ['open at 1s']],
  ];
  for (const [name, story, states] of rows) assert.equal(told(story), [here, ...states], name);
});

test('between the runs of a container connections are refused', () => {
  const crashing = told({wishes: slowly({crashesAfter: '3s'})});
  // CrashLoopBackOff: 10 s, 20 s, …, after a first restart at once.
  assert.equal(crashing.slice(0, 6), [
    here,
    'open at 1s',
    'closed at 4s',
    'open at 4s',
    'closed at 7s',
    'open at 17s',
  ]);
});

test('a pod needs all of its containers, and no init container', () => {
  const containers = [container('one'), container('two')];
  const behaviour = [
    {container: 'two', crashesAfter: '10s'},
    {container: 'first', exitsAfter: '5s'},
  ];
  const lines = told({
    spec: {containers, initContainers: [container('first')]},
    wishes: {behaviour},
  });
  assert.equal(lines.slice(0, 4), [here, 'open at 6s', 'closed at 16s', 'open at 16s']);
});

test('a pod that hangs takes connections and does not answer', () => {
  const rows: [Story, string[]][] = [
    [{steps: [[10, hang(20)]]}, ['open at 1s', 'hung at 10s', 'open at 30s']],
    [{steps: [[10, hang()]]}, ['open at 1s', 'hung at 10s']],
    [{wishes: slowly({hangsAfter: '8s'})}, ['open at 1s', 'hung at 9s']],
    [
      {spec: {containers: [container('main', {livenessProbe: probe()})]}, steps: [[15, hang()]]},
      // Failed at 20 s, 30 s and 40 s, in a second each; SIGTERM is not heard.
      ['open at 1s', 'hung at 15s', 'closed at 1m 11s', 'open at 1m 11s'],
    ],
    [
      {
        steps: [
          [10, hang()],
          [20, remove],
        ],
      },
      ['open at 1s', 'hung at 10s', 'closed at 50.005s', 'absent at 50.005s'],
    ],
  ];
  for (const [story, states] of rows) assert.equal(told(story), [here, ...states]);
});

for (const kind of kinds) {
  test(`${kind}: with the power of its node a pod's address is gone, until it is back`, () => {
    const steps = [
      [100, take('Power')],
      [160, release('Power')],
    ] as const;
    assert.equal(told({kind, steps}), [
      here,
      'open at 1s',
      'absent at 1m 40s',
      // 30 s for the boot, then a start as before.
      'closed at 3m 11s',
      'open at 3m 11s',
    ]);
  });

  test(`${kind}: without its kubelet a pod goes on listening`, () => {
    const steps = [
      [100, take('Kubelet')],
      [160, release('Kubelet')],
    ] as const;
    assert.equal(told({kind, steps}), [here, 'open at 1s']);
  });

  test(`${kind}: cut off from the API, a pod listens on when its object is long gone`, () => {
    const steps = [
      [100, take('Link')],
      [110, forceAway],
      [111, (world: World) => world.pod({}, 'another')],
    ] as const;
    const world = failingWorld(kind);
    const lines = listening(world);
    const pod = world.pod();
    const serial = world.store.pods.serial(pod);
    for (const [at, step] of steps) {
      world.simulation.run(seconds(at));
      step(world, pod);
    }
    world.simulation.run(seconds(200));
    assert.is(world.store.pods.exists(pod), false);
    const listener = world.listeners.find(serial);
    assert.ok(listener !== undefined);
    assert.is(world.listeners.state(listener, serial), 'open');
    assert.is(world.listeners.node(listener), 0 as NodeId);
    world.machines.withoutLink.release(world.node);
    world.simulation.run(seconds(300));
    assert.is(world.listeners.find(serial), undefined);
    assert.is(lines.includes('absent at 3m 20s'), true);
  });
}

test('under the simple kubelet a pod listens from its start to its end', () => {
  const lifetime = failingWorld('simple');
  const lines = listening(lifetime);
  lifetime.pod({}, 'pod-0', seconds(60));
  lifetime.simulation.run(seconds(1000));
  assert.equal(lines, [here, 'open at 1s', 'absent at 1m 1s']);
  // It ignores SIGTERM.
  assert.equal(told({kind: 'simple', steps: [[10, remove]]}), [
    here,
    'open at 1s',
    'absent at 40.005s',
  ]);
});

for (const kind of kinds) {
  test(`${kind}: whoever has a sandbox has a listener, whatever goes wrong, over seeds`, () => {
    forEachSeed(30, seed => {
      const random = new RandomStream(`listeners ${seed}`);
      const behaviour = [{crashesAfter: {exponential: {mean: '40s'}}, shutdownDelay: '3s'}];
      const world = failingWorld(kind, {behaviour, seed});
      const {listeners, machines} = world;
      let made = 0;
      for (let i = 0; i < 60; i++) {
        world.simulation.run(seconds(5 * i) + random.integer(0, 5_000_000));
        const pods = [...world.store.pods.all()];
        const what = random.choice(['pod', 'pod', 'delete', 'force', 'hang', 'hold', 'release']);
        const hold = random.choice(['withoutPower', 'withoutKubelet', 'withoutLink'] as const);
        if (what === 'pod') world.pod({}, `pod-${made++}`);
        else if (what === 'hold') machines[hold].take(world.node);
        else if (what === 'release') {
          if (machines[hold].has(world.node)) machines[hold].release(world.node);
        } else if (pods.length > 0) {
          const pod = random.choice(pods);
          if (what === 'hang') world.physics.hang(pod, seconds(7));
          else world.client.deletePod(pod, what === 'force' ? {grace: 0} : {});
        }
        const there = [...machines.pods(world.node)].sort((one, other) => one - other);
        const listening = Array.from({length: listeners.length}, (_, id) => id as ListenerId)
          .filter(id => listeners.state(id, listeners.serial(id)) !== 'absent')
          .map(id => listeners.serial(id))
          .sort((one, other) => one - other);
        assert.equal(listening, there);
        if (!machines.powered(world.node)) assert.equal(listening, []);
      }
    });
  });
}

test('a pod saved while it stops closes when it would have', () => {
  const told = (halfway: boolean) => {
    const story = () => {
      const world = failingWorld('detailed', slowly({shutdownDelay: '4s'}));
      return {world, lines: listening(world)};
    };
    const first = story();
    const pod = first.world.pod();
    first.world.simulation.run(seconds(10));
    first.world.client.deletePod(pod);
    first.world.simulation.run(seconds(12));
    if (!halfway) {
      first.world.simulation.run(seconds(100));
      return first.lines.slice(2);
    }
    const second = story();
    second.world.simulation.restore(structuredClone(first.world.simulation.save()));
    second.world.simulation.run(seconds(100));
    return second.lines;
  };
  assert.equal(told(true), told(false));
});

test.run();
