import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {PodTemplate} from '../../../src/objects/pod-spec.ts';
import {expandPool} from '../../../src/objects/pools.ts';
import {pool} from '../../../src/options/pool.ts';
import {fc} from '../../support/fast-check.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import type {MadePod} from '../world.ts';
import {podsOfTrace, traceWorld} from './read-rows.ts';

const header = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time';
const openb = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;
const three = openb('c,1000,10,1,1000,50,60', 'a,2000,10,1,500,20,60', 'b,1000,10,0,0,30,60');
const looks = (made: readonly MadePod[]) =>
  made.map(({name, time}) => `${name} ${time / seconds(1)}`);
const names = (made: readonly MadePod[]) => made.map(({name}) => name);

const gpuOf = ({spec: {gpu}}: PodTemplate) => (gpu?.count ?? 0) * (gpu?.milli ?? 0);

type Case = [options: object, pods: string[]];

const cases: readonly Case[] = [
  [{}, ['a 0', 'b 10', 'c 30']],
  [{start: '1m'}, ['a 60', 'b 70', 'c 90']],
  [{until: '10s'}, ['a 0', 'b 10']],
  [{arrivals: {speed: 10}}, ['a 0', 'b 1', 'c 3']],
  [{arrivals: {speed: 0.5}}, ['a 0', 'b 20', 'c 60']],
  [{arrivals: {within: '15s'}}, ['a 0', 'b 5', 'c 15']],
  [{arrivals: 'once'}, ['a 0', 'b 0', 'c 0']],
  [{arrivals: {every: '2s'}}, ['a 0', 'b 2', 'c 4']],
  [{arrivals: {every: '2s'}, order: 'file'}, ['c 0', 'a 2', 'b 4']],
  [{order: 'name'}, ['a 0', 'b 10', 'c 30']],
  [{order: 'file'}, ['c 0', 'a 10', 'b 30']],
];

for (const [options, pods] of cases) {
  test(`with ${JSON.stringify(options)} pods come so: ${pods}`, () => {
    assert.equal(looks(podsOfTrace({text: three}, options)), pods);
  });
}

test('pods ask for what their rows say, and run as long, or for ever, or by a law', () => {
  const lives = (options: object) =>
    podsOfTrace({text: three}, {arrivals: 'once', ...options}).map(({lifetime}) => lifetime);
  assert.equal(lives({}), [seconds(40), seconds(30), seconds(10)]);
  assert.equal(lives({lifetime: 'forever'}), [undefined, undefined, undefined]);
  assert.equal(lives({lifetime: '7s'}), [seconds(7), seconds(7), seconds(7)]);
  const [{template}] = podsOfTrace({text: three});
  assert.equal(
    [...template.spec.containers[0].requests],
    [
      ['cpu', 2000],
      ['memory', 10 * 2 ** 20],
    ],
  );
  assert.is(gpuOf(template), 500);
});

test('a template says the rest of every pod', () => {
  const template = {metadata: {labels: {app: 'x'}}, spec: {terminationGracePeriodSeconds: 3}};
  for (const pod of podsOfTrace({text: three}, {template})) {
    assert.is(pod.template.labels.get('app'), 'x');
    assert.is(pod.template.spec.terminationGracePeriod, seconds(3));
  }
});

const rows = (count: number, gpus = (i: number) => i % 3) =>
  openb(
    ...Array.from({length: count}, (_, i) =>
      [`p-${i}`, 100 + i, 1, gpus(i), gpus(i) > 0 ? 500 : 0, i, ''].join(','),
    ),
  );

test('a shuffled order is another one for every seed, and each is as likely', () => {
  const orders = new Map<string, number>();
  forEachSeed(600, seed => {
    const order = names(podsOfTrace({text: rows(3), seed}, {order: 'shuffled'})).join();
    orders.set(order, (orders.get(order) ?? 0) + 1);
  });
  assert.is(orders.size, 6);
  for (const count of orders.values()) assert.ok(count > 60 && count < 140, `${[...orders]}`);
});

const nodes = expandPool(
  pool.parse({
    name: 'n',
    count: 10,
    allocatable: {cpu: 8, memory: '1Gi'},
    gpus: 4,
  }),
);

test('inflation adds copies of random pods while all ask for no more than the share', () => {
  forEachSeed(20, seed => {
    const options = {inflate: {to: '130%', of: 'gpu'}, arrivals: {every: '1s'}, order: 'shuffled'};
    const made = podsOfTrace({text: rows(60), seed, nodes}, options);
    const asked = made.map(({template}) => gpuOf(template));
    const total = asked.reduce((sum, ask) => sum + ask, 0);
    assert.ok(total <= 52_000 && total > 51_000, `${total}`);
    assert.is(new Set(names(made)).size, made.length);
    assert.equal(
      names(made).slice(0, 60).sort(),
      Array.from({length: 60}, (_, i) => `p-${i}`).sort(),
    );
    for (const name of names(made).slice(60)) assert.match(name, /^p-\d+-copy-\d+$/);
  });
});

