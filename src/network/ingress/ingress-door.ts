// An address of HTTP as callers outside the cluster know it: the way to the ingress controller's
// pods, and the certificate that they show.

import {configName} from '../../objects/config-object.ts';
import type {IngressObject} from '../../objects/ingress-object.ts';
import type {Store} from '../../objects/store.ts';
import type {Caller, Destination, Route} from '../destination.ts';
import type {HttpAddress} from './http-address.ts';
import {ingressTls} from './ingress-routing.ts';

type IngressDoorParts = {
  readonly address: HttpAddress;
  /** To the controller's pods. */
  readonly way: Destination;
  /** Callers go on with good certificates only. */
  readonly verify: boolean;
  readonly store: Store;
  readonly ingresses: () => readonly IngressObject[];
};

export class IngressDoor implements Destination {
  readonly name: string;
  readonly #parts: IngressDoorParts;

  constructor(parts: IngressDoorParts) {
    this.name = parts.way.name;
    this.#parts = parts;
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const {way, address, verify, store, ingresses} = this.#parts;
    way.route(caller, route, avoid);
    if (!address.secure || !verify || route.arrival !== 'there') return;
    if (!hasCertificate(store, ingresses(), address.host)) route.arrival = 'bad-certificate';
  }
}

/**
 * Whether the host has a certificate of its own: a Secret of the right type, with both keys, in the
 * Ingress's namespace. Else the controller shows one that it has signed itself.
 */
function hasCertificate(
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
