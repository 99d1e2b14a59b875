// A node's network link is cut: its pods run on, and nobody reaches them or hears of them. One way
// is enough to lose the control plane, for a connection needs both.

import type {Cut} from '../machines/partitions.ts';
import type {NodeId} from '../objects/ids.ts';
import {choiceOf} from '../options/choice.ts';
import {defineNodeFault} from './node-fault.ts';

const ways = {both: 'both', 'from-node': 'forth', 'to-node': 'back'} as const;

export const nodeUnreachable = defineNodeFault({
  kind: 'node-unreachable',
  options: {
    way: choiceOf(['both', 'from-node', 'to-node'])
      .default('both')
      .describe('what is lost: all, what it sends, or what is sent to it'),
  },
  take: (node, {way}, {partitions}) => partitions.cut(cutOff(node, way)),
  release: (node, {way}, {partitions}) => partitions.heal(cutOff(node, way)),
});

function cutOff(node: NodeId, way: keyof typeof ways = 'both'): Cut {
  return {from: {nodes: [node], masters: []}, to: undefined, way: ways[way]};
}
