// What a node costs an hour, as an annotation of its own says: of a pool by the scenario's `price`,
// of a real Node object where somebody wrote it.

import {readPrice} from '../options/price.ts';
import type {Labels} from './labels.ts';
import type {NodeObject} from './node-spec.ts';

const annotation = 'orrery/price';

/** In millionths; 0 where it says nothing that is a price. */
export function priceOf({annotations}: Pick<NodeObject, 'annotations'>): number {
  return readPrice(annotations.get(annotation) ?? '') ?? 0;
}

export function withPrice(annotations: Labels, price: number | undefined): Labels {
  return price === undefined ? annotations : new Map(annotations).set(annotation, String(price));
}

/** The first entry whose labels all are the node's, where it has no price of its own. */
export function pricedByLabels(
  node: NodeObject,
  prices: readonly {readonly labels: Labels; readonly price: number}[],
): NodeObject {
  if (node.annotations.has(annotation)) return node;
  const found = prices.find(({labels}) =>
    [...labels].every(([key, value]) => node.labels.get(key) === value),
  );
  return found === undefined
    ? node
    : {...node, annotations: withPrice(node.annotations, found.price)};
}
