// PodTopologySpread and InterPodAffinity keep counters; these laws hold them to a count of all
// pods, before and after pods come, go, end and move, and through what-if changes and back.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';
import type {Plugin} from '../../../src/scheduler/framework.ts';
import type {CaseWorld} from '../../conformance/case-world.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import * as naiveAffinity from './naive-affinity.ts';
import * as naiveSpread from './naive-spread.ts';
import {RandomAffinityCluster} from './random-affinity-cluster.ts';
import {codeOf} from './small-cluster.ts';

type Naive = {
  readonly name: string;
  readonly verdicts: (pod: PodInfo, world: CaseWorld) => string[];
  readonly scores: (pod: PodInfo, world: CaseWorld) => number[];
};

const naives: readonly Naive[] = [
  {
    name: 'PodTopologySpread',
    verdicts: (pod, {cache: {nodes}}) =>
      nodes.map(node => naiveSpread.naiveVerdict(pod, node, nodes)),
    scores: (pod, {cache: {nodes}}) => naiveSpread.naiveScores(pod, nodes),
  },
  {
    name: 'InterPodAffinity',
    verdicts: (pod, {cache}) =>
      cache.nodes.map(node => naiveAffinity.naiveVerdict(pod, node, cache)),
    scores: (pod, {cache}) => naiveAffinity.naiveScores(pod, cache),
  },
];

for (const naive of naives) {
  test(`${naive.name} filters and scores as a count of all pods would`, () => {
    forEachSeed(300, seed => {
      const random = new RandomAffinityCluster(seed);
      const {world} = random;
      const plugin = world.plugin(naive.name);
      for (let attempt = 0; attempt < 4; attempt++) {
        const pod = world.pod(random.pod());
        assert.equal(verdictsOf(plugin, pod, world), naive.verdicts(pod, world), 'filter');
        assert.equal(scoresOf(plugin, pod, world), naive.scores(pod, world), 'score');
        disturb(world, pod, seed + attempt);
      }
    });
  });

  test(`what ${naive.name} is told of what-if changes equals a fresh look, and undoes exactly`, () => {
    forEachSeed(300, seed => {
      const random = new RandomAffinityCluster(seed);
      const {world} = random;
      const plugin = world.plugin(naive.name);
      const pod = world.pod(random.pod());
      if (plugin.preFilter?.(pod) === 'skip') return;
      world.filtering = [plugin];
      const before = filterAll(plugin, pod, world);
      for (const node of world.cache.nodes) {
        const gone = node.pods.filter(other => !other.terminating);
        for (const other of gone) world.handle.removePod(pod, other, node);
        assert.equal(filterAll(plugin, pod, world), naive.verdicts(pod, world), 'removed');
        for (const other of gone) world.handle.addPod(pod, other, node);
        const guest = world.pod(random.pod());
        world.handle.addPod(pod, guest, node);
        assert.equal(filterAll(plugin, pod, world), naive.verdicts(pod, world), 'added');
        world.handle.removePod(pod, guest, node);
        assert.equal(filterAll(plugin, pod, world), before, 'undone');
      }
    });
  });
}

// Places the pod, ends or relabels something: counters must follow.
function disturb({cache}: CaseWorld, pod: PodInfo, by: number): void {
  const node = cache.nodes[by % cache.nodes.length];
  cache.addPod(pod, node);
  const [first] = node.pods;
  if (by % 3 === 0) cache.markTerminating(first);
  if (by % 3 === 1) cache.removePod(first);
  if (by % 4 !== 0) return;
  const labels = new Map([...node.object.labels, ['zone', `z${by % 5}`]]);
  cache.updateNode(node, {...node.object, labels});
}

function verdictsOf(plugin: Plugin, pod: PodInfo, world: CaseWorld): string[] {
  if (plugin.preFilter?.(pod) === 'skip') return world.cache.nodes.map(() => 'success');
  return filterAll(plugin, pod, world);
}

function filterAll(plugin: Plugin, pod: PodInfo, {cache}: CaseWorld): string[] {
  return cache.nodes.map(node => codeOf(plugin.filter?.(pod, node)));
}

function scoresOf(plugin: Plugin, pod: PodInfo, {cache: {nodes}}: CaseWorld): number[] {
  if (plugin.preScore?.(pod, nodes) === 'skip') return nodes.map(() => 0);
  const scores = Int32Array.from(nodes, node => plugin.score?.(pod, node) ?? 0);
  plugin.normalizeScores?.(pod, scores, nodes);
  return [...scores];
}

test.run();
