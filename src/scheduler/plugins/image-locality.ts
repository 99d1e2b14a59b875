// Prefers nodes that already have the pod's images, the larger the better; an image that few nodes
// have counts for less, so that pods do not pile up there (kube-scheduler's ImageLocality).

import type {PodShape} from '../cache/pod-shape.ts';
import {definePlugin} from '../framework.ts';

const mebibyte = 1024 * 1024;
const smallest = 23 * mebibyte;
const largestPerContainer = 1000 * mebibyte;

export const imageLocality = definePlugin({
  name: 'ImageLocality',

  create({cluster}) {
    let total = 0;
    let largest = 0;
    let nodesWith: Int32Array = new Int32Array(0);

    function prepare({images, containerCount}: PodShape): boolean {
      total = cluster.nodes.length;
      largest = largestPerContainer * containerCount;
      if (nodesWith.length < images.length) nodesWith = new Int32Array(images.length);
      let present = false;
      for (let i = 0; i < images.length; i++) {
        nodesWith[i] = cluster.nodesWithImage(images[i]);
        if (nodesWith[i] > 0) present = true;
      }
      return present;
    }

    return {
      reads: {score: 'nodes'},

      // The real plugin would give 0 to every node.
      preScore({shape}) {
        return prepare(shape) ? undefined : 'skip';
      },

      score({shape}, {imageSizes}) {
        if (imageSizes.size === 0) return 0;
        const {images} = shape;
        let sum = 0;
        for (let i = 0; i < images.length; i++) {
          const size = imageSizes.get(images[i]);
          // As scaledImageScore: the spread is divided first, then cut down to whole bytes.
          if (size !== undefined) sum += Math.floor(size * (nodesWith[i] / total));
        }
        if (sum <= smallest) return 0;
        return Math.floor((100 * (Math.min(sum, largest) - smallest)) / (largest - smallest));
      },
    };
  },
});
