// The scenario's YAML with the place of every key and value, so that a mistake found much later, in the
// plain value, can still be shown where it stands.

import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from 'yaml';
import type {Problem} from '../options/problem.ts';

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
};

export function readYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const {line, col} = lines.linePos(offset);
    return {line: Math.max(line, 1), column: Math.max(col, 1)};
  };
  const failed = (message: string, at: Place): YamlDocument => ({
    value: undefined,
    problems: [{file, ...at, path: undefined, message, severity: 'error'}],
    place: () => at,
    placeOfKey: () => at,
  });
  try {
    const document = parseDocument(text, {lineCounter: lines, ...yamlOptions});
    const problems = syntaxProblems(document.errors, file, place);
    const resolve = (node: Node) => (isAlias(node) ? node.resolve(document) : node);
    const find = (path: Path) => findNodes(document.contents, path, resolve);
    return {
      value: problems.length > 0 ? undefined : document.toJS({maxAliasCount}),
      problems,
      place: path => place(find(path).value?.range?.[0] ?? 0),
      placeOfKey: path => place(find(path).key?.range?.[0] ?? find(path).value?.range?.[0] ?? 0),
    };
  } catch (error) {
    return failed(unreadable(error), {line: 1, column: 1});
  }
}

/** One a line, and not many: after the first, a parser mostly complains of what that one led to. */
function syntaxProblems(
  errors: readonly YAMLParseError[],
  file: string,
  place: (offset: number) => Place,
): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const at = place(error.pos[0]);
    if (byLine.has(at.line) || byLine.size === mostSyntaxProblems) continue;
    const message = sentence(error.code, error.message);
    byLine.set(at.line, {file, ...at, path: undefined, message, severity: 'error'});
  }
  return [...byLine.values()];
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
  if (code === 'DUPLICATE_KEY') return 'the same key stands twice in one map';
  if (tooDeep.test(message)) return 'nested too deeply to be read';
  if (code === 'TAB_AS_INDENT') return 'a tab where spaces should indent';
  return `not YAML: ${message.replace(/\s+/g, ' ').replace(/[.:]$/, '')}`;
}

function unreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (tooDeep.test(message)) return 'nested too deeply to be read';
  if (/alias count/i.test(message)) return 'aliases expand to too much, as in an alias bomb';
  return `not YAML: ${message.split('\n')[0]}`;
}

const tooDeep = /call stack/;
const maxAliasCount = 100;
const mostSyntaxProblems = 10;
const yamlOptions = {merge: true, prettyErrors: false, logLevel: 'error'} as const;
