// A node's kubelet stops: containers run on, and nobody starts, probes or reports any.

import {defineNodeFault} from './node-fault.ts';

export const kubeletStop = defineNodeFault({
  kind: 'kubelet-stop',
  options: {},
  take: (node, _options, {machines}) => machines.withoutKubelet.take(node),
  release: (node, _options, {machines}) => machines.withoutKubelet.release(node),
});
