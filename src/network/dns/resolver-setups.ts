// The setups of all callers' resolvers; pods of a template share theirs, and so do templates that
// say the same.

import type {Store} from '../../objects/store.ts';
import {addressText} from '../../options/address.ts';
import type {Caller} from '../destination.ts';
import {type PodSetUp, type ResolverSetup, type SetupOptions, setupOf} from './resolver-setup.ts';

export const dnsService = 'kube-system/kube-dns';

/** Where clusters have their name servers, if nothing else is said: kubeadm's, NodeLocal's. */
const usualAddresses: readonly string[] = ['10.96.0.10', '169.254.20.10'];

export class ResolverSetups {
  readonly #store: Store;
  readonly #options: SetupOptions;
  readonly #all = new Map<string, ResolverSetup>();

  constructor(store: Store, options: SetupOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Whoever is no pod has that of any pod of the namespace. */
  of({template}: Caller, namespace: string): ResolverSetup {
    const {pods} = this.#store;
    const pod = template === undefined ? anyPod(namespace) : pods.templateOf(template);
    const setup = setupOf(pod, this.#options, address => this.#isCluster(address));
    const key = JSON.stringify(setup);
    const known = this.#all.get(key) ?? setup;
    this.#all.set(key, known);
    return known;
  }

  #isCluster(address: string): boolean {
    const {services} = this.#store;
    const service = services.id(dnsService);
    const clusterIP = service === undefined ? undefined : services.get(service)?.clusterIP;
    return (
      usualAddresses.includes(address) ||
      (clusterIP !== undefined && addressText(clusterIP) === address)
    );
  }
}

function anyPod(namespace: string): PodSetUp {
  return {namespace, spec: {dns: undefined, hostNetwork: false}};
}
