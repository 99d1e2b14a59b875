// A node loses power: whatever runs on it ends at once.

import {defineNodeFault} from './node-fault.ts';

export const nodeCrash = defineNodeFault({
  kind: 'node-crash',
  options: {},
  take: (node, _options, {machines}) => machines.withoutPower.take(node),
  release: (node, _options, {machines}) => machines.withoutPower.release(node),
});
