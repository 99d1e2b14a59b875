// A secure address of HTTP as callers outside the cluster know it: the way to the ingress
// controller's pods, and the certificate that they show.

import {configName} from '../../objects/config-object.ts';
import type {IngressObject} from '../../objects/ingress-object.ts';
import type {Store} from '../../objects/store.ts';
import type {Caller, Destination, Route} from '../destination.ts';
import {ingressTls} from './ingress-routing.ts';

export class IngressDoor implements Destination {
  readonly name: string;
  readonly #way: Destination;
  readonly #certified: () => boolean;

  /** `way`: to the controller's pods; `certified`: callers will go on with what they show. */
  constructor(way: Destination, certified: () => boolean) {
    this.name = way.name;
    this.#way = way;
    this.#certified = certified;
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    this.#way.route(caller, route, avoid);
    if (route.arrival === 'there' && !this.#certified()) route.arrival = 'bad-certificate';
  }
}

/**
 * Whether the host has a certificate of its own: a Secret of the right type, with both keys, in the
 * Ingress's namespace. Else the controller shows one that it has signed itself.
 */
export function hasCertificate(
  store: Pick<Store, 'configs'>,
  ingresses: readonly IngressObject[],
  host: string,
): boolean {
  const found = ingressTls(ingresses, host);
  if (found?.secret === undefined) return false;
  const {namespace, secret: name} = found;
  const id = store.configs.id(configName({kind: 'Secret', namespace, name}));
  const secret = id === undefined ? undefined : store.configs.get(id);
  if (secret?.type !== 'kubernetes.io/tls') return false;
  return secret.keys.has('tls.crt') && secret.keys.has('tls.key');
}
