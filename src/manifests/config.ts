// A ConfigMap or a Secret: which keys it has, checked as the API server does (ValidateConfigMap and
// ValidateSecret in pkg/apis/core/validation). Values are looked at, not kept.

import type {ConfigObject} from '../objects/config-object.ts';
import {isMap} from '../options/is-map.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import type {Metadata} from './metadata.ts';

const mebibyte = 2 ** 20;

export function readConfigMap(object: Field, {name, namespace}: Metadata): ConfigObject {
  const [data, binary] = [object.get('data'), object.get('binaryData')];
  const texts = data.entries().map(entry => bytesOf(entry.text() ?? ''));
  const bytes = checkedSize(object, [...texts, ...binary.entries().map(decodedBytes)]);
  const keys = new Set(keysOf(data));
  for (const entry of binary.entries()) {
    if (keys.has(String(entry.key)))
      entry.keyError(`the key ${show(entry.key)} is in data already`);
  }
  for (const key of keysOf(binary)) keys.add(key);
  return {
    ...{kind: 'ConfigMap', name, namespace: namespace ?? 'default', keys},
    type: undefined,
    immutable: object.get('immutable').flag(),
    bytes,
  };
}

export function readSecret(object: Field, {name, namespace}: Metadata): ConfigObject {
  const [data, texts] = [object.get('data'), object.get('stringData')];
  const written = new Set(keysOf(texts));
  const sizes = [
    ...data.entries().map(entry => (written.has(String(entry.key)) ? 0 : decodedBytes(entry))),
    ...texts.entries().map(entry => bytesOf(entry.text() ?? '')),
  ];
  const bytes = checkedSize(object, sizes);
  const keys = new Set([...keysOf(data), ...written]);
  const type = object.get('type').text() || 'Opaque';
  checkType(object, type, keys);
  return {
    ...{kind: 'Secret', name, namespace: namespace ?? 'default', keys, type},
    immutable: object.get('immutable').flag(),
    bytes,
  };
}

function keysOf(record: Field): string[] {
  return record.entries().map(entry => {
    checkConfigKey(entry, String(entry.key));
    return String(entry.key);
  });
}

// As IsConfigMapKey.
function checkConfigKey(entry: Field, key: string): void {
  const fits = /^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..');
  if (fits) return;
  entry.keyError(
    `expected a key of at most 253 letters, digits, -, _ and ., not beginning with .., got ${show(key)}`,
  );
}

/** How many bytes base64 stands for. As Go's decoder, which passes over line breaks alone. */
function decodedBytes(entry: Field): number {
  const text = (entry.text() ?? '').replace(/[\r\n]/g, '');
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    return (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0);
  }
  const plain = entry.path.at(-2) === 'data' ? '; plain text belongs in stringData' : '';
  entry.error(`expected base64, got ${show(entry.value)}${plain}`);
  return 0;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function checkedSize(object: Field, sizes: readonly number[]): number {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > mebibyte) object.error(`expected at most 1 MiB of values, got ${bytes} bytes`);
  return bytes;
}

/** What a type asks for: all of the keys, or for basic-auth one of them. */
const keysOfTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);

function checkType(object: Field, type: string, keys: ReadonlySet<string>): void {
  const at = object.get('type');
  for (const key of keysOfTypes.get(type) ?? []) {
    if (!keys.has(key)) at.error(`a Secret of type ${type} needs the key ${key}`);
  }
  if (type === 'kubernetes.io/basic-auth' && !keys.has('username') && !keys.has('password')) {
    at.error(`a Secret of type ${type} needs the key username or password`);
  }
  if (type === 'kubernetes.io/service-account-token') {
    const account = 'kubernetes.io/service-account.name';
    const named = object.get('metadata').get('annotations').get(account).text();
    if (!named) at.error(`a Secret of type ${type} needs the annotation ${account}`);
  }
  checkJson(object, type);
}

/** Registry credentials are JSON. */
function checkJson(object: Field, type: string): void {
  const [key, ...more] = keysOfTypes.get(type) ?? [];
  if (key === undefined || more.length > 0 || !type.includes('dockerc')) return;
  const [plain, encoded] = [object.get('stringData').get(key), object.get('data').get(key)];
  const value = plain.present ? plain : encoded;
  const wrong = value.present && !isJsonMap(value.text() ?? '', value === encoded);
  if (wrong) value.error(`expected JSON, got ${show(value.value)}`);
}

function isJsonMap(text: string, encoded: boolean): boolean {
  try {
    return isMap(JSON.parse(encoded ? atob(text) : text));
  } catch {
    return false;
  }
}
