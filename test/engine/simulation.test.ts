import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {InvariantError} from '../../src/engine/invariant-error.ts';
import {type EventKind, Simulation} from '../../src/engine/simulation.ts';
import {hour, minute, second} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {randomWorld} from './random-world.ts';

test('events happen by time, those of one time in the order of scheduling', () => {
  const simulation = new Simulation({seed: 1});
  const seen: string[] = [];
  const rang = simulation.event('bell.rang', (n: number) => seen.push(`${simulation.now} ${n}`));
  rang.after(20, 1);
  rang.at(10, 2);
  rang.at(20, 3);
  assert.deepEqual(simulation.run(15), {ended: 'done', now: 15, eventsHandled: 1});
  rang.after(0, 4);
  simulation.run(20);
  assert.deepEqual(seen, ['10 2', '15 4', '20 1', '20 3']);
});

test('an event after 0 happens now, behind all that is due by then', () => {
  const simulation = new Simulation({seed: 1});
  const seen: string[] = [];
  const second = simulation.event('second.came', () => seen.push('second'));
  const first = simulation.event('first.came', () => {
    seen.push('first');
    second.after(0);
  });
  const third = simulation.event('third.came', () => seen.push('third'));
  first.at(5);
  third.at(5);
  simulation.run(5);
  assert.deepEqual(seen, ['first', 'third', 'second']);
});

test('a cancelled event does not happen, and cancelling late is harmless', () => {
  const simulation = new Simulation({seed: 1});
  let rings = 0;
  const rang = simulation.event('bell.rang', () => {
    rings++;
  });
  const handle = rang.after(1);
  const other = rang.after(2);
  assert.equal(simulation.cancel(handle), true);
  simulation.run(10);
  assert.equal(simulation.cancel(other), false);
  assert.equal(rings, 1);
});

test('what cannot be a time is refused at once, by name', () => {
  const simulation = new Simulation({seed: 1});
  const rang = simulation.event('bell.rang', () => {});
  simulation.run(100);
  const rows: [() => void, RegExp][] = [
    [() => rang.at(99), /cannot schedule bell.rang at 99: that is before now \(100\)/],
    [() => rang.after(-1), /before now/],
    [() => rang.after(0.5), /at 100.5: a time is a whole number/],
    [() => rang.after(Number.NaN), /at NaN: a time is a whole number/],
    [() => rang.after(Infinity), /at Infinity: a time is a whole number/],
    [() => rang.after(2 ** 53), /a time is a whole number of microseconds up to 9007199254740991/],
    [() => simulation.run(99), /cannot run until 99: it is 100 already/],
    [() => simulation.sampler(0, () => {}), /a sampling period/],
  ];
  for (const [mistake, message] of rows) assert.throws(mistake, message);
});

test('a name is declared, claimed and registered once', () => {
  const simulation = new Simulation({seed: 1});
  const part = {save: () => 0, restore: () => {}};
  const names = [
    () => simulation.event('bell.rang', () => {}),
    () => simulation.random('bell/gaps'),
    () => simulation.part('bell', part),
  ];
  for (const use of names) {
    use();
    assert.throws(use, /bell.* twice/);
  }
});

test('operands are checked by the type of the kind', () => {
  type PodId = number & {readonly id: 'pod'};
  type NodeId = number & {readonly id: 'node'};
  const simulation = new Simulation({seed: 1});
  const bound: EventKind<PodId, NodeId> = simulation.event('a.b', (_: PodId, __: NodeId) => {});
  const ended = simulation.event('a.c', (_pod: PodId) => {});
  const [pod, node] = [1 as PodId, 2 as NodeId];
  bound.after(1, pod, node);
  ended.after(1, pod);
  // @ts-expect-error the two are swapped
  bound.after(1, node, pod);
  // @ts-expect-error the pod is forgotten
  ended.after(1);
  // @ts-expect-error a node is not a pod
  ended.after(1, node);
  assert.equal(simulation.eventsPending, 5);
});

test('samplers see the state after all events before that time, and none of that time', () => {
  const simulation = new Simulation({seed: 1});
  let rings = 0;
  const seen: [number, number][] = [];
  const rang = simulation.event('bell.rang', () => {
    rings++;
    rang.after(5);
  });
  rang.at(0);
  simulation.sampler(10, now => seen.push([now, rings]));
  simulation.run(30);
  assert.deepEqual(seen, [
    [10, 2],
    [20, 4],
    [30, 6],
  ]);
});

test('a run without end ends when nothing is left, samplers or not', () => {
  const simulation = new Simulation({seed: 1});
  simulation.sampler(10, () => {});
  simulation.event('bell.rang', () => {}).at(25);
  assert.deepEqual(simulation.run(Infinity), {ended: 'done', now: 25, eventsHandled: 1});
});

test('observers do not disturb: samplers, tracing, progress, pauses', () => {
  forEachSeed(20, seed => {
    const plain = randomWorld(seed);
    plain.run(minute);
    const watched = randomWorld(seed);
    let traced = 0;
    let progress = 0;
    watched.sampler(777, () => {});
    watched.sampler(second, () => {});
    watched.trace(() => traced++);
    const options = {maxEvents: 97, progress: () => progress++, progressEvery: 10};
    while (watched.run(minute, options).ended === 'paused');
    assert.equal(watched.fingerprint, plain.fingerprint);
    assert.equal(watched.eventsHandled, plain.eventsHandled);
    assert.equal(traced, plain.eventsHandled);
    assert.ok(progress > 0);
  });
});

