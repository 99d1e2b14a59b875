// Writes src/manifests/schema/fields.json: which fields every built-in Kubernetes kind has and of
// which type. Facts only, from the package kubernetes-types (1.30) and `newer-fields.ts` (to 1.36).
// Run: node --import tsx test/manifests/schema/generate.ts

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {newerKinds, newerTypes} from './newer-fields.ts';

export const target = fileURLToPath(
  new URL('../../../src/manifests/schema/fields.json', import.meta.url),
);
const types = fileURLToPath(new URL('../../../node_modules/kubernetes-types', import.meta.url));

type Tables = {
  readonly kinds: Record<string, string>;
  readonly types: Record<string, Record<string, string>>;
};

export function generated(): string {
  const tables: Tables = {kinds: {}, types: {}};
  for (const file of declarationFiles()) readDeclarations(file, tables);
  for (const [name, fields] of Object.entries(newerTypes)) {
    tables.types[name] = {...tables.types[name], ...fields};
  }
  Object.assign(tables.kinds, newerKinds);
  return `${JSON.stringify({kinds: sorted(tables.kinds), types: packed(tables.types)}, null, 2)}\n`;
}

function declarationFiles(): string[] {
  const files = readdirSync(types, {recursive: true, encoding: 'utf8'});
  return files.filter(file => /^[a-z]+\/v\w+\.d\.ts$/.test(file)).sort();
}

function readDeclarations(file: string, tables: Tables): void {
  const text = readFileSync(join(types, file), 'utf8')
    .replace(/\/\*\*[\s\S]*?\*\/$/gm, '')
    .replace(/\{\s*\[\w+: string\]:\s*([^;}]*);?\s*\}/g, '{$1}');
  const home = file.replace('.d.ts', '');
  const origin = importedFrom(text, home);
  for (const [, name, body] of text.matchAll(/export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields: Record<string, string> = {};
    for (const [, quoted, type] of body.matchAll(/^ +("?[\w$-]+"?)\??: (.*);$/gm)) {
      const field = quoted.replaceAll('"', '');
      fields[field] = fractions.has(field) ? 'number' : notation(type, origin);
    }
    const version = /^ +apiVersion\??: "(.*)";$/m.exec(body)?.[1];
    const kind = /^ +kind\??: "(.*)";$/m.exec(body)?.[1];
    if (version !== undefined && kind !== undefined && !kind.endsWith('List')) {
      tables.kinds[`${version}/${kind}`] = `${home}.${name}`;
      // The package leaves out what only the API server writes.
      fields.status = kind === 'Node' ? 'core/v1.NodeStatus' : 'any';
    }
    tables.types[`${home}.${name}`] = fields;
  }
}

/** Which file a bare type name means in this file. */
function importedFrom(text: string, home: string): (name: string) => string {
  const imports = new Map<string, string>();
  for (const [, names, from] of text.matchAll(/import \{(.*?)\} from "(.*?)";/g)) {
    const file = resolve('/', dirname(home), from).slice(1);
    for (const name of names.split(',')) imports.set(name.trim(), file);
  }
  return name => `${imports.get(name) ?? home}.${name}`;
}

function notation(type: string, origin: (name: string) => string): string {
  const list = /^(.*)\[\]$/.exec(type) ?? /^Array<(.*)>$/.exec(type);
  if (list !== null) return `[${notation(list[1], origin)}]`;
  const map = /^\{(.+)\}$/.exec(type);
  if (map !== null) return `{${notation(map[1], origin)}}`;
  if (/^".*"$/.test(type)) return 'string';
  if (plain.has(type)) return plain.get(type) ?? 'any';
  if (/^\w+$/.test(type)) return special.get(type) ?? origin(type);
  throw new Error(`no notation for the type ${type}`);
}

const plain = new Map([
  ['string', 'string'],
  ['boolean', 'boolean'],
  ['number', 'integer'],
  ['any', 'any'],
  ['number | string', 'count'],
  ['string | number', 'count'],
  ['{}', 'any'],
]);

/** The only numbers of the API with a fraction, all of JSON Schema. */
const fractions = new Set(['maximum', 'minimum', 'multipleOf']);

const special = new Map([
  ['Quantity', 'quantity'],
  ['Time', 'string'],
  ['MicroTime', 'string'],
  ['IntOrString', 'count'],
  ['RawExtension', 'any'],
  ['FieldsV1', 'any'],
  ['JSON', 'any'],
  ['CustomResourceSubresourceStatus', 'any'],
  ['JSONSchemaPropsOrArray', 'any'],
  ['JSONSchemaPropsOrBool', 'any'],
  ['JSONSchemaPropsOrStringArray', 'any'],
]);

/** One line a type, so that a diff of the table reads like a list of fields. */
function packed(tables: Tables['types']): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const name of Object.keys(tables).sort()) {
    const fields = Object.entries(tables[name]).sort(([a], [b]) => (a < b ? -1 : 1));
    lines[name] = fields.map(([field, type]) => `${field}:${type}`).join(' ');
  }
  return lines;
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generated());
