// Two well-known shops, as their authors publish them, come up. Their manifests are not ours to
// ship: $ORRERY_DATA/manifests.

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'manifests');

const shops: [name: string, file: string, deployments: number][] = [
  ['Online Boutique', 'online-boutique/release/kubernetes-manifests.yaml', 12],
  ['Sock Shop', 'sock-shop/complete-demo.yaml', 14],
];

const cluster = `apiVersion: orrery/v1
kind: Scenario
question: Does the shop open?
duration: 30m
cluster: {nodes: [{name: n, count: 10, allocatable: {cpu: 8, memory: 32Gi}}]}
`;

if (process.env.ORRERY_DATA === undefined || !existsSync(folder)) {
  console.log('skipped: real manifests; set ORRERY_DATA to the folder of manifests');
} else {
  for (const [name, file, deployments] of shops) {
    test(`${name} runs, and then nothing happens any more`, async () => {
      const manifests = readFileSync(join(folder, file), 'utf8').replace(/^---\n/, '');
      const world = build(await scenarioOf(`${cluster}---\n${manifests}`), {
        plugins: [],
        replication: 0,
      });
      const {simulation, store, start} = world;
      start();
      simulation.run(minutes(30));
      const objects = [...store.workloads.all()].map(([, object]) => object);
      const rolled = objects.flatMap(each => (each.kind === 'Deployment' ? [each] : []));
      assert.is(rolled.length, deployments);
      for (const {spec, status} of rolled) assert.is(status.availableReplicas, spec.replicas);
      for (const pod of store.pods.all()) assert.is(store.pods.phase(pod), 'Running');
      assert.is(simulation.eventsPending, 0);
    });
  }
}

test.run();