test('the same seed gives the same fingerprint, and another seed or replication another', () => {
  const fingerprints = new Set<string>();
  for (const [seed, replication] of [
    [1, 0],
    [2, 0],
    [1, 1],
    [1, 0],
  ] as const) {
    const simulation = randomWorld(seed, {replication});
    simulation.run(minute);
    fingerprints.add(simulation.fingerprint);
  }
  assert.equal(fingerprints.size, 3);
});

test('the fingerprint sees time, kind, operands and order', () => {
  const run = (
    schedule: (one: EventKind<number, number>, two: EventKind<number, number>) => void,
  ) => {
    const simulation = new Simulation({seed: 1});
    const one = simulation.event('one.came', (_: number, __: number) => {});
    schedule(
      one,
      simulation.event('two.came', (_: number, __: number) => {}),
    );
    simulation.run(hour);
    return simulation.fingerprint;
  };
  const fingerprints = [
    run(one => one.at(5, 1, 2)),
    run(one => one.at(6, 1, 2)),
    run(one => one.at(5 + 2 ** 31, 1, 2)),
    run(one => one.at(5, 2, 1)),
    run(one => one.at(5, 1.5, 2)),
    run(one => one.at(5, 1, 2 ** 40)),
    run(one => one.at(5, 1, 2 ** 41)),
    run((_, two) => two.at(5, 1, 2)),
    run(() => {}),
    run((one, two) => [one.at(5, 1, 2), two.at(5, 1, 2)]),
    run((one, two) => [two.at(5, 1, 2), one.at(5, 1, 2)]),
  ];
  assert.equal(new Set(fingerprints).size, fingerprints.length);
});

test('the order in which kinds are declared does not count', () => {
  const run = (names: string[]) => {
    const simulation = new Simulation({seed: 1});
    const kinds = new Map(names.map(name => [name, simulation.event(name, () => {})]));
    kinds.get('a.came')?.at(1);
    kinds.get('b.came')?.at(2);
    simulation.run(3);
    return simulation.fingerprint;
  };
  assert.equal(run(['a.came', 'b.came', 'c.came']), run(['c.came', 'b.came', 'a.came']));
});

test('the trace and the profile have the names', () => {
  const simulation = new Simulation({seed: 1});
  const seen: unknown[] = [];
  const rang = simulation.event('bell.rang', (_: number, __: number) => {});
  simulation.event('bell.broke', () => {});
  rang.at(1, 7, 8);
  rang.at(2, 9, 10);
  simulation.trace((...event) => seen.push(event));
  simulation.run(5);
  assert.deepEqual(seen, [
    [1, 0, 'bell.rang', 7, 8],
    [2, 1, 'bell.rang', 9, 10],
  ]);
  assert.deepEqual(
    [...simulation.profile],
    [
      ['bell.rang', 2],
      ['bell.broke', 0],
    ],
  );
});

test('stop ends the run after the event, and the next run goes on', () => {
  const simulation = new Simulation({seed: 1});
  const rang = simulation.event('bell.rang', () => {
    if (simulation.now === 2) simulation.stop();
  });
  for (const time of [1, 2, 2, 3]) rang.at(time);
  assert.deepEqual(simulation.run(10), {ended: 'stopped', now: 2, eventsHandled: 2});
  assert.deepEqual(simulation.run(1000), {ended: 'stopped', now: 2, eventsHandled: 3});
  assert.deepEqual(simulation.run(1000), {ended: 'done', now: 1000, eventsHandled: 4});
});

test('progress may stop a run', () => {
  const simulation = randomWorld(1);
  const stop = () => simulation.stop();
  const {ended, eventsHandled} = simulation.run(hour, {progress: stop, progressEvery: 50});
  assert.deepEqual([ended, eventsHandled], ['stopped', 50]);
});

test('an exception in a handler says when, what, which seed and how to repeat it', () => {
  const simulation = new Simulation({seed: 42, replication: 3, repeat: 'orrery run x.yaml'});
  const cause = new Error('a node has less than nothing');
  const broke = simulation.event('node.broke', (_: number, __: number) => {
    throw cause;
  });
  broke.at(1_500_000, 7, 8);
  assert.throws(
    () => simulation.run(hour),
    (error: unknown) => {
      assert.ok(error instanceof InvariantError);
      assert.equal(error.cause, cause);
      assert.equal(
        error.message,
        [
          'a node has less than nothing',
          '  in node.broke(7, 8), event 0, at 1.500000s',
          '  seed 42, replication 3',
          '  repeat with: orrery run x.yaml',
        ].join('\n'),
      );
      return true;
    },
  );
});

test('an exception in a sampler is told apart from one in an event', () => {
  const simulation = new Simulation({seed: 1});
  simulation.sampler(10, () => {
    throw new Error('nothing to see');
  });
  assert.throws(() => simulation.run(20), /nothing to see\n {2}in a sampler.* at 0.000010s/);
});

test('a run cannot be run or saved from within', () => {
  const simulation = new Simulation({seed: 1});
  simulation.event('a.b', () => simulation.run(10)).at(1);
  simulation.event('a.c', () => simulation.save()).at(2);
  assert.throws(() => simulation.run(5), /run was called by an event/);
  assert.throws(() => simulation.run(5), /save was called within an event/);
});

test.run();
