// Pods that want to be near other pods, or away from them: required terms filter, preferred ones
// score (kube-scheduler's InterPodAffinity).

import * as z from 'zod';
import {definePlugin} from '../framework.ts';
import {pluginArgs, wholeNumber} from './plugin-args.ts';
import {PodAffinityFilter} from './pod-affinity-filter.ts';
import {podAffinityHints} from './pod-affinity-hints.ts';
import {PodAffinityScore} from './pod-affinity-score.ts';
import {PodAffinityTerms} from './pod-affinity-terms.ts';
import {TopologyDomains} from './topology-domains.ts';

export const interPodAffinity = definePlugin({
  name: 'InterPodAffinity',
  options: pluginArgs('InterPodAffinityArgs', {
    hardPodAffinityWeight: wholeNumber(0, 100).default(1),
    ignorePreferredTermsOfExistingPods: z.boolean().default(false),
  }),

  create({cluster}, options) {
    const terms = new PodAffinityTerms();
    const topology = new TopologyDomains(cluster);
    const required = new PodAffinityFilter(cluster, terms, topology);
    const preferred = new PodAffinityScore(cluster, terms, {topology, options});

    return {
      preFilter(pod) {
        return required.prepare(pod);
      },
      addPod(pod, other, node) {
        required.update(pod, other, node, 1);
      },
      removePod(pod, other, node) {
        required.update(pod, other, node, -1);
      },
      filter(_pod, node) {
        return required.filter(node);
      },

      scoresNothing(pod) {
        return preferred.isIndifferent(pod);
      },
      preScore(pod) {
        return preferred.prepare(pod);
      },
      score(_pod, node) {
        return preferred.score(node);
      },
      normalizeScores(_pod, scores, nodes) {
        preferred.normalize(scores, nodes.length);
      },

      requeueOn: podAffinityHints(cluster, terms),
    };
  },
});
