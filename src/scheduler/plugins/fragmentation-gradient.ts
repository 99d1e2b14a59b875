// Prefers the node, and on it the device, whose fragmentation the pod adds least to, or lowers most
// (FGD: Weng et al., Beware of Fragmentation, USENIX ATC 2023, section 4): a hundred times the
// sigmoid of what is gained, in devices, cut to a whole number.

import {definePlugin} from '../framework.ts';
import {Gradient} from './gradient.ts';
import {pluginArgs} from './plugin-args.ts';

export const fragmentationGradient = definePlugin({
  name: 'FragmentationGradient',
  options: pluginArgs('FragmentationGradientArgs', {}),

  create({fragmentation}) {
    // Without a pod that asks for GPU there is nothing to be gained anywhere.
    if (fragmentation === undefined) {
      return {reads: {score: 'node'}, ties: 'first', score: () => 50};
    }
    const gradient = new Gradient(fragmentation);
    return {
      reads: {score: 'node'},
      ties: 'first',
      score: (pod, node) => gradient.score(pod.shape, node),
      chooseDevices: (pod, node) => gradient.devices(pod.shape, node),
    };
  },
});
