// The slow way, with positions: only for a document that fails or earns a warning. Reads the same
// values as yaml-value.ts; a test holds the two together.

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type ScalarTag,
} from 'yaml';
import {beyondJson} from './beyond-json.ts';
import {scalarValue} from './scalar.ts';
import {mostAliases, type Parsed} from './yaml-value.ts';

type Place = {readonly line: number; readonly column: number};
export type Path = readonly (string | number)[];

export type Placed = Parsed & {
  /** Where the value at `path` stands, or its key; the nearest that exists if it does not. */
  readonly placeOf: (path: Path, onKey: boolean) => Place;
};

export function placedValue(text: string): Placed {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const {line, col} = lines.linePos(Math.min(offset, text.length));
    return {line: Math.max(1, line), column: Math.max(1, col)};
  };
  try {
    const [document] = parseAllDocuments(text, {...options, lineCounter: lines});
    if (document === undefined) return {value: undefined, placeOf: () => place(0)};
    const placeOf = (path: Path, onKey: boolean) => place(offsetOf(document, path, onKey));
    const [error] = document.errors;
    if (error !== undefined) {
      const message = error.message.split(/ at line \d+|\n/)[0];
      return {failure: {message, ...place(error.pos[0])}, placeOf};
    }
    const [wrong] = beyondJson(document);
    if (wrong !== undefined) {
      return {failure: {message: wrong.message, ...place(wrong.offset)}, placeOf};
    }
    return {value: document.toJS({maxAliasCount: mostAliases}), placeOf};
  } catch (thrown) {
    // Deep nesting overflows the stack; too many aliases throw a ReferenceError.
    const message = thrown instanceof RangeError ? 'nested too deeply' : messageOf(thrown);
    return {failure: {message, line: 1, column: 1}, placeOf: () => place(0)};
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function offsetOf(document: Document, path: Path, onKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  path.forEach((part, depth) => {
    const next = child(resolved(node, document), part);
    if (next === undefined) return;
    const last = depth === path.length - 1;
    offset = startOf(last && onKey ? next.key : next.value) ?? startOf(next.key) ?? offset;
    node = next.value;
  });
  return offset;
}

type Child = {readonly key: unknown; readonly value: unknown};

function child(node: unknown, part: string | number): Child | undefined {
  if (isSeq(node) && typeof part === 'number') return {key: undefined, value: node.items[part]};
  if (!isMap(node)) return undefined;
  return node.items.find(({key}) => String(isScalar(key) ? key.value : key) === String(part));
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined | null)?.range?.[0];
}

const kept = new Set(['map', 'seq', 'str', 'merge'].map(name => `tag:yaml.org,2002:${name}`));

const plainScalar: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  // The library asks only for `test`, so that one rule serves both parsers.
  test: {test: (text: string) => typeof scalarValue(text) !== 'string'} as RegExp,
  resolve: scalarValue,
};

const explicit = ['bool', 'float', 'null'].map(name => ({
  tag: `tag:yaml.org,2002:${name}`,
  resolve: scalarValue,
}));

const options = {
  // All three, because a `%YAML 1.2` in the text would change the others.
  version: '1.1' as const,
  schema: 'yaml-1.1' as const,
  resolveKnownTags: false,
  uniqueKeys: false,
  merge: true,
  logLevel: 'silent' as const,
  prettyErrors: false,
  customTags: (tags: readonly (string | {readonly tag: string})[]) =>
    [
      ...tags.filter(tag => typeof tag !== 'string' && kept.has(tag.tag)),
      plainScalar,
      ...explicit,
    ] as ScalarTag[],
};
