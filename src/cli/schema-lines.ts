// A JSON Schema as lines for people: key, type, default, meaning; what is inside a key stands
// indented below it.

import type {JsonSchema} from '../scenario/json-schema.ts';

export function schemaLines(schema: JsonSchema): string[] {
  const notations = new Map<string, string>();
  const rows = rowsOf(schema, 0, notations);
  const explained = [...notations].map(([title, text]) => `${title}: ${text}`);
  return [...rows.map(line), ...(explained.length > 0 ? ['', ...explained] : [])];
}

type Row = {
  readonly key: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
};

type Notations = Map<string, string>;

function rowsOf(schema: JsonSchema, depth: number, notations: Notations): Row[] {
  const {properties = {}, required = []} = schema;
  return Object.entries(properties).flatMap(([key, value]) => [
    row(key, value, {depth, isRequired: required.includes(key)}),
    ...inside(value, depth + 1, notations),
  ]);
}

function row(key: string, schema: JsonSchema, at: {depth: number; isRequired: boolean}): Row {
  const isShown = schema.default !== undefined && !isEmpty(schema.default);
  return {
    key: `${'  '.repeat(at.depth)}${key}`,
    type: typeOf(schema),
    default: at.isRequired ? 'required' : isShown ? JSON.stringify(schema.default) : '',
    meaning: schema.description ?? '',
  };
}

/** What may stand in the value, where its type's name does not say it. */
function inside(schema: JsonSchema, depth: number, notations: Notations): Row[] {
  if (schema.items !== undefined) return inside(schema.items, depth, notations);
  if (schema.title !== undefined && schema.oneOf === undefined) {
    noteNotation(schema, notations);
    return [];
  }
  const forms = schema.oneOf ?? schema.anyOf;
  if (forms === undefined) return rowsOf(schema, depth, notations);
  for (const form of forms) if (hasNames(form)) noteNotation(form, notations);
  return forms
    .filter(form => form.properties !== undefined)
    .flatMap(form => [
      {key: `${'  '.repeat(depth)}- ${formName(form)}`, type: '', default: '', meaning: ''},
      ...rowsOf(form, depth + 1, notations),
    ]);
}

function formName({properties = {}, description}: JsonSchema): string {
  const kind = properties.kind?.const;
  return kind === undefined ? (description ?? 'a map') : `kind: ${kind}`;
}

function noteNotation(schema: JsonSchema, notations: Notations): void {
  const {title, anyOf} = schema;
  if (title === undefined || anyOf === undefined) return;
  if (hasNames(schema)) {
    const names = anyOf.map(form => [form.const ?? 'FILE', form.description ?? ''].map(String));
    const lines = names.map(([name, meaning]) => `\n  ${name.padEnd(24)} ${meaning}`);
    notations.set(title, lines.join(''));
    return;
  }
  const forms = anyOf.map(form => {
    const [[name, parameters] = [], ...more] = Object.entries(form.properties ?? {});
    if (more.length > 0) return `{${[name, ...more.map(([key]) => key)].join(', ')}}`;
    if (name === undefined || parameters === undefined) return typeOf(form);
    if (parameters.properties === undefined) return `{${name}: ${typeOf(parameters)}}`;
    return `{${name}: {${Object.keys(parameters.properties).join(', ')}}}`;
  });
  notations.set(title, forms.join(', '));
}

/** Names to choose from, each with what it means. */
function hasNames({anyOf = []}: JsonSchema): boolean {
  return anyOf.some(form => form.const !== undefined && form.description !== undefined);
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return [...new Set(schema.enum.map(String))].join(' | ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.title !== undefined) return schema.title;
  const forms = schema.oneOf ?? schema.anyOf;
  if (forms !== undefined) return [...new Set(forms.map(typeOf))].join(' | ');
  return plainType(schema);
}

function plainType({type, minimum, maximum}: JsonSchema): string {
  switch (type) {
    case 'integer': {
      const from = minimum === undefined ? '' : ` from ${minimum}`;
      const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
      return `whole number${from}${isBounded ? ` to ${maximum}` : ''}`;
    }
    case 'string':
      return 'text';
    case 'boolean':
      return 'true | false';
    case 'object':
      return 'map';
    default:
      return String(type);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function line({key, type, default: usual, meaning}: Row): string {
  return `${key.padEnd(24)} ${type.padEnd(32)} ${usual.padEnd(12)} ${meaning}`.trimEnd();
}
