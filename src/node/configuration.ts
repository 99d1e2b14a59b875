// Whether the ConfigMaps and Secrets that a pod names are there, and what a kubelet says of one
// that is not. Names are looked up in the pod's own namespace alone.
//
// Controllers that are not simulated make some: a ConfigMap with the cluster's certificate in every
// namespace, and in clusters before 1.24 a Secret with a token for each service account.

import {configName} from '../objects/config-object.ts';
import type {ConfigReference, VolumeReference} from '../objects/pod-spec.ts';
import type {Store} from '../objects/store.ts';

export function missingEnvironment(
  store: Store,
  namespace: string,
  references: readonly ConfigReference[],
): string | undefined {
  for (const reference of references) {
    const missing = missingPart(store, namespace, reference);
    if (missing === undefined) continue;
    if (missing === 'object') return notFound(reference);
    const where = `${reference.kind} ${namespace}/${reference.name}`;
    return `couldn't find key ${missing.key} in ${where}`;
  }
  return undefined;
}

export function missingVolume(
  store: Store,
  namespace: string,
  references: readonly VolumeReference[],
): string | undefined {
  for (const reference of references) {
    const missing = missingPart(store, namespace, reference);
    if (missing === undefined) continue;
    const kind = reference.kind === 'Secret' ? 'secret' : 'config';
    const why =
      missing === 'object'
        ? notFound(reference)
        : `references non-existent ${kind} key: ${missing.key}`;
    return `volume "${reference.volume}" : ${why}`;
  }
  return undefined;
}

function missingPart(
  {configs}: Store,
  namespace: string,
  {kind, name, keys, optional}: ConfigReference,
): 'object' | {readonly key: string} | undefined {
  if (optional || isMadeByOthers(kind, name)) return undefined;
  const id = configs.id(configName({kind, namespace, name}));
  const object = id === undefined ? undefined : configs.get(id);
  if (object === undefined) return 'object';
  const key = keys.find(wanted => !object.keys.has(wanted));
  return key === undefined ? undefined : {key};
}

function notFound({kind, name}: ConfigReference): string {
  return `${kind.toLowerCase()} "${name}" not found`;
}

export function isMadeByOthers(kind: ConfigReference['kind'], name: string): boolean {
  return kind === 'ConfigMap'
    ? name === 'kube-root-ca.crt'
    : /-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name);
}
