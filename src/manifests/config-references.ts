// Which ConfigMaps and Secrets a pod's containers and volumes name, so that a kubelet can wait for
// them.

import type {ConfigReference, VolumeReference} from '../objects/pod-spec.ts';
import type {Field} from './field.ts';

/** Of a container's environment. */
export function readEnvironment(container: Field): ConfigReference[] {
  const references: ConfigReference[] = [];
  for (const source of container.get('envFrom').items()) {
    add(references, 'ConfigMap', source.get('configMapRef'), []);
    add(references, 'Secret', source.get('secretRef'), []);
  }
  for (const variable of container.get('env').items()) {
    const from = variable.get('valueFrom');
    const [map, secret] = [from.get('configMapKeyRef'), from.get('secretKeyRef')];
    add(references, 'ConfigMap', map, keyOf(map));
    add(references, 'Secret', secret, keyOf(secret));
  }
  return references;
}

/** Of the volumes that a container mounts: kubelets leave others alone. */
export function readVolumeReferences(spec: Field): VolumeReference[] {
  const mounted = new Set(
    [...spec.get('initContainers').items(), ...spec.get('containers').items()].flatMap(container =>
      container
        .get('volumeMounts')
        .items()
        .map(mount => mount.get('name').text()),
    ),
  );
  return spec
    .get('volumes')
    .items()
    .flatMap(volume => {
      const name = volume.get('name').text() ?? '';
      return mounted.has(name) ? referencesOf(volume).map(found => ({...found, volume: name})) : [];
    });
}

function referencesOf(volume: Field): ConfigReference[] {
  const references: ConfigReference[] = [];
  const map = volume.get('configMap');
  add(references, 'ConfigMap', map, itemKeys(map));
  const secret = volume.get('secret');
  add(references, 'Secret', secret, itemKeys(secret), 'secretName');
  for (const source of volume.get('projected').get('sources').items()) {
    const [projected, hidden] = [source.get('configMap'), source.get('secret')];
    add(references, 'ConfigMap', projected, itemKeys(projected));
    add(references, 'Secret', hidden, itemKeys(hidden));
  }
  return references;
}

function add(
  references: ConfigReference[],
  kind: ConfigReference['kind'],
  reference: Field,
  keys: readonly string[],
  nameKey = 'name',
): void {
  const name = reference.get(nameKey).text();
  if (!name) return;
  references.push({kind, name, keys, optional: reference.get('optional').flag()});
}

function keyOf(reference: Field): string[] {
  if (!reference.present) return [];
  const key = reference.get('key');
  if (!key.text()) reference.error('expected a key, got nothing');
  return key.text() ? [key.text() ?? ''] : [];
}

function itemKeys(reference: Field): string[] {
  return reference
    .get('items')
    .items()
    .flatMap(item => item.get('key').text() ?? []);
}
