// Mistakes that a YAML parser lets pass: what is YAML but has no plain value.

import {type Document, isAlias, isScalar, type Node, visit} from 'yaml';
import {beyondJson} from '../manifests/beyond-json.ts';

export type Mistake = {readonly offset: number; readonly message: string};

export function mistakesOfMeaning(document: Document, text: string): Mistake[] {
  return [...wrongTags(document, text), ...beyondJson(document), ...wrongNames(document)];
}

/** Of types beyond JSON's, of our own making, and of types that the value is not of. */
function wrongTags({warnings}: Document, text: string): Mistake[] {
  return warnings
    .filter(({code}) => code === 'TAG_RESOLVE_FAILED' || code === 'BAD_COLLECTION_TYPE')
    .map(({pos: [from, to]}) => {
      return {offset: from, message: `the tag ${text.slice(from, to)} means nothing here`};
    });
}

/** Aliases of nothing or of what they are a part of, keys that are nothing or there already. */
function wrongNames(document: Document): Mistake[] {
  const anchors = new Map<string, Node>();
  const keys = new Map<unknown, Set<string>>();
  const mistakes: Mistake[] = [];
  const add = ({range}: Node, message: string) => {
    mistakes.push({offset: range?.[0] ?? 0, message});
  };
  visit(document, {
    Alias: (_role, alias, path) => {
      const node = anchors.get(alias.source);
      if (node === undefined) add(alias, `no anchor &${alias.source} before this alias`);
      else if (path.includes(node)) add(alias, 'an alias inside of what it stands for');
    },
    Value: (_role, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Pair: (_role, {key}, path) => {
      const node = isAlias(key) ? anchors.get(key.source) : key;
      // A symbol is the mark of a merge, of which a map may have many.
      if (!isScalar(node) || typeof node.value === 'symbol') return;
      const known = keys.get(path.at(-1)) ?? new Set();
      const text = String(node.value);
      if (node.value === null) add(key as Node, 'expected a text as key, got null');
      else if (known.has(text)) add(key as Node, 'the same key stands twice in one map');
      keys.set(path.at(-1), known.add(text));
    },
  });
  return mistakes;
}
