// What a person may write in a scenario, and the one sentence each mistake gets.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import * as z from 'zod';
import {minute, second} from '../../src/engine/time.ts';
import {choiceOf} from '../../src/options/choice.ts';
import {distribution} from '../../src/options/distribution.ts';
import {duration} from '../../src/options/duration.ts';
import {quantity} from '../../src/options/quantity.ts';
import {selector} from '../../src/options/selector.ts';
import {target} from '../../src/options/target.ts';

function messages(type: z.ZodType, input: unknown): string[] {
  const result = type.safeParse(input);
  return result.success ? [] : result.error.issues.map(issue => issue.message);
}

test('durations are read to whole microseconds', () => {
  const cases: [string, number][] = [
    ['300us', 300],
    ['2s', 2 * second],
    ['0.1s', 100_000],
    ['1.5h', 90 * minute],
    ['1h30m', 90 * minute],
    ['7d', 7 * 24 * 60 * minute],
    ['0s', 0],
  ];
  for (const [text, time] of cases) assert.is(duration().parse(text), time, text);
});

test('a duration without a unit is refused and told which unit to write', () => {
  assert.equal(messages(duration(), 5), [
    'expected a duration such as 300us, 2s, 5m, 12h, got 5; write 5s for seconds',
  ]);
  for (const text of ['5', '5 m', 'm', '', '-3s', '1e3s', '5min', '1h 30m']) {
    assert.equal(messages(duration(), text), [
      `expected a duration such as 300us, 2s, 5m, 12h, got ${JSON.stringify(text)}`,
    ]);
  }
});

test('a duration outside its range names the bound', () => {
  assert.equal(messages(duration({from: second}), '3ms'), ['expected at least 1s, got "3ms"']);
  assert.equal(messages(duration({to: minute}), '2m'), ['expected at most 1m, got "2m"']);
});

test('a default is written as a person would, and described in the published schema', () => {
  const options = z.strictObject({tolerance: duration().default('10m').describe('how far apart')});
  assert.is(options.parse({}).tolerance, 10 * minute);
  const schema = JSON.parse(JSON.stringify(z.toJSONSchema(options, {io: 'input'})));
  assert.is(schema.properties.tolerance.default, '10m');
  assert.is(schema.properties.tolerance.title, 'duration');
  assert.is(schema.properties.tolerance.description, 'how far apart');
  assert.is(schema.required, undefined);
});

test('a default survives a description given first', () => {
  const options = z.object({gap: duration().describe('between two').default('1s')});
  assert.is(options.parse({}).gap, second);
});

test('a quantity in a scenario may be a number or a text, within its range', () => {
  assert.is(quantity({unit: 'milli'}).parse('0.1'), 100);
  assert.is(quantity().parse(4), 4);
  assert.equal(messages(quantity(), '-1Gi'), ['expected at least 0, got "-1Gi"']);
});

test('a constant stands for itself, of times and of numbers', () => {
  assert.equal(distribution().parse('5m'), {
    measure: 'duration',
    law: 'constant',
    value: 5 * minute,
  });
  assert.equal(distribution('number').parse(3), {measure: 'number', law: 'constant', value: 3});
});

test('every law of the vocabulary is read', () => {
  const cases: [object, object][] = [
    [{exponential: {mean: '1s'}}, {law: 'exponential', mean: second}],
    [{lognormal: {median: '1m', sigma: 1.9}}, {law: 'lognormal', median: minute, sigma: 1.9}],
    [{weibull: {shape: 0.48, scale: '1m'}}, {law: 'weibull', shape: 0.48, scale: minute}],
    [{normal: {mean: '1m', sd: '1s'}}, {law: 'normal', mean: minute, sd: second}],
    [{uniform: {from: '0s', to: '1s'}}, {law: 'uniform', from: 0, to: second}],
    [{erlang: {shape: 3, mean: '1s'}}, {law: 'erlang', shape: 3, mean: second}],
    [{gamma: {shape: 0.5, scale: '1s'}}, {law: 'gamma', shape: 0.5, scale: second}],
    [
      {pareto: {shape: 1.1, scale: '1s', max: '1m'}},
      {law: 'pareto', shape: 1.1, scale: second, max: minute},
    ],
    [
      {empirical: {values: ['1s', '1m']}},
      {law: 'empirical', values: [second, minute], weights: [1, 1]},
    ],
  ];
  for (const [text, law] of cases) {
    assert.equal(distribution().parse(text), {measure: 'duration', ...law});
  }
});

