// A node's kube-proxy stops: the rules that it wrote stay in the kernel, and grow old.

import {defineNodeFault} from './node-fault.ts';

export const proxyStop = defineNodeFault({
  kind: 'proxy-stop',
  options: {},
  take: (node, _options, {machines}) => machines.withoutProxy.take(node),
  release: (node, _options, {machines}) => machines.withoutProxy.release(node),
});
