// FirstFit: the first node in order on which the pod fits.

import {definePlugin} from '../../framework.ts';

export const firstFit = definePlugin({
  name: 'FirstFit',
  create: () => ({reads: {score: 'node'}, ties: 'first', score: () => 0}),
});
