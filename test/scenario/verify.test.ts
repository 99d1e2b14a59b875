// Holding a run against the specification finds a strategy that says of itself what is not so.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {build} from '../../src/scenario/build.ts';
import {firstDoubt} from '../../src/scenario/verify.ts';
import {definePlugin} from '../../src/scheduler/framework.ts';
import {busyScenario} from '../support/busy-scenario.ts';
import {configurationOf} from '../support/profile-over.ts';

/** Its scores change with the clock, though it claims to read nothing but the node. */
const liar = definePlugin({
  name: 'Liar',
  create: ({clock}) => ({
    reads: {score: 'node'},
    score: (_pod, {position}) => Math.floor(clock.now / 1e6 + position * 17) % 100,
  }),
});

test('a run that keeps answers rightly leaves no doubt', async () => {
  assert.is(firstDoubt(await busyScenario(3), {}), undefined);
});

test('a strategy that reads more than it declares is found at its first wrong decision', async () => {
  const scenario = await busyScenario(3);
  const configuration = configurationOf(undefined, [liar]);
  const doubted = {...scenario, scheduler: {...scenario.scheduler, configuration}};
  const doubt = firstDoubt(doubted, {plugins: [liar]});
  assert.match(doubt?.left?.kind ?? '', /pod-bound/);
  assert.is.not(doubt?.left?.b, doubt?.right?.b);
  const world = build(doubted, {plugins: [liar], replication: 0});
  world.start();
  world.simulation.run(scenario.duration, {maxEvents: doubt?.index ?? 0});
  assert.ok(world.simulation.now <= (doubt?.time ?? 0));
});

test.run();
