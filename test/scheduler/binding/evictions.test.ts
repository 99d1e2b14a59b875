// What becomes of a preemption whose victims the API server could not be asked to delete.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {SchedulerWorld} from '../../support/scheduler-world.ts';

const whole = {cpuMillicores: 4000};

test('who counted on a victim that could not be deleted is tried again, and takes it then', () => {
  const world = new SchedulerWorld({kubelet: true});
  world.pod('low', {...whole, priority: 1});
  const high = world.at(seconds(10)).pod('high', {...whole, priority: 9});
  // Asked for and not stored: one watch, one cycle, and not the whole of a write.
  world.at(seconds(10.006));
  const {evictions, informer} = world.scheduler;
  assert.is(informer.pod(high)?.evictionsUnderWay, 1);
  const low = [...world.store.pods.all()][0];
  evictions.failed(low);
  assert.is(informer.pod(high)?.evictionsUnderWay, 0);
  assert.is(world.at(seconds(60)).nodeOf(high), 'node-0');
  assert.is(world.said.filter(line => line.includes('refused high')).length, 2);
});

test.run();
