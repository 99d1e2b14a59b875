// What a balancer believes, worked out without a check being played, against every check played:
// kubernetes-network.md, §7.3.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {RandomStream} from '../../../src/engine/random.ts';
import {Simulation} from '../../../src/engine/simulation.ts';
import {
  type CheckedTarget,
  type Condition,
  changeBelief,
  changeCondition,
  type TargetCheck,
} from '../../../src/network/load-balancer/target-health.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

const end = 400;

type Change = {readonly at: number; readonly condition: Condition};

function someChanges(stream: RandomStream): Change[] {
  const conditions: readonly Condition[] = ['answers', 'fails', 'silent'];
  const changes: Change[] = [];
  for (let at = stream.integer(1, 30); at < end; at += stream.integer(1, 40)) {
    changes.push({at, condition: stream.choice(conditions)});
  }
  return changes;
}

function someCheck(stream: RandomStream): TargetCheck {
  const interval = stream.integer(1, 10);
  return {
    ...{interval, timeout: stream.integer(0, interval), announced: false},
    ...{healthyThreshold: stream.integer(1, 4), unhealthyThreshold: stream.integer(1, 4)},
  };
}

/** When the belief changes, check by check; a failure in silence is told after the timeout. */
function played(check: TargetCheck, phase: number, changes: readonly Change[]): number[] {
  const turns: number[] = [];
  let [healthy, streak, condition]: [boolean, number, Condition] = [true, 0, 'answers'];
  let due = Infinity;
  const pending = [...changes];
  for (let now = 0; now < end; now++) {
    if (pending[0]?.at === now) {
      const next = pending.shift()?.condition ?? 'answers';
      if (next !== condition && due !== Infinity) {
        // What was about to be told is not: the target is another now.
        streak = (healthy ? check.unhealthyThreshold : check.healthyThreshold) - 1;
        due = Infinity;
      }
      condition = next;
    }
    const contrary = healthy !== (condition === 'answers');
    if ((now - phase) % check.interval === 0 && now >= phase && due === Infinity) {
      streak = contrary ? streak + 1 : 0;
      const wanted = healthy ? check.unhealthyThreshold : check.healthyThreshold;
      if (streak === wanted) due = now + (condition === 'silent' ? check.timeout : 0);
    }
    if (due !== now) continue;
    healthy = !healthy;
    [streak, due] = [0, Infinity];
    turns.push(now);
  }
  return turns;
}

function workedOut(check: TargetCheck, phase: number, changes: readonly Change[]): number[] {
  const target: CheckedTarget = {
    ...{healthy: true, condition: 'answers', since: 0, streak: 0, phase},
  };
  const turns: number[] = [];
  let due: number | undefined;
  const turnBefore = (until: number): void => {
    if (due === undefined || due >= until) return;
    changeBelief(target, due);
    turns.push(due);
    due = undefined;
  };
  for (const {at, condition} of changes) {
    turnBefore(at);
    if (condition === target.condition) continue;
    due = changeCondition(target, check, {condition, now: at});
  }
  turnBefore(end);
  return turns;
}

test('beliefs change at the checks that change them, whatever happens to a target', () => {
  forEachSeed(500, seed => {
    const stream = new Simulation({seed}).random('changes');
    const check = someCheck(stream);
    const phase = stream.integer(0, check.interval - 1);
    const changes = someChanges(stream);
    assert.equal(workedOut(check, phase, changes), played(check, phase, changes));
  });
});

test('targets that tell of themselves are believed at once, but for their silence', () => {
  const check = {interval: 10, timeout: 0, healthyThreshold: 3, unhealthyThreshold: 3};
  const changes: Change[] = [
    {at: 12, condition: 'fails'},
    {at: 15, condition: 'answers'},
    {at: 21, condition: 'silent'},
  ];
  assert.equal(workedOut({...check, announced: true}, 4, changes), [12, 15, 44]);
});

test.run();
