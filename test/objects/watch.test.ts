// Watches: what a component learns, when, and at what cost in events.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Signal} from '../../src/engine/signal.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {ChangeLog} from '../../src/objects/change-log.ts';
import {usualDelay, Watch} from '../../src/objects/watch.ts';

const kinds = ['made', 'moved', 'gone'] as const;
type Kind = (typeof kinds)[number];

function watched(wanted?: readonly Kind[]) {
  const simulation = new Simulation({seed: 1});
  const log = new ChangeLog<Kind>(kinds);
  const told: string[] = [];
  const watch = new Watch(simulation, log, {
    name: 'test.things',
    delay: 10,
    ...(wanted && {kinds: wanted}),
    changed: row => told.push(`${simulation.now} ${log.kind(row)} ${log.id(row)}`),
  });
  const store = simulation.event('test.stored', (kind: number, id: number) =>
    log.append(simulation.now, kinds[kind], id),
  );
  return {simulation, log, told, store, watch};
}

test('a change is told its delay after it was stored, in order', () => {
  const {simulation, told, store} = watched();
  store.at(5, 0, 1);
  store.at(7, 1, 1);
  simulation.run(100);
  assert.equal(told, ['15 made 1', '17 moved 1']);
});

test('all that is stored at one instant is told by one event', () => {
  const {simulation, told, store} = watched();
  for (let id = 0; id < 50; id++) store.at(5, 0, id);
  simulation.run(100);
  assert.is(told.length, 50);
  assert.is(simulation.profile.get('test.things-delivered'), 1);
});

test('a watch of some kinds is told of no other, and they cost it no event', () => {
  const {simulation, told, store} = watched(['moved']);
  store.at(5, 0, 1);
  store.at(6, 1, 1);
  store.at(7, 2, 1);
  store.at(50, 0, 2);
  simulation.run(100);
  assert.equal(told, ['16 moved 1']);
  assert.is(simulation.profile.get('test.things-delivered'), 1);
});

test('a watch that selects is told of no other, and what it does not select costs no event', () => {
  const simulation = new Simulation({seed: 1});
  const log = new ChangeLog<Kind>(kinds);
  const told: number[] = [];
  let wanted = 2;
  new Watch(simulation, log, {
    name: 'test.things',
    delay: 10,
    selects: row => log.id(row) === wanted,
    changed: row => told.push(log.id(row)),
  });
  const store = simulation.event('test.stored', (id: number) =>
    log.append(simulation.now, 'made', id),
  );
  for (const id of [1, 2, 3]) store.at(id * 20, id);
  simulation.run(50);
  wanted = 4;
  store.at(80, 2);
  simulation.run(100);
  assert.equal(told, [2]);
  assert.is(simulation.profile.get('test.things-delivered'), 1);
});

test('rows that every watch has passed, wanted or not, are dropped', () => {
  const {simulation, log, store} = watched(['gone']);
  const dropped: number[] = [];
  log.onDropped((_kind, id) => dropped.push(id));
  store.at(1, 0, 7);
  store.at(2, 2, 7);
  simulation.run(100);
  assert.equal(dropped, [7, 7]);
});

test('a watch that is paused is told of nothing, and of all that it missed when it goes on', () => {
  const {simulation, told, store, watch} = watched();
  store.at(5, 0, 1);
  store.at(30, 1, 1);
  store.at(60, 2, 1);
  simulation.run(10);
  watch.pause();
  simulation.run(40);
  assert.equal(told, []);
  watch.resume();
  simulation.run(100);
  assert.equal(told, ['50 made 1', '50 moved 1', '70 gone 1']);
});

test('a watch hears only while its line is open', () => {
  const simulation = new Simulation({seed: 1});
  const log = new ChangeLog<Kind>(kinds);
  const told: number[] = [];
  const line = {open: true, lost: new Signal<[]>(), found: new Signal<[]>()};
  const delay = {delay: 10, line};
  new Watch(simulation, log, {name: 'test.things', delay, changed: row => told.push(log.id(row))});
  line.lost.emit();
  log.append(0, 'made', 7);
  simulation.run(100);
  assert.equal(told, []);
  line.found.emit();
  simulation.run(200);
  assert.equal(told, [7]);
});

test('what is stored first is told first, however long each delay is drawn', () => {
  const simulation = new Simulation({seed: 1});
  const log = new ChangeLog<Kind>(kinds);
  const told: number[] = [];
  const delay = {measure: 'duration', law: 'exponential', mean: 1000} as const;
  new Watch(simulation, log, {name: 'test.things', delay, changed: row => told.push(log.id(row))});
  const store = simulation.event('test.stored', (id: number) =>
    log.append(simulation.now, 'made', id),
  );
  for (let id = 0; id < 200; id++) store.at(id * 100, id);
  simulation.run(1e6);
  assert.equal(
    told,
    Array.from({length: 200}, (_, id) => id),
  );
  assert.is(usualDelay(delay), 1000);
});

test('a run that is saved while a watch is paused goes on in the same way', () => {
  const begin = () => {
    const world = watched();
    world.store.at(5, 0, 1);
    return world;
  };
  const whole = begin();
  whole.simulation.run(8);
  whole.watch.pause();
  const saved = whole.simulation.save();
  const log = structuredClone(whole.log.save());
  const rest = watched();
  rest.simulation.restore(saved);
  rest.log.restore(log);
  for (const world of [whole, rest]) {
    world.simulation.run(50);
    world.watch.resume();
    world.simulation.run(100);
  }
  assert.equal(rest.told, whole.told);
});

test.run();
