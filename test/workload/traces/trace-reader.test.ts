import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {fc} from '../../support/fast-check.ts';
import {namesOf, readText, rowsOf} from './read-rows.ts';

const header =
  'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time';
const row = (name: string, change: Record<string, string> = {}) =>
  Object.values({
    ...{name, cpu: '4000', memory: '1024', gpus: '1', milli: '500', spec: '', qos: 'LS'},
    ...{phase: 'Running', created: '100', deleted: '160', scheduled: '110', ...change},
  }).join(',');
const openb = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;

test('a row of openb is a pod: what it asks for, when it comes, how long it runs', () => {
  const {rows, shapes, looks} = rowsOf('openb', openb(row('a'), row('b', {created: '130'})));
  assert.equal(namesOf(rows), ['a', 'b']);
  assert.equal([...(rows.at ?? [])], [0, seconds(30)]);
  assert.equal([...rows.lifetime], [seconds(50), seconds(50)]);
  assert.equal(shapes, [{look: 0, cpuMillicores: 4000, memoryBytes: 2 ** 30}]);
  assert.equal(looks[0].annotations, {
    'alibabacloud.com/gpu-count': '1',
    'alibabacloud.com/gpu-milli': '500',
  });
  assert.equal(looks[0].labels, {'alibabacloud.com/qos': 'LS'});
});

test('a pod that was never scheduled runs from its creation, one without an end for ever', () => {
  const text = openb(row('a', {scheduled: ''}), row('b', {deleted: ''}));
  assert.equal([...rowsOf('openb', text).rows.lifetime], [seconds(60), Number.NaN]);
});

test('a list without times has none, and its pods never end', () => {
  const {rows} = rowsOf('openb', 'name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,1,1,0,0\n');
  assert.is(rows.at, undefined);
  assert.equal([...rows.lifetime], [Number.NaN]);
});

test('rows out of order are put in order, those of one time as they stand', () => {
  const at = (name: string, created: string) => row(name, {created, scheduled: created});
  const {rows} = rowsOf('openb', openb(at('a', '9'), at('b', '5'), at('c', '9'), at('d', '1')));
  assert.equal([...(rows.byTime ?? [])], [3, 1, 0, 2]);
  assert.equal(
    [...(rows.at ?? [])].map(time => time / seconds(1)),
    [8, 4, 8, 0],
  );
});

type Row = [change: Record<string, string>, message: RegExp];

const broken: readonly Row[] = [
  [{cpu: '-1'}, /expected cpu_milli as a whole number from 0 to 1000000000, got "-1"/],
  [{cpu: '4000m'}, /got "4000m"/],
  [{cpu: 'NaN'}, /got "NaN"/],
  [{cpu: ''}, /got ""/],
  [{cpu: '0x10'}, /got "0x10"/],
  [{cpu: 'Infinity'}, /got "Infinity"/],
  [{memory: '1.5'}, /expected memory_mib as a whole number/],
  [{memory: '16Gi'}, /got "16Gi"/],
  [{gpus: '-1'}, /expected num_gpu/],
  [{milli: '1001'}, /expected gpu_milli as a whole number from 0 to 1000, got "1001"/],
  [{milli: '0'}, /expected gpu_milli from 1, as num_gpu is above 0/],
  [{gpus: '0'}, /expected num_gpu from 1, as gpu_milli is above 0/],
  [{qos: 'very good'}, /expected qos as a word, got "very good"/],
  [{created: '2023-01-01'}, /expected creation_time as a number/],
  [{deleted: '50'}, /it ends before it begins, got "50"/],
  [{name: ''}, /expected a name/],
  [{name: 'Pod_1'}, /expected a name that a pod may have, got "Pod_1"/],
  [{name: 'a'}, /a second pod of its name, got "a"/],
  [{scheduled: '1,2,3'}, /expected 11 cells, got "13 cells"/],
  [{cpu: '9'.repeat(70_000)}, /expected a line of at most 65536 characters/],
];

for (const [change, message] of broken) {
  const [[column, value]] = Object.entries(change);
  test(`a row with ${column} "${value.slice(0, 20)}" is skipped, told and counted`, () => {
    const text = openb(row('a'), row('b', change), row('c'));
    const {rows, report} = rowsOf('openb', text);
    assert.equal(namesOf(rows), ['a', 'c']);
    assert.equal([report.read, report.used, report.skipped.length], [3, 2, 1]);
    const [{rows: count, first}] = report.skipped;
    assert.is(count, 1);
    assert.is(first[0].line, 3);
    assert.match(first[0].message, message);
  });
}

test('a file cut off in the middle of a row loses that row', () => {
  const text = openb(row('a'), row('b')).slice(0, -20);
  assert.equal(namesOf(rowsOf('openb', text).rows), ['a']);
});

test('of a thousand rows with the same mistake three are told, and all are counted', () => {
  const rows = Array.from({length: 1000}, (_, i) => row(`p-${i}`, {cpu: `-${i + 1}`}));
  const {report} = rowsOf('openb', openb(...rows));
  assert.equal(
    report.skipped.map(({rows: count, first}) => [count, first.map(({line}) => line)]),
    [[1000, [2, 3, 4]]],
  );
});

test('missing and doubled columns are mistakes, all told at once', () => {
  const {read, mistakes} = readText('openb', 'name,name,cpu_mili,memory_mib,num_gpu\na,a,1,1,1\n');
  assert.is(read, undefined);
  assert.equal(mistakes, [
    'no column "cpu_milli"; did you mean cpu_mili?',
    'no column "gpu_milli"; did you mean cpu_mili?',
    'a second column "name"',
  ]);
  assert.match(readText('openb', '').mistakes.join(), /got an empty file/);
});

test('quotes, line feeds of Windows, blank lines and a byte order mark are understood', () => {
  const quoted = row('"a"').replaceAll('4000', ' "4000" ');
  const text = `\ufeff${openb(quoted, '', row('b'))}`.replaceAll('\n', '\r\n');
  const {rows, report} = rowsOf('openb', text);
  assert.equal(namesOf(rows), ['a', 'b']);
  assert.equal(report, {read: 2, used: 2, skipped: []});
});

test('only the first rows are read where only so many are wanted', () => {
  const rows = Array.from({length: 50}, (_, i) => row(`p-${i}`));
  const {read} = readText('openb', openb(...rows), {first: 3, piece: 5});
  assert.equal([read?.rows.length, read?.report.read], [3, 3]);
});

test('whatever a row holds, it is used or told; and pieces make no difference', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', '"', '1', '-1', 'NaN', '1e999', '\u0000', '"a,b"', '0.5', '🙂'),
    fc.string({maxLength: 5}),
    fc.integer().map(String),
  );
  const line = fc.oneof(
    fc.array(cell, {maxLength: 13}).map(cells => cells.join(',')),
    fc.integer({min: 0, max: 9}).map(number => row(`p-${number}`)),
  );
  const law = fc.property(fc.array(line, {maxLength: 30}), fc.nat({max: 40}), (lines, piece) => {
    const text = openb(...lines);
    const {rows, report} = rowsOf('openb', text);
    const skipped = report.skipped.reduce((sum, {rows: count}) => sum + count, 0);
    assert.is(report.read, report.used + skipped);
    assert.equal([rows.length, rows.pods, namesOf(rows).length], Array(3).fill(report.used));
    assert.equal(new Set(namesOf(rows)).size, rows.length);
    assert.equal(readText('openb', text, {piece: piece + 1}).read?.report, report);
  });
  fc.assert(law);
});

test.run();
