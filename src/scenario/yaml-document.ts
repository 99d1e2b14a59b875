// The scenario's YAML with the place of every key and value, so that a mistake found much later, in
// the plain value, can still be shown where it stands.

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type {Problem} from '../options/problem.ts';
import {nestsTooDeeply} from './nesting.ts';
import {type Mistake, mistakesOfMeaning} from './yaml-mistakes.ts';

export type Path = readonly (string | number)[];

export type Place = {readonly line: number; readonly column: number};

export type YamlDocument = {
  /** Plain values; `undefined` where the text could not be read. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Of the value at the path, or of the nearest thing around it that exists. */
  place(path: Path): Place;
  /** Of the key that the path ends in. */
  placeOfKey(path: Path): Place;
  /** Whether the text itself has the key that the path ends in. */
  hasKey(path: Path): boolean;
};

export function readYaml(text: string, file: string): YamlDocument {
  const top = {line: 1, column: 1};
  if (nestsTooDeeply(text)) return unreadable(file, 'nested too deeply to be read');
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, ...yamlOptions});
  const place = (offset: number | undefined): Place => {
    const {line, col} = lines.linePos(offset ?? 0);
    return line === 0 ? top : {line, column: col};
  };
  const problems = [...syntaxMistakes(document), ...mistakesOfMeaning(document, text)].map(
    ({offset, message}): Problem => {
      return {file, ...place(offset), path: undefined, message, severity: 'error'};
    },
  );
  const plain = problems.length > 0 ? undefined : plainValue(document);
  if (plain?.wrong !== undefined) return unreadable(file, plain.wrong);
  const resolve = (node: Node) => (isAlias(node) ? node.resolve(document) : node);
  const find = (path: Path) => findNodes(document.contents, path, resolve);
  return {
    value: plain?.value,
    problems,
    place: path => place(find(path).value?.range?.[0]),
    placeOfKey: path => place((find(path).key ?? find(path).value)?.range?.[0]),
    hasKey: path => find(path).key !== undefined,
  };
}

function unreadable(file: string, message: string): YamlDocument {
  const top = {line: 1, column: 1};
  return {
    value: undefined,
    problems: [{file, ...top, path: undefined, message, severity: 'error'}],
    place: () => top,
    placeOfKey: () => top,
    hasKey: () => false,
  };
}

/** One a line, and not many: after the first, a parser mostly complains of what that one led to. */
function syntaxMistakes({errors}: Document): Mistake[] {
  const byLine = new Map<number, Mistake>();
  for (const {code, message, pos, linePos} of errors) {
    const line = linePos?.[0].line ?? pos[0];
    if (byLine.has(line) || byLine.size === mostSyntaxProblems) continue;
    byLine.set(line, {offset: pos[0], message: sentence(code, message)});
  }
  return [...byLine.values()];
}

function plainValue(document: Document): {value?: unknown; wrong?: string} {
  try {
    return {value: document.toJS({maxAliasCount})};
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/alias count/.test(message))
      return {wrong: 'aliases expand to too much, as in an alias bomb'};
    // Such as `<<: 3`, which says something only when it is resolved.
    return {wrong: sentence('', message)};
  }
}

type Found = {readonly key: Node | undefined; readonly value: Node | undefined};

function findNodes(
  root: Node | null,
  path: Path,
  resolve: (node: Node) => Node | undefined,
): Found {
  let found: Found = {key: undefined, value: root ?? undefined};
  for (const step of path) {
    const inside = found.value && resolve(found.value);
    const next = isMap(inside)
      ? inside.items.find(({key}) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    if (next !== undefined) {
      const key = next.key as Node;
      found = {key, value: hasText(next.value) ? (next.value as Node) : key};
    } else if (isSeq(inside) && inside.items[Number(step)] !== undefined) {
      found = {key: undefined, value: inside.items[Number(step)] as Node};
    } else {
      return {key: undefined, value: found.value};
    }
  }
  return found;
}

// The value of `key:` with nothing behind it has no place of its own.
function hasText(value: unknown): boolean {
  return value !== null && !(isScalar(value) && value.source === '');
}

function sentence(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab where spaces should indent';
  return `not YAML: ${message.replace(/\s+/g, ' ').replace(/[.:]$/, '')}`;
}

const maxAliasCount = 100;
const mostSyntaxProblems = 10;
// The schema is named because a `%YAML 1.1` in the text would change it, and bring dates.
const yamlOptions = {
  schema: 'core',
  resolveKnownTags: false,
  merge: true,
  // Looked for in yaml-mistakes.ts: the parser compares each key with every other.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;
