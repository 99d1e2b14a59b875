// Adds a pool of nodes: machines are switched on, their kubelets register them, and pods come once
// they are ready.

import type {Time} from '../engine/time.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {expandPool} from '../objects/pools.ts';
import {pool} from '../options/pool.ts';
import {define} from './define-operation.ts';

export const addNodes = define({
  do: 'add-nodes',
  options: {nodes: pool},
  targetOf: ({nodes: {name, count}}) => `${count} of pool ${name}`,
  perform({api, now}, {nodes}) {
    for (const node of expandPool(nodes)) {
      api.writeNode({verb: 'create', node: notYetReady(node, now)});
    }
  },
});

// As a kubelet registers its node, and the admission plugin TaintNodesByCondition adds the taint;
// the node lifecycle controller takes it off.
function notYetReady(node: NodeObject, now: Time): NodeObject {
  const taint = {key: 'node.kubernetes.io/not-ready', value: '', effect: 'NoSchedule'};
  return {
    ...node,
    taints: [...node.taints, taint],
    conditions: {
      ...node.conditions,
      ready: 'False',
      readyReason: 'KubeletNotReady',
      readySince: now,
    },
  };
}
