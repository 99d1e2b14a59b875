// A node is restarted: its kubelet may end its pods in good order first, then the machine is
// without power for a while.

import {duration} from '../options/duration.ts';
import {defineSuddenNodeFault} from './node-fault.ts';

export const nodeReboot = defineSuddenNodeFault({
  kind: 'node-reboot',
  options: {
    downtime: duration().default('30s').describe('without power; booting comes on top'),
  },
  take: (node, {downtime}, {reboots}) => reboots.reboot(node, downtime),
});
