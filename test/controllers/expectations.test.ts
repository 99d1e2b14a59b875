// Against controller_utils.go (ControllerExpectations, UIDTrackingControllerExpectations).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Expectations} from '../../src/controllers/expectations.ts';
import {minutes} from '../../src/engine/time.ts';
import type {PodId, WorkloadId} from '../../src/objects/ids.ts';

const owner = 3 as WorkloadId;
const [one, two] = [1 as PodId, 2 as PodId];

test('creations are waited for one by one, and a failed one no longer', () => {
  const expectations = new Expectations();
  assert.ok(expectations.satisfied(owner, 0));
  expectations.expect(owner, 0, {creations: 2});
  expectations.creationSeen(owner);
  assert.not.ok(expectations.satisfied(owner, 0));
  expectations.creationSeen(owner);
  assert.ok(expectations.satisfied(owner, 0));
});

test('a deletion is the deletion of that pod, however often it is seen', () => {
  const expectations = new Expectations();
  expectations.expect(owner, 0, {deletions: [one, two]});
  expectations.deletionSeen(owner, one);
  expectations.deletionSeen(owner, one);
  assert.not.ok(expectations.satisfied(owner, 0));
  expectations.deletionSeen(owner, two);
  assert.ok(expectations.satisfied(owner, 0));
});

test('what is expected survives a restore', () => {
  const [expectations, fork] = [new Expectations(), new Expectations()];
  expectations.expect(owner, 0, {creations: 1});
  fork.restore(structuredClone(expectations.save()));
  assert.not.ok(fork.satisfied(owner, 0));
});

test('after five minutes the controller looks again', () => {
  const expectations = new Expectations();
  expectations.expect(owner, 0, {creations: 1});
  assert.not.ok(expectations.satisfied(owner, minutes(5)));
  assert.ok(expectations.satisfied(owner, minutes(5) + 1));
});

test.run();
