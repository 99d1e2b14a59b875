// How likely a request is to be answered once it is at a pod of an ingress controller: it tries
// others where a connection fails, so it fails only if so many different ones in a row do.

import type {Links} from '../../machines/links.ts';
import type {Listeners} from '../../machines/listeners.ts';
import type {Beyond} from '../load-balancer/door-success.ts';
import type {IngressControllers} from './ingress-controllers.ts';
import type {IngressUpstream} from './ingress-upstream.ts';

type SuccessParts = {
  readonly controllers: IngressControllers;
  readonly upstream: IngressUpstream;
  readonly listeners: Listeners;
  readonly links: Links;
};

export function ingressSuccess(parts: SuccessParts): Beyond {
  const {controllers, upstream, listeners, links} = parts;
  return ({serial}, serials) => {
    const pod = controllers.pod(serial);
    if (pod === undefined) return 0;
    const {targets} = upstream.of(pod);
    let bad = 0;
    for (const target of targets) {
      if (target.pod === undefined) continue;
      serials.add(target.serial);
      const listener = listeners.find(target.serial);
      const open = listener !== undefined && listeners.state(listener, target.serial) === 'open';
      if (!open || !links.connect(pod.identity.node, target.node)) bad++;
    }
    return targets.length === 0 ? 0 : 1 - allBad(bad, targets.length, pod.options.tries);
  };
}

/** C(bad, tries) / C(count, tries). */
export function allBad(bad: number, count: number, tries: number): number {
  let chance = 1;
  for (let i = 0; i < tries && i < count; i++) chance *= Math.max(0, bad - i) / (count - i);
  return chance;
}
