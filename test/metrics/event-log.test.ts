import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatSeconds} from '../../src/engine/time.ts';
import type {DiaryEntry} from './fake-world.ts';
import {measuredRun, overSeeds, rowsOf} from './over-seeds.ts';

test('a pod that is refused with the same message again has one event with a count', () => {
  overSeeds(8, seed => {
    const {world, measures} = measuredRun(seed);
    const failed = rowsOf(measures, 'events.csv').filter(row => row.reason === 'FailedScheduling');
    const told = failed.map(row => [row.time, row.object, row.message, row.count, row.last]);
    assert.equal(told.sort(), world.diary.flatMap(expectedRefusals).sort());
    assert.ok(told.some(([, , , count]) => Number(count) > 1));
  });
});

test('events are in the order in which they first happened', () => {
  const times = rowsOf(measuredRun(2).measures, 'events.csv').map(({time}) => Number(time));
  assert.equal(
    times,
    [...times].sort((one, other) => one - other),
  );
});

test('messages are those of the real components', () => {
  const rows = rowsOf(measuredRun(1).measures, 'events.csv');
  const first = (reason: string) => rows.find(row => row.reason === reason) ?? assert.unreachable();
  const scheduled = first('Scheduled');
  const pod = scheduled?.object.slice('Pod/'.length);
  assert.is(scheduled?.message, `Successfully assigned ${pod} to ${scheduled?.node}`);
  assert.is(scheduled?.type, 'Normal');
  assert.is(first('FailedScheduling')?.type, 'Warning');
  assert.is(first('Started')?.message, 'Started container main');
  assert.is(first('Killing')?.message, 'Stopping container main');
  assert.match(
    first('Preempted')?.message ?? '',
    /^Preempted by pod default\/pod-\d+ on node [abc]$/,
  );
});

test('each pod that was scheduled or started has an event that says so', () => {
  overSeeds(6, seed => {
    const {world, measures} = measuredRun(seed);
    const rows = rowsOf(measures, 'events.csv');
    const count = (reason: string) => rows.filter(row => row.reason === reason).length;
    assert.is(count('Scheduled'), world.diary.filter(pod => pod.latency !== undefined).length);
    assert.is(count('Started'), world.diary.filter(pod => pod.started !== undefined).length);
  });
});

/** A refusal that comes after the deletion stands alone: nothing is kept of a pod that is gone. */
function expectedRefusals({name, messages, late}: DiaryEntry): string[][] {
  const texts = [...new Set(messages.map(({message}) => message))];
  const row = (time: number, text: string, count: number, last = time) => {
    const about = [`Pod/default/${name}`, text, String(count)];
    return [formatSeconds(time), ...about, formatSeconds(last)];
  };
  const inTime = texts.map(text => {
    const equal = messages.filter(({message}) => message === text);
    return row(equal[0].time, text, equal.length, equal[equal.length - 1].time);
  });
  return late === undefined ? inTime : [...inTime, row(late.time, late.message, 1)];
}

test.run();
