// Adds a pool of nodes: machines are switched on, their kubelets register them, and pods come once
// they are ready.

import {expandPool} from '../objects/pools.ts';
import {pool} from '../options/pool.ts';
import {define} from './define-operation.ts';

export const addNodes = define({
  do: 'add-nodes',
  options: {nodes: pool},
  targetOf: ({nodes: {name, count}}) => `${count} of pool ${name}`,
  perform({joiner}, {nodes}) {
    for (const node of expandPool(nodes)) joiner.join(node);
  },
});
