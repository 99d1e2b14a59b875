// YAML can say what JSON, and so Kubernetes, cannot: a map or a list as a key, and the mark of a
// merge in the place of a value. Left alone, the parser makes up a text for it.

import {type Document, isAlias, isMap, isScalar, isSeq, type Node, visit} from 'yaml';

export type BeyondJson = {readonly offset: number; readonly message: string};

export function beyondJson(document: Document): BeyondJson[] {
  const anchors = new Map<string, Node>();
  const found: BeyondJson[] = [];
  const add = (node: Node, message: string) => found.push({offset: startOf(node), message});
  visit(document, {
    Pair: (_key, {key}) => {
      const node = isAlias(key) ? anchors.get(key.source) : key;
      if (isMap(node) || isSeq(node)) {
        add(key as Node, `expected a text as key, got a ${isMap(node) ? 'map' : 'list'}`);
      }
    },
    Value: (role, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (role !== 'key' && isMergeMark(node)) add(node, mergesNothing);
    },
    Alias: (_role, alias) => {
      if (isMergeMark(anchors.get(alias.source))) add(alias, mergesNothing);
    },
  });
  return found;
}

/** The parser's own symbol, and no text, where it takes `<<` as the key of a merge. */
function isMergeMark(node: Node | undefined): boolean {
  return isScalar(node) && typeof node.value === 'symbol';
}

function startOf({range}: Node): number {
  return range?.[0] ?? 0;
}

const mergesNothing = 'expected a value, got the mark of a merge, which is a key';
