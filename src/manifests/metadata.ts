// An object's metadata: name, namespace, labels, annotations and the owner that controls it.

import {type Labels, noLabels} from '../objects/labels.ts';
import type {OwnerReference} from '../objects/pod-spec.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import {checkKey, checkLabelValue, checkName, type NameRule} from './names.ts';

export type Metadata = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Labels;
};

export function readMetadata(metadata: Field, rule: NameRule): Metadata {
  const name = metadata.get('name');
  const prefix = metadata.get('generateName').text() ?? '';
  // Names yet to be filled in and fragments of objects that only stand for themselves are common in
  // examples; a real API server refuses them, but they do no harm here.
  if (name.text()?.includes('$')) name.warning(`${show(name.value)} is a template, not yet a name`);
  else if (name.text()) checkName(name, rule);
  else if (!metadata.present && rule === 'path') metadata.warning('an object without metadata');
  else if (prefix === '') name.error('expected a name, got nothing');
  const namespace = metadata.get('namespace');
  if (namespace.text()) checkName(namespace, 'label');
  return {
    // The API server adds five random letters; these are as good and do not change from run to run.
    name: name.text() || `${prefix}xxxxx`,
    namespace: namespace.text() || undefined,
    labels: readLabels(metadata.get('labels')),
  };
}

export function readLabels(field: Field): Labels {
  const labels = new Map<string, string>();
  for (const entry of field.entries()) {
    checkKey(entry, String(entry.key));
    const value = entry.text() ?? '';
    checkLabelValue(entry, value);
    labels.set(String(entry.key), value);
  }
  return labels.size === 0 ? noLabels : labels;
}

export function readAnnotations(field: Field): Labels {
  const annotations = new Map<string, string>();
  for (const entry of field.entries()) {
    // As ValidateAnnotations: capitals are allowed in an annotation's domain.
    checkKey(entry, String(entry.key).toLowerCase());
    annotations.set(String(entry.key), entry.text() ?? '');
  }
  return annotations.size === 0 ? noLabels : annotations;
}

export function readOwner(metadata: Field): OwnerReference | undefined {
  const owner = metadata
    .get('ownerReferences')
    .items()
    .find(reference => reference.get('controller').flag());
  const kind = owner?.get('kind').text();
  const name = owner?.get('name').text();
  return kind === undefined || name === undefined ? undefined : {kind, name};
}
