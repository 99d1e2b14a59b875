// The cases of TestMergePlugins (pkg/scheduler/apis/config/v1/default_plugins_test.go) and of the
// MultiPoint and score-weight tests of pkg/scheduler/framework/runtime/framework_test.go, v1.36,
// reduced to names: `a b:3` is a, and b with weight 3; `!a` disables a.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {
  expandPoint,
  mergeMultiPoint,
  type PluginEntry,
  type PluginLists,
} from '../../../src/scheduler/configuration/merge-plugins.ts';

function entries(text: string): PluginEntry[] {
  return words(text).map(word => {
    const [name, weight = '0'] = word.split(':');
    return {name, weight: Number(weight)};
  });
}

function lists(text: string): PluginLists {
  const all = words(text);
  return {
    enabled: entries(all.filter(word => !word.startsWith('!')).join(' ')),
    disabled: all.filter(word => word.startsWith('!')).map(word => word.slice(1)),
  };
}

const words = (text: string) => text.split(' ').filter(word => word !== '');
const shown = (list: readonly PluginEntry[]) =>
  list.map(({name, weight}) => (weight === 0 ? name : `${name}:${weight}`)).join(' ');

const merges: readonly [what: string, defaults: string, own: string, merged: string][] = [
  ['nothing of its own', 'a b', '', 'a b'],
  ['another one is appended', 'a b', 'c', 'a b c'],
  ['one is disabled', 'a b', '!a', 'b'],
  ['all are disabled', 'a b', '!*', ''],
  ['all are disabled and some chosen', 'a b c', 'd a !*', 'd a'],
  ['disabled and enabled again moves to the end', 'a b c', 'a !a', 'b c a'],
  ['a default is reconfigured in its place', 'a b:2 c', 'b:5', 'a b:5 c'],
  ['reconfigured without a weight loses the default one', 'a b:2 c', 'b', 'a b c'],
  ['several reconfigured keep the default order', 'a b c', 'c:3 d a:1', 'a:1 b c:3 d'],
  ['unknown to the defaults: disabling does nothing', 'a b', '!x', 'a b'],
];

for (const [what, defaults, own, merged] of merges) {
  test(`for all points: ${what}`, () => {
    assert.is(shown(mergeMultiPoint(entries(defaults), lists(own))), merged);
  });
}

// Here n* are plugins without the point.
const expansions: readonly [what: string, multiPoint: string, own: string, points: string][] = [
  ['only those that have it', 'a n1 b', '', 'a:1 b:1'],
  ['weights of MultiPoint count', 'a:3 b', '', 'a:3 b:1'],
  ['the weight at the point wins', 'a:3 b', 'a:5', 'a:5 b:1'],
  ['listed at the point without a weight is 1', 'a:3 b', 'a', 'a:1 b:1'],
  ['listed in both come first, in the order of the point', 'a b c d', 'd b', 'd:1 b:1 a:1 c:1'],
  ['only at the point come last', 'a b', 'x', 'a:1 b:1 x:1'],
  ['all three parts', 'a b c', 'x c y a', 'c:1 a:1 b:1 x:1 y:1'],
  ['disabled at the point', 'a b c', '!b', 'a:1 c:1'],
  ['disabled and enabled at the point comes last', 'a b c', 'b:4 !b', 'a:1 c:1 b:4'],
  ['all disabled at the point', 'a b c', '!*', ''],
  ['all disabled and some chosen', 'a b c', 'c x a !*', 'c:1 x:1 a:1'],
];

for (const [what, multiPoint, own, expected] of expansions) {
  test(`at one point: ${what}`, () => {
    const points = expandPoint('score', {
      own: lists(own),
      multiPoint: entries(multiPoint),
      has: name => !name.startsWith('n'),
    });
    assert.is(shown(points), expected);
  });
}

test.run();
