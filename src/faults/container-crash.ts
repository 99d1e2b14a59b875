// Containers end at once with an exit code, as by a bug or a signal from outside.

import * as z from 'zod';
import {definePodFault} from './pod-fault.ts';

export const containerCrash = definePodFault({
  kind: 'container-crash',
  options: {
    container: z.string().optional().describe('its name; all of the pod unless written'),
    exitCode: z.int().min(0).max(255).default(1).describe('what it ends with'),
  },
  take: (pod, {container, exitCode}, containers) => containers.crash(pod, {container, exitCode}),
});
