// Which changes of pods kubelets are told of. A real kubelet selects by `spec.nodeName`, so it
// hears of a pod from its binding on; what it reported itself is no news to it.

import type {PodChange} from '../objects/pods.ts';

export const watched: readonly PodChange[] = ['bound', 'terminating', 'deleted'];
