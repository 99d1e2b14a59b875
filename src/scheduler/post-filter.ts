// What the PostFilter plugins make of an attempt that found no node (RunPostFilterPlugins).

import type {PodInfo} from './cache/pod-info.ts';
import type {Attempt} from './cycle/attempt.ts';
import type {PostFilterResult} from './framework.ts';
import type {Profile} from './profile.ts';
import {type RefusedVerdict, refusedBecause} from './verdict.ts';

// The first plugin that nominates a node ends it. Where there are no nodes, or the attempt itself
// went wrong, there is nothing to ask.
export function refusedAfter(profile: Profile, pod: PodInfo, attempt: Attempt): RefusedVerdict {
  const {diagnosis} = attempt;
  let result: PostFilterResult | undefined;
  if (diagnosis !== undefined && diagnosis.nodeCount > 0 && !diagnosis.isError) {
    const rejections = diagnosis.rejections();
    for (const {plugin} of profile.plugins.postFilter) {
      result = plugin.postFilter?.(pod, rejections) ?? result;
      if (result?.nominate !== undefined) break;
    }
  }
  return refusedBecause(attempt, result, profile.pluginOrder);
}
