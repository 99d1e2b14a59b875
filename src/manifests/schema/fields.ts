// The field tables of the Kubernetes API: which fields a kind has and of which type. Generated
// facts; each type's line is taken apart when a manifest first needs it.

import tables from './fields.json' with {type: 'json'};

export type FieldType =
  | {readonly is: 'string' | 'boolean' | 'integer' | 'number' | 'quantity' | 'count' | 'any'}
  | {readonly is: 'list' | 'map'; readonly of: FieldType}
  | {readonly is: 'record'; readonly type: string};

export type FieldTable = ReadonlyMap<string, FieldType>;

const kinds: ReadonlyMap<string, string> = new Map(Object.entries(tables.kinds));
const lines: ReadonlyMap<string, string> = new Map(Object.entries(tables.types));
const taken = new Map<string, FieldTable>();

/** The name of the type behind `apps/v1` `Deployment`; `undefined` for a kind not built in. */
export function kindType(apiVersion: string, kind: string): string | undefined {
  return kinds.get(`${apiVersion}/${kind}`);
}

/** Every built-in kind as `apps/v1/Deployment`. */
export function knownKinds(): IterableIterator<string> {
  return kinds.keys();
}

export function fieldsOf(type: string): FieldTable {
  const known = taken.get(type);
  if (known !== undefined) return known;
  const fields = (lines.get(type) ?? '').split(' ').filter(field => field !== '');
  const table = new Map(
    fields.map(field => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), fieldType(field.slice(colon + 1))];
    }),
  );
  taken.set(type, table);
  return table;
}

function fieldType(notation: string): FieldType {
  switch (notation) {
    case 'string':
    case 'boolean':
    case 'integer':
    case 'number':
    case 'quantity':
    case 'count':
    case 'any':
      return {is: notation};
    default:
      break;
  }
  const inner = notation.slice(1, -1);
  if (notation.startsWith('[')) return {is: 'list', of: fieldType(inner)};
  if (notation.startsWith('{')) return {is: 'map', of: fieldType(inner)};
  return {is: 'record', type: notation};
}
