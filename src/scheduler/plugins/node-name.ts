// A pod that names its node may only go there (kube-scheduler's NodeName).

import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';

const otherNode: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match the requested node name"],
};

export const nodeName = definePlugin({
  name: 'NodeName',
  create: () => ({
    reads: {filter: 'object'},

    filter({shape}, node) {
      const wanted = shape.template.spec.nodeName;
      return wanted === undefined || wanted === node.name ? undefined : otherNode;
    },

    requeueOn: [{on: 'node-added'}],
  }),
});
