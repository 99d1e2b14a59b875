// What the API server's answers mean to the scheduler.

import type {ApiReplies} from '../../objects/api-client.ts';
import type {PodId} from '../../objects/ids.ts';
import type {Bindings} from './bindings.ts';
import type {Evictions} from './evictions.ts';

export function repliesTo(asking: {
  readonly bindings: Bindings;
  readonly evictions: Evictions;
}): ApiReplies {
  return {
    podBound: (pod, outcome) => asking.bindings.answered(pod, outcome),
    answered: (victim, outcome) => {
      if (outcome === 'unavailable') asking.evictions.failed(victim as PodId);
    },
  };
}
