// When a pod fits nowhere, looks for a node where evicting pods of lower priority would make room,
// and nominates it (kube-scheduler's DefaultPreemption). The scheduler carries the eviction out.

import type {PodInfo} from '../cache/pod-info.ts';
import {fitMessage} from '../fit-message.ts';
import type {FilterFailures, PostFilterResult, Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import {candidatesWanted, dryRunPreemption} from '../preemption/dry-run.ts';
import {ineligibility} from '../preemption/eligibility.ts';
import {pickOneNode} from '../preemption/pick-one-node.ts';
import {pluginArgs, wholeNumber} from './plugin-args.ts';

const underWay: Rejection = {
  code: 'unresolvable',
  reasons: ['waiting for the preemption for this pod to be finished'],
};
const noHelp = 'Preemption is not helpful for scheduling';

export const defaultPreemption = definePlugin({
  name: 'DefaultPreemption',
  options: pluginArgs('DefaultPreemptionArgs', {
    minCandidateNodesPercentage: wholeNumber(0, 100).default(10),
    minCandidateNodesAbsolute: wholeNumber(0, 2 ** 31 - 1).default(100),
  }).refine(
    ({minCandidateNodesPercentage, minCandidateNodesAbsolute}) =>
      minCandidateNodesPercentage > 0 || minCandidateNodesAbsolute > 0,
    {
      path: ['minCandidateNodesAbsolute'],
      error: 'expected a number above 0 here or in minCandidateNodesPercentage, got 0 in both',
    },
  ),

  create(handle, options) {
    const {cluster, clock} = handle;
    const offsets = handle.random('offset');

    function postFilter(pod: PodInfo, failures: FilterFailures): PostFilterResult {
      const reason = ineligibility(pod, failures, cluster);
      if (reason !== undefined) return refusal(reason, false);
      const nodes = cluster.nodes.filter(node => failures.get(node)?.code === 'unschedulable');
      const all = cluster.nodes.length;
      const unhelpful: [string, number][] =
        nodes.length < all ? [[noHelp, all - nodes.length]] : [];
      if (nodes.length === 0) return refusal(fitMessage(all, new Map(unhelpful)), true);
      const offset = offsets.integer(0, nodes.length - 1);
      const wanted = candidatesWanted(nodes.length, options);
      const {candidates, refused} = dryRunPreemption(handle, pod, {nodes, offset, wanted});
      const chosen = pickOneNode(candidates, clock.now);
      if (chosen === undefined) {
        return refusal(fitMessage(all, new Map([...refused, ...unhelpful])), true);
      }
      return {nominate: chosen.node, victims: chosen.victims};
    }

    // As SchedulerAsyncPreemption: on from 1.33.
    const asynchronous =
      handle.featureGates?.get('SchedulerAsyncPreemption') ?? handle.kubernetes >= 33;

    return {
      // The pod would find the room still taken, and look for more victims.
      preEnqueue: ({evictionsUnderWay}) =>
        asynchronous && evictionsUnderWay > 0 ? underWay : undefined,
      postFilter,
      // The pod is activated when its victims are gone; their deletion by itself changes nothing
      // for it.
      requeueOn: [{on: 'pod-deleted', hint: () => false}],
    };
  },
});

function refusal(reason: string, clearNomination: boolean): PostFilterResult {
  return {nominate: undefined, clearNomination, reasons: [`preemption: ${reason}`]};
}
