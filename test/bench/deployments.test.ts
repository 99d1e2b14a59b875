// The Deployments whose cost is measured can be read, and a scenario can name their file.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {manifestOf, withManifest} from '../../bench/deployments.ts';
import {readManifests} from '../../src/manifests/read.ts';

test('as many Deployments are written as are wanted, without a complaint', () => {
  const text = manifestOf({count: 3, replicas: 50});
  const {objects, problems} = readManifests(text, {file: 'deployments.yaml'});
  assert.equal(problems, []);
  assert.is(objects.length, 3);
  assert.is(text.match(/replicas: 50/g)?.length, 3);
});

test('a scenario names the manifest that lies beside it', () => {
  const text = withManifest('name: failing\n\n', 'deployments.yaml');
  assert.is(text, 'name: failing\nmanifests: [{file: deployments.yaml}]\n');
});

test.run();
