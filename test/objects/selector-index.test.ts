import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {SelectorIndex} from '../../src/objects/selector-index.ts';
import {labelsOf} from '../support/pods-and-nodes.ts';

const web = {namespace: 'shop', selector: labelsOf({app: 'web', tier: 'front'})};

function found(index: SelectorIndex<string>, labels: Record<string, string>, namespace = 'shop') {
  return [...index.candidates(namespace, labelsOf(labels))].sort();
}

test('whoever may select something is found by its first pair, or by its namespace', () => {
  const index = new SelectorIndex<string>();
  index.add('web', web);
  index.add('all', {namespace: 'shop', selector: labelsOf({})});
  index.add('other', {namespace: 'park', selector: web.selector});
  assert.equal(found(index, {app: 'web'}), ['all', 'web']);
  assert.equal(found(index, {tier: 'front'}), ['all']);
  assert.equal(found(index, {app: 'web'}, 'park'), ['other']);
});

test('what is taken out is not found', () => {
  const index = new SelectorIndex<string>();
  index.add('web', web);
  index.remove('web', web);
  assert.equal(found(index, {app: 'web'}), []);
});

test.run();