test('each mistake in a distribution is one sentence at its place', () => {
  const cases: [unknown, string, string][] = [
    [{exponental: {mean: '1s'}}, '', 'no distribution "exponental"; did you mean exponential?'],
    [{exponential: '1s'}, 'exponential', 'expected {mean}, got "1s"'],
    [
      {exponential: {mean: 5}},
      'exponential.mean',
      'expected a duration such as 300us, 2s, 5m, 12h, got 5',
    ],
    [{exponential: {median: '1s', mean: '1s'}}, 'exponential.median', 'unknown key "median"'],
    [{erlang: {shape: 1.5, mean: '1s'}}, 'erlang.shape', 'expected a whole number, got 1.5'],
    [{uniform: {from: '2s', to: '1s'}}, 'uniform.to', 'expected `to` at or above `from`'],
    [{empirical: {values: []}}, 'empirical.values', 'expected at least one, got none'],
    [
      {empirical: {values: ['1s'], weights: [0]}},
      'empirical.weights',
      'expected at least one weight',
    ],
    [7, '', 'expected a duration such as 300us, 2s, 5m, 12h, got 7; write 7s for seconds'],
    [{}, '', 'expected one distribution, got none'],
  ];
  for (const [input, path, message] of cases) {
    const issues = distribution().safeParse(input).error?.issues ?? [];
    assert.is(issues.length, 1, JSON.stringify(input));
    assert.is(issues[0].path.join('.'), path);
    assert.ok(issues[0].message.startsWith(message), issues[0].message);
  }
});

test('selectors are read as kubectl writes them and as the API does', () => {
  const expected = [
    {key: 'app', operator: 'In', values: ['web']},
    {key: 'tier', operator: 'NotIn', values: ['a', 'b']},
    {key: 'canary', operator: 'DoesNotExist', values: []},
    {key: 'zone', operator: 'Exists', values: []},
    {key: 'size', operator: 'NotIn', values: ['xl']},
  ];
  assert.equal(selector().parse('app=web, tier notin (a, b), !canary,zone,size!=xl'), expected);
  const map = {matchLabels: {app: 'web'}, matchExpressions: expected.slice(1)};
  assert.equal(selector().parse(map), expected);
  assert.equal(messages(selector(), 'app in web'), [
    'expected a requirement such as app=web, got "app in web"',
  ]);
  assert.equal(messages(selector(), 5).length, 1);
});

test('a target is a name, or those that a selector, zone, rack or pool picks', () => {
  assert.equal(target().parse('general-3'), {type: 'one', name: 'general-3'});
  const some = target().parse({zone: 'a', percent: 10});
  assert.equal(some.type === 'some' && some.amount, {percent: 10});
  assert.equal(messages(target(), {zome: 'a'}), [
    'unknown key "zome"; did you mean zone?; known: selector, zone, rack, pool, count, percent',
  ]);
  assert.equal(messages(target(), {zone: 'a', count: 1, percent: 10}).length, 1);
  assert.equal(messages(target(), {zone: 'a', count: 0}), [
    'expected a whole number from 1, got 0',
  ]);
  assert.equal(messages(target(), {}).length, 1);
});

test('a word outside a closed set names the set and the nearest', () => {
  assert.equal(messages(choiceOf(['batch', 'poisson', 'trace']), 'posson'), [
    'expected one of batch, poisson, trace, got "posson"; did you mean poisson?',
  ]);
});

test.run();
