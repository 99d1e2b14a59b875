// ConfigMaps and Secrets that pods name and that the scenario never has: those pods wait for ever,
// as in a real cluster where nobody has created them. One sentence an object.

import type {ManifestObject} from '../manifests/manifest.ts';
import {isMadeByOthers} from '../node/configuration.ts';
import {configName} from '../objects/config-object.ts';
import type {ConfigReference, PodTemplate} from '../objects/pod-spec.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';

export type MissingConfig = {readonly place: TemplateAt['place']; readonly sentence: string};

export function missingConfigs({
  objects,
  templates,
}: {
  readonly objects: readonly ManifestObject[];
  readonly templates: readonly TemplateAt[];
}): MissingConfig[] {
  const known = new Map(
    objects.flatMap(({value}) =>
      value.type === 'config' ? [[configName(value.config), value.config] as const] : [],
    ),
  );
  const told = new Set<string>();
  return templates.flatMap(({template, place}) =>
    references(template).flatMap(reference => {
      const {kind, name, optional} = reference;
      const {namespace} = template;
      const fullName = configName({kind, namespace, name});
      if (optional || isMadeByOthers(kind, name)) return [];
      if (known.has(fullName) || told.has(fullName)) return [];
      told.add(fullName);
      const there = [...known.values()].filter(
        other => other.kind === kind && other.namespace === namespace,
      );
      const hint = didYouMean(name, new Set(there.map(other => other.name)));
      const where = `no ${kind} ${show(name)} in namespace ${namespace}${hint}`;
      return [{place, sentence: `${where}; pods that need it wait for it`}];
    }),
  );
}

function references({spec}: PodTemplate): readonly ConfigReference[] {
  const containers = [...spec.initContainers, ...spec.containers];
  return [...spec.volumeReferences, ...containers.flatMap(({environment}) => environment)];
}
