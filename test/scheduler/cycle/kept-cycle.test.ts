// The faster cycle makes the decisions of the plain one: the law that allows it to exist.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import type {PodId} from '../../../src/objects/ids.ts';
import {equalitySelector} from '../../../src/objects/labels.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import type {SchedulerCache} from '../../../src/scheduler/cache/cache.ts';
import {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';
import type {Attempt} from '../../../src/scheduler/cycle/attempt.ts';
import type {Cycle} from '../../../src/scheduler/cycle/cycle.ts';
import {KeptCycle} from '../../../src/scheduler/cycle/kept-cycle.ts';
import {PlainCycle} from '../../../src/scheduler/cycle/plain-cycle.ts';
import {strategies} from '../../../src/scheduler/plugins/strategies/index.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {labelsOf} from '../../support/pods-and-nodes.ts';
import {profileOver} from '../../support/profile-over.ts';
import {
  randomGpuNode,
  randomGpuTemplate,
  randomNode,
  randomTemplate,
} from '../../support/random-cluster.ts';

type Setting = {
  readonly nodes: number;
  readonly bare: boolean;
  readonly kubernetes: KubernetesMinor;
  readonly percentage: number;
  /** A ready-made profile, on nodes with devices. */
  readonly strategy?: string;
};

/** The same small history, told to one cycle; every decision and where it left the search. */
function history(seed: number, setting: Setting, Method: typeof PlainCycle | typeof KeptCycle) {
  const random = new RandomStream(`history/${seed}`);
  const {strategy} = setting;
  const {cache, profile} = profileOver(setting.kubernetes, [], strategy);
  const newNode = strategy === undefined ? randomNode : randomGpuNode;
  const newTemplate = strategy === undefined ? randomTemplate : randomGpuTemplate;
  const draws: string[] = [];
  const cycle = new Method(cache, {
    kubernetes: setting.kubernetes,
    percentageOfNodesToScore: setting.percentage,
    tieStream(pod, attempt) {
      draws.push(`${pod.name}/${attempt}`);
      return new RandomStream(`ties/${pod.name}/${attempt}`);
    },
  });
  const services = labelsOf({app: 'web'});
  cache.selectors.setService('default', 'web', services);
  const owner = {kind: 'ReplicaSet', namespace: 'default', name: 'db'};
  cache.selectors.setOwner(owner, equalitySelector(labelsOf({app: 'db'})));
  for (let i = 0; i < setting.nodes; i++) cache.addNode(newNode(random, `node-${i}`));
  const templates = Array.from({length: 12}, () => newTemplate(random, setting.bare));
  const placed: PodInfo[] = [];
  const told: string[] = [];
  for (let i = 0; i < 250; i++) {
    const priority = random.integer(0, 1) * 100;
    const shape = cache.shapes.of(random.choice(templates));
    const pod = new PodInfo(i as PodId, `pod-${i}`, shape, priority);
    const attempt = cycle.try(profile, pod, 1);
    told.push(tell(attempt, cycle));
    if (attempt.node !== undefined) {
      pod.devices = profile.chooseDevices(pod, attempt.node);
      told.push(`devices ${pod.devices}`);
      cache.nominations.remove(pod);
      cache.addPod(pod, attempt.node);
      placed.push(pod);
    }
    disturb({random, cache, placed, pod, newNode});
  }
  return {told, draws};
}

function tell({node, feasible, failed, scored, diagnosis}: Attempt, {start}: Cycle): string {
  const plugins = diagnosis === undefined ? '' : [...diagnosis.rejectedBy()].sort().join();
  const message = diagnosis?.message() ?? '';
  return [node?.name ?? '-', feasible, failed, scored, start, plugins, message].join(' ');
}

type Disturbance = {
  readonly random: RandomStream;
  readonly cache: SchedulerCache;
  readonly placed: PodInfo[];
  readonly pod: PodInfo;
  readonly newNode: typeof randomNode;
};

function disturb({random, cache, placed, pod, newNode}: Disturbance): void {
  const what = random.uniform();
  const nodes = cache.nodes;
  const node = nodes[random.integer(0, nodes.length - 1)];
  if (what < 0.35 && placed.length > 0) {
    const [gone] = placed.splice(random.integer(0, placed.length - 1), 1);
    cache.removePod(gone);
  } else if (what < 0.4) {
    cache.updateNode(node, {...newNode(random, node.name), name: node.name});
  } else if (what < 0.42) {
    cache.addNode(newNode(random, `late-${pod.id}`));
  } else if (what < 0.44 && node.pods.length === 0) {
    cache.removeNode(node);
  } else if (what < 0.46 && pod.node === undefined) {
    cache.nominations.add(pod, node.name);
  } else if (what < 0.48 && placed.length > 0) {
    cache.markTerminating(random.choice(placed));
  }
}

const settings: Setting[] = [
  {nodes: 30, bare: true, kubernetes: 36, percentage: 0},
  {nodes: 30, bare: false, kubernetes: 36, percentage: 0},
  {nodes: 30, bare: false, kubernetes: 34, percentage: 0},
  {nodes: 230, bare: true, kubernetes: 34, percentage: 0},
  {nodes: 230, bare: false, kubernetes: 36, percentage: 60},
  {nodes: 230, bare: false, kubernetes: 31, percentage: 0},
];

for (const setting of settings) {
  const {nodes, bare, kubernetes} = setting;
  const pods = bare ? 'bare pods' : 'pods of all sorts';
  test(`kept answers decide as the plain cycle does: ${nodes} nodes, ${pods}, 1.${kubernetes}`, () => {
    forEachSeed(15, seed => {
      const plain = history(seed, setting, PlainCycle);
      const kept = history(seed, setting, KeptCycle);
      assert.equal(kept, plain);
    });
  });
}

for (const strategy of strategies.keys()) {
  test(`kept answers decide as the plain cycle does under ${strategy}`, () => {
    forEachSeed(3, seed => {
      for (const [nodes, bare] of [
        [30, false],
        [120, true],
      ] as const) {
        const setting: Setting = {nodes, bare, kubernetes: 36, percentage: 0, strategy};
        assert.equal(history(seed, setting, KeptCycle), history(seed, setting, PlainCycle));
      }
    });
  });
}

test('the histories have ties, refusals by many plugins, and placed pods', () => {
  const {told, draws} = history(1, settings[2], PlainCycle);
  const text = told.join('\n');
  assert.ok(draws.length > 10, `${draws.length} ties`);
  for (const plugin of [
    'NodeResourcesFit',
    'NodeAffinity',
    'InterPodAffinity',
    'PodTopologySpread',
  ]) {
    assert.match(text, new RegExp(plugin));
  }
});

test.run();
