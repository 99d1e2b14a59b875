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

/** Aliases that stand for nothing or for what they are a part of, and keys that name nothing. */
function wrongNames(document: Document): Mistake[] {
  const anchors = new Map<string, Node>();
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
    Pair: (_role, {key}) => {
      const node = isAlias(key) ? anchors.get(key.source) : key;
      if (isScalar(node) && node.value === null)
        add(key as Node, 'expected a text as key, got null');
    },
  });
  return mistakes;
}
