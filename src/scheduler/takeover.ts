// What a scheduler loses when its process ends, and what the one that takes over begins with. It
// has watched all along, so it knows the cluster; but its queue is new, nothing is assumed, and of
// nominations it knows those that the API holds.

import type {Store} from '../objects/store.ts';
import type {Bindings} from './binding/bindings.ts';
import type {Evictions} from './binding/evictions.ts';
import type {SchedulerCache} from './cache/cache.ts';
import type {Informer} from './cache/informer.ts';
import type {Cycle} from './cycle/cycle.ts';
import type {QueuedPods} from './queue/queued-pods.ts';

export type TakeoverParts = {
  readonly store: Store;
  readonly cache: SchedulerCache;
  readonly informer: Informer;
  readonly bindings: Bindings;
  readonly evictions: Evictions;
  readonly pods: QueuedPods;
  readonly cycle: Cycle;
};

export function forgetAll({
  cache,
  informer,
  bindings,
  evictions,
  pods,
  cycle,
}: TakeoverParts): void {
  pods.stop();
  bindings.clear();
  evictions.clear();
  cycle.start = 0;
  for (const pod of informer.pods()) {
    pod.evictionsUnderWay = 0;
    cache.nominations.remove(pod);
    if (pod.node !== undefined && !pod.bound) cache.removePod(pod);
  }
}

/** In the order of their creation, as their siblings' first scheduler met them. */
export function takeUp({store, cache, informer, pods}: TakeoverParts): void {
  pods.resume();
  const waiting = informer
    .pods()
    .filter(({node, terminating, shape}) => {
      return node === undefined && !terminating && shape.template.spec.nodeName === undefined;
    })
    .sort((one, other) => store.pods.serial(one.id) - store.pods.serial(other.id));
  for (const pod of waiting) {
    const nominated = store.pods.nominatedNode(pod.id);
    pod.reportedNomination = nominated === undefined ? undefined : store.nodes.nameOf(nominated);
    if (pod.reportedNomination !== undefined) cache.nominations.add(pod, pod.reportedNomination);
    pods.podAdded(pod);
  }
}
