// What a pod needs of ConfigMaps and Secrets, as the API would show it. Which variables and paths
// they fill is not kept, so stand-ins are written.

import type {ConfigReference, Container, PodSpec} from '../objects/pod-spec.ts';
import type {RawObject} from './manifest.ts';

export function environmentToObject({environment}: Container): RawObject {
  const whole = environment.filter(({keys}) => keys.length === 0);
  const single = environment.filter(({keys}) => keys.length > 0);
  return {
    envFrom: listed(
      whole.map(reference => ({
        [reference.kind === 'Secret' ? 'secretRef' : 'configMapRef']: named(reference),
      })),
    ),
    env: listed(
      single.map((reference, i) => ({
        name: `VARIABLE_${i}`,
        valueFrom: {
          [reference.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef']: {
            ...named(reference),
            key: reference.keys[0],
          },
        },
      })),
    ),
  };
}

export function volumesToObjects({volumeReferences}: PodSpec): RawObject[] {
  const names = [...new Set(volumeReferences.map(({volume}) => volume))];
  return names.map(name => ({
    name,
    projected: {
      sources: volumeReferences
        .filter(({volume}) => volume === name)
        .map(reference => ({
          [reference.kind === 'Secret' ? 'secret' : 'configMap']: {
            ...named(reference),
            ...(reference.keys.length > 0 && {
              items: reference.keys.map(key => ({key, path: key})),
            }),
          },
        })),
    },
  }));
}

/** By its first container, for all. */
export function mountsToObjects({volumeReferences}: PodSpec): RawObject[] {
  const names = [...new Set(volumeReferences.map(({volume}) => volume))];
  return names.map(name => ({name, mountPath: `/${name}`}));
}

function named({name, optional}: ConfigReference): RawObject {
  return optional ? {name, optional} : {name};
}

function listed(items: readonly RawObject[]): readonly RawObject[] | undefined {
  return items.length === 0 ? undefined : items;
}
