import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {Signal} from '../../src/engine/signal.ts';

test('everyone who watches is called at once, in the order of coming', () => {
  const signal = new Signal<[number, string]>();
  const seen: string[] = [];
  signal.watch((n, s) => seen.push(`first ${n} ${s}`));
  signal.watch((n, s) => seen.push(`second ${n} ${s}`));
  signal.emit(1, 'a');
  assert.deepEqual(seen, ['first 1 a', 'second 1 a']);
});

test('who has unwatched is not called any more', () => {
  const signal = new Signal<[]>();
  let calls = 0;
  const count = () => {
    calls++;
  };
  const unwatch = signal.watch(count);
  signal.watch(count);
  unwatch();
  unwatch();
  signal.emit();
  assert.equal(calls, 1);
  assert.equal(signal.watched, true);
});

test('who begins to watch during an emit hears the next one', () => {
  const signal = new Signal<[number]>();
  const seen: number[] = [];
  const unwatch = signal.watch(() => {
    signal.watch(n => seen.push(n));
    unwatch();
  });
  signal.emit(1);
  signal.emit(2);
  assert.deepEqual(seen, [2]);
});

test.run();
