import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {DeploymentStatus} from '../../src/objects/workload-object.ts';
import {template} from './fake-world.ts';
import {rowsOf} from './over-seeds.ts';
import {type Play, played, type Stage} from './stage.ts';

const first: Play = {
  0: stage => {
    stage.declare(2);
    stage.create('one');
    stage.create('two');
  },
  5: stage => stage.ready('one', 'two'),
  6: stage => progress(stage, 'NewReplicaSetAvailable'),
};

const second: Play = {
  ...first,
  20: stage => {
    stage.under('deployment/shop', 'set-image', 'operation');
    renew(stage, 200);
    progress(stage, 'ReplicaSetUpdated');
  },
  21: stage => stage.create('three'),
  22: stage => stage.terminate('one'),
};

test('a rollout says how long it took, what was left, and what there was too much', () => {
  const rows = rollouts({
    ...second,
    30: stage => stage.ready('three'),
    40: stage => progress(stage, 'NewReplicaSetAvailable'),
  });
  const of = {kind: 'Deployment', namespace: 'default', name: 'shop'};
  assert.equal(rows, [
    {
      ...{...of, revision: '1', started: '0.000000', completed: '6.000000', duration: '6.000000'},
      ...{min_available: '0', max_surge_used: '0', outcome: 'completed', cause: ''},
    },
    {
      ...{...of, revision: '1', started: '20.000000', completed: '40.000000'},
      ...{duration: '20.000000', min_available: '1', max_surge_used: '1'},
      ...{outcome: 'completed', cause: 'set-image deployment/shop'},
    },
  ]);
});

test('the least that was available is what really ran', () => {
  const [, row] = rollouts({
    ...second,
    25: stage => stage.break('two'),
    26: stage => stage.mend('two'),
  });
  assert.is(row.min_available, '0');
});

const endings: readonly [outcome: string, Play][] = [
  ['open', {}],
  ['stalled', {50: stage => progress(stage, 'ProgressDeadlineExceeded')}],
  ['superseded', {50: stage => renew(stage, 300)}],
  ['deleted', {50: stage => remove(stage)}],
  [
    'completed',
    {
      50: stage => progress(stage, 'ProgressDeadlineExceeded'),
      60: stage => progress(stage, 'NewReplicaSetAvailable'),
    },
  ],
];

for (const [outcome, play] of endings) {
  test(`a rollout may end ${outcome}`, () => {
    assert.is(rollouts({...second, ...play})[1].outcome, outcome);
  });
}

function progress(stage: Stage, reason: NonNullable<DeploymentStatus['progressing']>['reason']) {
  const {workloads} = stage.world.store;
  const object = workloads.get(stage.deployment);
  if (object?.kind !== 'Deployment') throw new Error('no Deployment');
  const progressing = {reason, updatedAt: stage.now};
  const status = {...object.status, revision: 1, progressing};
  const {version} = object;
  stage.registry.perform({verb: 'update-status', workload: stage.deployment, version, status});
}

function renew(stage: Stage, cpu: number): void {
  const spec = {template: template(cpu, 0)};
  const change = {version: undefined, spec};
  stage.registry.perform({verb: 'update', workload: stage.deployment, ...change});
}

function remove(stage: Stage): void {
  const propagation = 'background';
  stage.registry.perform({verb: 'delete', workload: stage.deployment, propagation});
}

function rollouts(play: Play) {
  return rowsOf(played(play), 'rollouts.csv');
}

test.run();
