// The value of one document to Kubernetes objects: what it is, whether its fields exist, and what
// the reader of its kind makes of it. Lists are taken apart here.

import {jsonBytes} from '../objects/json-bytes.ts';
import {isMap} from '../options/is-map.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {checkFields} from './check-fields.ts';
import type {Field} from './field.ts';
import {readerOf, workloadKinds} from './index.ts';
import type {ManifestObject} from './manifest.ts';
import {readMetadata} from './metadata.ts';
import {unmodelledKinds} from './modelled.ts';
import {kindType, knownKinds} from './schema/fields.ts';

/** An object before it is known where in which file it stands. */
export type Decoded = Omit<ManifestObject, 'file' | 'line'>;

export function decode(document: Field): Decoded[] {
  if (!document.present) return [];
  const apiVersion = document.get('apiVersion').text();
  const kind = document.get('kind').text();
  if (!isMap(document.value) || apiVersion === undefined || kind === undefined) {
    notAnObject(document);
    return [];
  }
  if (isList(document, kind)) return decodeList(document, apiVersion, kind);
  return [decodeObject(document, apiVersion, kind)];
}

function notAnObject(document: Field): void {
  const {value} = document;
  const wrong = isMap(value)
    ? ['apiVersion', 'kind'].filter(key => document.get(key).text() === undefined).join(' and ')
    : '';
  const reason = wrong === '' ? `it is ${show(value)}` : `it has no ${wrong}`;
  document.warning(`not a Kubernetes object and left out: ${reason}`);
}

function isList(document: Field, kind: string): boolean {
  return kind.endsWith('List') && Array.isArray(document.get('items').value);
}

function decodeList(list: Field, apiVersion: string, kind: string): Decoded[] {
  return list
    .get('items')
    .items()
    .flatMap(item => {
      const nested = item.get('kind').text();
      if (kind === 'List' || nested !== undefined) return nested === 'List' ? [] : decode(item);
      // As kubectl: items of a PodList need not say that they are Pods.
      return isMap(item.value) ? decodeObject(item, apiVersion, kind.slice(0, -'List'.length)) : [];
    });
}

/** As etcd's --max-request-bytes. */
const largestRequest = 1.5 * 2 ** 20;

function decodeObject(object: Field, apiVersion: string, kind: string): Decoded {
  const bytes = jsonBytes(object.value);
  if (bytes > largestRequest) {
    const got = `got ${bytes} bytes`;
    object.error(`expected at most 1.5 MiB as JSON, ${got}; etcdserver: request is too large`);
  }
  const type = kindType(apiVersion, kind);
  if (type === undefined) return decodeUnknown(object, apiVersion, kind);
  checkFields(object, type);
  if (unmodelledKinds.has(kind)) {
    const effect = workloadKinds.has(kind)
      ? ': no controller makes its pods'
      : ' and has no effect';
    object.get('kind').warning(`${kind} is not modelled yet${effect}`);
  }
  const reader = readerOf(kind);
  const metadata = readMetadata(object.get('metadata'), reader.names);
  const namespace = reader.namespaced ? (metadata.namespace ?? 'default') : undefined;
  const {name, labels} = metadata;
  return {apiVersion, kind, namespace, name, labels, value: reader.read(object, metadata)};
}

function decodeUnknown(object: Field, apiVersion: string, kind: string): Decoded {
  object.get('kind').warning(unknownKind(apiVersion, kind));
  const metadata = object.get('metadata');
  return {
    apiVersion,
    kind,
    namespace: metadata.get('namespace').text() || 'default',
    name: metadata.get('name').text() ?? '',
    labels: new Map(),
    value: {type: 'other', object: object.value as Readonly<Record<string, unknown>>},
  };
}

function unknownKind(apiVersion: string, kind: string): string {
  const known = [...knownKinds()].map(name => {
    const slash = name.lastIndexOf('/');
    return {version: name.slice(0, slash), kind: name.slice(slash + 1)};
  });
  const versions = known.filter(other => other.kind === kind).map(other => other.version);
  const effect = 'and has no effect';
  // Kinds of another group may well have the name of a built-in one.
  if (!/^[^.]*$|\.k8s\.io$/.test(groupOf(apiVersion))) {
    return `${kind} of ${apiVersion} is a custom resource ${effect}`;
  }
  const served = versions.find(version => groupOf(version) === groupOf(apiVersion)) ?? versions[0];
  if (served !== undefined) {
    const hint = `; did you mean apiVersion: ${served}?`;
    return `${kind} of ${apiVersion} is no kind of Kubernetes 1.31 to 1.36 ${effect}${hint}`;
  }
  const hint = didYouMean(kind, new Set(known.map(other => other.kind)));
  return `${kind} of ${apiVersion} is unknown (a custom resource?) ${effect}${hint}`;
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