test('every pod is as likely to be copied', () => {
  const copies = new Map<string, number>();
  const options = {inflate: {to: '1000%', of: 'gpu'}, arrivals: 'once', order: 'file'};
  forEachSeed(30, seed => {
    for (const {name} of podsOfTrace({text: rows(20), seed, nodes}, options).slice(20)) {
      const [original] = name.split('-copy-');
      copies.set(original, (copies.get(original) ?? 0) + 1);
    }
  });
  const total = [...copies.values()].reduce((sum, count) => sum + count, 0);
  assert.is(copies.size, 20);
  for (const count of copies.values()) {
    assert.ok(Math.abs(count - total / 20) < 5 * Math.sqrt(total / 20), `${count} of ${total}`);
  }
});

test('of a trace that asks for more already, random pods are left out', () => {
  const options = {inflate: {to: '50%', of: 'cpu'}};
  const all = podsOfTrace({text: rows(400), nodes}, options);
  const asked = all.map(({template}) => template.spec.containers[0].requests.get('cpu') ?? 0);
  const total = asked.reduce((sum, ask) => sum + ask, 0);
  assert.ok(total <= 40_000 && total > 39_000, `${total}`);
  assert.equal(
    names(all),
    names(all).toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2))),
  );
});

test('copies come at the times of their originals where times count', () => {
  const made = podsOfTrace({text: rows(30), nodes}, {inflate: {to: '100%', of: 'gpu'}});
  for (const {name, time} of made) {
    assert.is(time / seconds(1), Number(/^p-(\d+)/.exec(name)?.[1]), name);
  }
  assert.ok(made.length > 30);
});

test('the same seed makes the same pods, and another workload beside it changes nothing', () => {
  const options = {
    inflate: {to: '90%', of: 'cpu'},
    order: 'shuffled',
    lifetime: {exponential: {mean: '1m'}},
  };
  const once = podsOfTrace({text: rows(90), nodes}, options);
  const again = podsOfTrace({text: rows(90), nodes}, options);
  assert.equal(
    once.map(({name, time, lifetime}) => [name, time, lifetime]),
    again.map(({name, time, lifetime}) => [name, time, lifetime]),
  );
});

test('a run forked in the middle goes on as the whole one does', () => {
  const wish = {text: rows(200), nodes};
  const inflate = {to: '120%', of: 'gpu'};
  for (const arrivals of ['trace', 'once', {every: '1s'}, {within: '100s'}]) {
    const options = {inflate, arrivals, order: 'shuffled', lifetime: {exponential: {mean: '1m'}}};
    const [whole, fork] = [traceWorld(wish, options), traceWorld(wish, options)];
    whole.simulation.run(seconds(40));
    fork.simulation.restore(whole.simulation.save());
    const before = whole.made.length;
    for (const {simulation} of [whole, fork]) simulation.run(seconds(1000));
    assert.equal(looks(fork.made), looks(whole.made.slice(before)));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  }
});

const someRows = fc.array(
  fc.record({at: fc.nat({max: 20}), count: fc.integer({min: 1, max: 4}), gpus: fc.nat({max: 2})}),
  {minLength: 1, maxLength: 15},
);
const someOptions = fc.record({
  arrivals: fc.constantFrom('trace', 'once', {every: '1s'}, {speed: 3}, {within: '1m'}),
  order: fc.constantFrom('trace', 'file', 'name', 'shuffled'),
  start: fc.constantFrom('0s', '7s'),
});

test('in whatever order and at whatever times, all pods come, each once', () => {
  const law = fc.property(someRows, someOptions, (written, options) => {
    const lines = written.map(({at, count, gpus}, i) => `p${i},${at},1,1Gi,${count},${gpus}`);
    const text = `name,at,cpu,memory,count,gpus\n${lines.join('\n')}\n`;
    const made = podsOfTrace({format: 'csv', text}, options);
    const all = written.flatMap(({count}, i) =>
      Array.from({length: count}, (_, n) => (count === 1 ? `p${i}` : `p${i}-${n}`)),
    );
    assert.equal(names(made).sort(), all.sort());
    const times = made.map(({time}) => time);
    assert.equal(
      times,
      times.toSorted((a, b) => a - b),
    );
  });
  fc.assert(law);
});

test('one event is pending at a time, whatever is to come', () => {
  const {simulation} = traceWorld({text: rows(500)});
  assert.is(simulation.eventsPending, 1);
});

test.run();
