// Spreads pods that match a selector evenly over zones, hosts or any topology: hard constraints
// filter, soft ones score (kube-scheduler's PodTopologySpread).

import {definePlugin} from '../framework.ts';
import {comparisonOperators} from './comparison-operators.ts';
import {HardSpread} from './hard-spread.ts';
import {podTopologySpreadArgs, spreadDefaults} from './pod-topology-spread-args.ts';
import {SoftSpread} from './soft-spread.ts';
import {PodSpreadConstraints} from './spread-constraints.ts';
import {spreadHints} from './spread-hints.ts';
import {TopologyDomains} from './topology-domains.ts';

export const podTopologySpread = definePlugin({
  name: 'PodTopologySpread',
  options: podTopologySpreadArgs,

  create(handle, options) {
    const {cluster} = handle;
    const comparing = comparisonOperators(handle);
    const constraints = new PodSpreadConstraints(cluster, spreadDefaults(options));
    const topology = new TopologyDomains(cluster);
    const hard = new HardSpread(cluster, topology, comparing);
    const soft = new SoftSpread(cluster, topology, comparing);

    return {
      preFilter(pod) {
        return hard.prepare(pod, constraints.of(pod).hard);
      },

      addPod(pod, other, node) {
        hard.update(pod, other, node, 1);
      },
      removePod(pod, other, node) {
        hard.update(pod, other, node, -1);
      },

      filter(_pod, node) {
        return hard.filter(node);
      },

      scoresNothing(pod) {
        return constraints.of(pod).soft.length === 0;
      },
      preScore(pod, nodes) {
        return soft.prepare(pod, constraints.of(pod), nodes);
      },
      score(_pod, node) {
        return soft.score(node);
      },
      normalizeScores(_pod, scores, nodes) {
        soft.normalize(scores, nodes.length);
      },

      requeueOn: spreadHints(pod => constraints.of(pod).hard),
    };
  },
});
