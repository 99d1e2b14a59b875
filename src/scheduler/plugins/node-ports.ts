// A host port can be taken once per node, protocol and address (kube-scheduler's NodePorts).

import type {ContainerPort} from '../../objects/pod-spec.ts';
import {portsConflict} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';

const taken: Rejection = {
  code: 'unschedulable',
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
};

export const nodePorts = definePlugin({
  name: 'NodePorts',
  create: () => ({
    reads: {filter: 'node'},

    preFilter({shape}) {
      return shape.hostPorts.length === 0 ? 'skip' : undefined;
    },

    filter({shape}, node) {
      for (const port of shape.hostPorts) if (node.portInUse(port)) return taken;
      return undefined;
    },

    requeueOn: [
      {on: 'node-added'},
      {
        on: 'pod-deleted',
        hint: (pod, event) =>
          event.kind === 'pod-deleted' && event.pod.node !== undefined && blocks(event.pod, pod),
      },
    ],
  }),
});

function blocks(holder: PodInfo, waiting: PodInfo): boolean {
  const conflicts = (wanted: ContainerPort) =>
    holder.shape.hostPorts.some(used => portsConflict(used, wanted));
  return waiting.shape.hostPorts.some(conflicts);
}
