// How likely a request is to be answered once it is at a pod of an ingress controller: it tries
// others where a connection fails, so it fails only if so many different ones in a row do.

import type {Links} from '../../machines/links.ts';
import type {Listeners} from '../../machines/listeners.ts';
import type {Beyond} from '../load-balancer/door-success.ts';
import type {ControllerPod} from './controller-pod.ts';
import type {IngressControllers} from './ingress-controllers.ts';
import type {IngressUpstream, Upstream} from './ingress-upstream.ts';

type SuccessParts = {
  readonly controllers: IngressControllers;
  /** Where a request goes, and where it goes on if it is redirected. */
  readonly ways: {readonly first: IngressUpstream; readonly next: IngressUpstream | undefined};
  /** As the Ingress wants it. */
  readonly tries: number | undefined;
  /** Callers go on with the host's certificate. */
  readonly certified: () => boolean;
  readonly listeners: Listeners;
  readonly links: Links;
};

export function ingressSuccess(parts: SuccessParts): Beyond {
  const {controllers, ways, certified} = parts;
  return ({serial}, serials) => {
    const pod = controllers.pod(serial);
    if (pod === undefined) return 0;
    const first = ways.first.of(pod);
    const redirects = first.targets.length === 0 && first.answer === 'http-308';
    // Whoever is redirected comes through such a pod again.
    const last = redirects && ways.next !== undefined ? ways.next.of(pod) : first;
    if (last.secure && !certified()) return 0;
    const main = success(parts, pod, {upstream: last, serials});
    if (last.canary === undefined) return main;
    const {share, upstream} = last.canary;
    return (1 - share) * main + share * success(parts, pod, {upstream, serials});
  };
}

type Asked = {readonly upstream: Upstream; readonly serials: Set<number>};

function success(
  {listeners, links, tries}: SuccessParts,
  pod: ControllerPod,
  {upstream: {targets}, serials}: Asked,
): number {
  let bad = 0;
  for (const target of targets) {
    if (target.pod === undefined) continue;
    serials.add(target.serial);
    const listener = listeners.find(target.serial);
    const open = listener !== undefined && listeners.state(listener, target.serial) === 'open';
    if (!open || !links.connect(pod.identity.node, target.node)) bad++;
  }
  return targets.length === 0 ? 0 : 1 - allBad(bad, targets.length, tries ?? pod.options.tries);
}

/** C(bad, tries) / C(count, tries). */
export function allBad(bad: number, count: number, tries: number): number {
  let chance = 1;
  for (let i = 0; i < tries && i < count; i++) chance *= Math.max(0, bad - i) / (count - i);
  return chance;
}
