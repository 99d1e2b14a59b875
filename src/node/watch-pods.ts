// How kubelets hear of their pods. A real kubelet selects by `spec.nodeName`, so it hears of a pod
// from its binding on; what it reported itself is no news to it.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {Watch} from '../objects/watch.ts';

export type PodListener = {
  readonly bound: (pod: PodId, node: NodeId) => void;
  readonly terminating: (pod: PodId) => void;
  readonly deleted: (pod: PodId) => void;
};

/** `delay` is from a change's being stored to the kubelets' learning of it. */
export function watchPods(
  {simulation, store, delay}: {simulation: Simulation; store: Store; delay: Time},
  listener: PodListener,
): void {
  const {log} = store.pods;
  new Watch(simulation, log, {
    name: 'kubelet.pods',
    delay,
    kinds: ['bound', 'terminating', 'deleted'],
    changed: row => {
      const pod = log.id(row) as PodId;
      const kind = log.kind(row);
      if (kind === 'bound') listener.bound(pod, log.operand(row) as NodeId);
      else if (kind === 'terminating') listener.terminating(pod);
      else if (kind === 'deleted') listener.deleted(pod);
    },
  });
}
