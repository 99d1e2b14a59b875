// What every scheduling plugin must do, whatever it decides: judge nodes without changing them,
// give whole scores in bounds, say truthfully what its answers read, undo what-ifs, answer every
// event.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import type {ClusterEvent} from '../../src/scheduler/cluster-event.ts';
import type {Plugin, PluginDefinition} from '../../src/scheduler/framework.ts';
import type {CaseWorld} from '../conformance/case-world.ts';
import {RandomAffinityCluster} from '../scheduler/plugins/random-affinity-cluster.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const seeds = 60;

export function pluginBattery(definition: PluginDefinition, args: object = {}): void {
  const says = (sentence: string, check: (trial: Trial) => void) =>
    test(`${definition.name}: ${sentence}`, () => {
      forEachSeed(seeds, seed => check(new Trial(seed, definition, args)));
    });

  says('asking twice gives the same answers and changes no node', trial => {
    const before = trial.nodesNow();
    assert.equal(trial.answers(), trial.answers());
    assert.equal(trial.nodesNow(), before);
  });

  says('two instances do not disturb one another', trial => {
    const alone = trial.answers();
    const other = trial.create();
    other.preFilter?.(trial.otherPod);
    other.preScore?.(trial.otherPod, trial.nodes);
    assert.equal(trial.answers(), alone);
  });

  says('scores are whole and from 0 to 100 in the end', trial => {
    for (const score of trial.scores()) {
      assert.ok(Number.isInteger(score) && score >= 0 && score <= 100, `${score}`);
    }
  });

  says('an answer that reads its node alone does not change with other nodes', trial => {
    const {reads} = trial.plugin;
    const filtered = trial.filterFirst();
    const scored = trial.scoreFirst();
    trial.crowdOthers();
    if (reads?.filter === 'node') assert.equal(trial.filterFirst(), filtered);
    if (reads?.score !== undefined) assert.equal(trial.scoreFirst(), scored);
  });

  says('a what-if that is taken back leaves no trace', trial => {
    const {plugin, pod, otherPod, nodes} = trial;
    if (plugin.preFilter?.(pod) === 'skip') return;
    const before = nodes.map(node => plugin.filter?.(pod, node));
    plugin.addPod?.(pod, otherPod, nodes[0]);
    plugin.removePod?.(pod, otherPod, nodes[0]);
    assert.equal(
      nodes.map(node => plugin.filter?.(pod, node)),
      before,
    );
  });

  says('each hint has an answer to each event', trial => {
    for (const event of trial.events()) {
      for (const {on, hint} of trial.plugin.requeueOn ?? []) {
        if (on !== event.kind || hint === undefined) continue;
        assert.type(hint(trial.pod, event), 'boolean');
      }
    }
  });
}

class Trial {
  readonly plugin: Plugin;
  readonly pod: PodInfo;
  readonly otherPod: PodInfo;
  readonly nodes: readonly NodeInfo[];
  readonly #world: CaseWorld;
  readonly #definition: PluginDefinition;
  readonly #args: object;

  constructor(seed: number, definition: PluginDefinition, args: object) {
    const random = new RandomAffinityCluster(seed);
    this.#world = random.world;
    this.#definition = definition;
    this.#args = args;
    this.nodes = random.world.cache.nodes;
    this.pod = random.world.pod(random.pod());
    this.otherPod = random.world.pod(random.pod());
    this.plugin = this.create();
  }

  create(): Plugin {
    const {options} = this.#definition;
    return this.#definition.create(this.#world.handle, options?.parse(this.#args));
  }

  answers() {
    const outcome = this.plugin.preFilter?.(this.pod);
    const filtered =
      outcome === 'skip' ? [] : this.nodes.map(node => this.plugin.filter?.(this.pod, node));
    return {outcome, filtered, scores: this.scores()};
  }

  scores(): number[] {
    const {plugin, pod, nodes} = this;
    if (plugin.preScore?.(pod, nodes) === 'skip') return [];
    const scores = nodes.map(node => plugin.score?.(pod, node) ?? 0);
    assert.ok(scores.every(Number.isInteger));
    const whole = Int32Array.from(scores);
    plugin.normalizeScores?.(pod, whole, nodes);
    return [...whole];
  }

  filterFirst() {
    if (this.plugin.preFilter?.(this.pod) === 'skip') return undefined;
    return this.plugin.filter?.(this.pod, this.nodes[0]);
  }

  scoreFirst() {
    if (this.plugin.preScore?.(this.pod, this.nodes) === 'skip') return undefined;
    return this.plugin.score?.(this.pod, this.nodes[0]);
  }

  crowdOthers(): void {
    for (const node of this.nodes.slice(1)) {
      const {shape, priority} = this.otherPod;
      const guest = this.#world.pod({});
      guest.shape = shape;
      guest.priority = priority;
      this.#world.cache.addPod(guest, node);
    }
  }

  nodesNow() {
    return this.nodes.map(node => ({
      pods: [...node.pods],
      cpu: node.requestedCpuMillicores,
      memory: node.requestedMemoryBytes,
      object: node.object,
    }));
  }

  events(): ClusterEvent[] {
    const [node] = this.nodes;
    const {pod, otherPod} = this;
    const before = node.object;
    return [
      {kind: 'node-added', node},
      {kind: 'node-deleted', node},
      {kind: 'node-labels-changed', node, before},
      {kind: 'node-taints-changed', node, before},
      {kind: 'node-allocatable-changed', node, before},
      {kind: 'pod-assigned', pod: otherPod},
      {kind: 'pod-deleted', pod: otherPod},
      {kind: 'pod-labels-changed', pod: otherPod, before: new Map()},
      {kind: 'pod-scaled-down', pod: otherPod, before: otherPod.shape.requests},
      {kind: 'pod-tolerations-changed', pod},
      {kind: 'pod-gates-eliminated', pod},
      {kind: 'pod-updated', pod},
    ];
  }
}
