// Faults in containers: of which pods, at the moment when they strike.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hour} from '../../src/engine/time.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {decodePod} from '../../src/scenario/apply-manifests.ts';
import {faultWorld} from './world.ts';

/** Pods web-0 to web-5, of them one pending and one on each node, and one of another namespace. */
function played(fault: object): string[] {
  const world = faultWorld({nodes: 6, faults: [{at: '1m', ...fault}]});
  const {store, simulation, struck} = world;
  world.start();
  const template = (namespace: string, labels: object) =>
    decodePod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {name: 'x', namespace, labels},
      spec: {containers: [{name: 'main', image: 'a'}]},
    });
  const add = (name: string, node: number | undefined, labels: object, namespace = 'default') => {
    const pod = store.pods.create(
      {
        name,
        template: template(namespace, labels),
        priority: 0,
        lifetime: undefined,
        owner: undefined,
      },
      simulation.now,
    );
    if (node === undefined) return;
    store.pods.bind(pod, node as NodeId, simulation.now);
    store.pods.start(pod, simulation.now);
  };
  for (let i = 0; i < 5; i++) add(`web-${i}`, i, {app: i < 3 ? 'web' : 'api'});
  add('web-5', undefined, {app: 'web'});
  add('web-0', 0, {app: 'web'}, 'other');
  simulation.run(hour);
  return struck;
}

const crashed = (...pods: number[]) => pods.map(pod => `60 crash ${pod} all 1`);

test('pods by name, label, place, number and namespace', () => {
  const rows: [pod: object | string, number[]][] = [
    ['web-1', [1]],
    ['web-5', []],
    [{selector: 'app=web'}, [0, 1, 2]],
    [{selector: 'app=api', zone: 'b'}, [3]],
    [{zone: 'a'}, [0, 2, 4]],
    [{rack: 'r2'}, [1, 4]],
    [{selector: 'app=none'}, []],
  ];
  for (const [pod, expected] of rows) {
    assert.equal(played({kind: 'container-crash', pod}), crashed(...expected), JSON.stringify(pod));
  }
  assert.equal(played({kind: 'container-crash', pod: 'web-0', namespace: 'other'}), crashed(6));
  assert.is(played({kind: 'container-crash', pod: {zone: 'a', percent: 70}}).length, 2);
});

test('what is done to them', () => {
  const rows: [object, string][] = [
    [{kind: 'container-crash', container: 'main', exitCode: 137}, '60 crash 1 main 137'],
    [{kind: 'pod-hang'}, '60 hang 1 undefined'],
    [{kind: 'pod-hang', lasts: '3s'}, '60 hang 1 3000000'],
    [{kind: 'memory-leak', perMinute: '60Mi'}, '60 leak 1 1048576'],
  ];
  for (const [fault, expected] of rows) assert.equal(played({pod: 'web-1', ...fault}), [expected]);
});

test('again and again, each time whoever runs then', () => {
  const struck = played({kind: 'container-crash', pod: {count: 1, zone: 'a'}, every: '1m'});
  assert.is(struck.length, 60);
  const pods = new Set(struck.map(text => Number(text.split(' ')[2]) as PodId));
  assert.equal([...pods].sort(), [0, 2, 4]);
});

test.run();
