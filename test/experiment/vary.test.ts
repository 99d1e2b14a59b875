// What `--vary` says, and what is wrong with it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {parseVaried} from '../../src/experiment/vary.ts';

test('values are parted at commas, but not within brackets, braces or quotes', () => {
  const {paths, problems} = parseVaried(['a.b[0]=1, [2,3],{x: {y: 1, z: 2}},"4,5",plain']);
  assert.equal(problems, []);
  assert.equal(paths, [
    {path: 'a.b[0]', values: ['1', '[2,3]', '{x: {y: 1, z: 2}}', '"4,5"', 'plain']},
  ]);
});

test('a value may hold equals signs', () => {
  assert.equal(parseVaried(['a=b=c']).paths, [{path: 'a', values: ['b=c']}]);
});

test('all mistakes are told, each with its option and a remedy', () => {
  const {problems} = parseVaried(['80,100', 'a=1,', 'seed=1,2', 'c=1', 'c=2']);
  assert.equal(
    problems.map(({file, message}) => `${file}: ${message}`),
    [
      '--vary 80,100: expected path=value,value, such as cluster.nodes[0].count=80,100',
      '--vary a=1,: an empty value; write null for none, and no comma at the end',
      '--vary seed=1,2: chance varies between replications: see --replications and --seed',
      '--vary c=2: c is varied twice',
    ],
  );
});

test.run();
