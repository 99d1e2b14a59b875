// Recognises documents that differ in nothing but the name, by their text: a file of thousands of
// pods usually holds a hundred different ones, and each is parsed and decoded once. Pods share what
// their first sibling became; a node, which repeats its name in labels, is renamed.

import type {NodeObject} from '../objects/node-spec.ts';
import type {Decoded} from './decode.ts';

export class Siblings {
  readonly #pods = new Map<string, Decoded>();
  readonly #nodes = new Map<string, Decoded>();

  /** What the document becomes, if one like it was kept before. */
  recall({name, text, rest}: NamedText): Decoded | undefined {
    const pod = this.#pods.get(rest);
    if (pod !== undefined) return {...pod, name};
    if (!isNodeText(text)) return undefined;
    const node = this.#nodes.get(nameless(text, name));
    // Of another length, a name could make a label value too long.
    return node?.name.length === name.length ? renamed(node, name) : undefined;
  }

  keep({name, text, rest}: NamedText, decoded: Decoded): void {
    if (decoded.name !== name) return;
    if (decoded.value.type === 'pod') this.#pods.set(rest, decoded);
    if (decoded.value.type !== 'node' || !isNodeText(text) || !twoLetters.test(name)) return;
    const resources = [...decoded.value.node.allocatable.keys()];
    if (resources.some(resource => resource.includes(name))) return;
    this.#nodes.set(nameless(text, name), decoded);
  }
}

const isNodeText = (text: string) => text.includes('\nkind: Node\n');

/** No text holds a NUL: reading refuses it. */
const nameless = (text: string, name: string) => text.replaceAll(name, '\0');

// `e-5` inside of `1e-5` would be a number.
const twoLetters = /^[a-z]{2}/;

function renamed(decoded: Decoded, name: string): Decoded {
  if (decoded.value.type !== 'node') return decoded;
  const {node} = decoded.value;
  const text = (old: string) => old.replaceAll(decoded.name, name);
  const pairs = (old: NodeObject['labels']) =>
    new Map([...old].map(([key, value]) => [text(key), text(value)]));
  const labels = pairs(node.labels);
  const value = {
    ...node,
    name,
    labels,
    annotations: pairs(node.annotations),
    taints: node.taints.map(taint => ({...taint, key: text(taint.key), value: text(taint.value)})),
    images: node.images.map(image => ({...image, names: image.names.map(text)})),
  };
  return {...decoded, name, labels, value: {type: 'node', node: value}};
}

export type NamedText = {
  readonly text: string;
  /** The document without its name: equal for siblings. */
  readonly rest: string;
  readonly name: string;
};

/**
 * `undefined` when in doubt. The line found is a direct child of the top-level `metadata`: deeper
 * lines, such as those of a block scalar, are indented more than it.
 */
export function withoutName(text: string): NamedText | undefined {
  const from = metadataChildren(text);
  if (from === -1) return undefined;
  const indent = indentAt(text, from);
  if (indent === 0) return undefined;
  for (let at = from; at < text.length; at = lineAfter(text, at)) {
    const own = indentAt(text, at);
    if (own < indent) return undefined;
    if (own === indent && text.startsWith('name: ', at + indent)) {
      return cut(text, at + indent + 'name: '.length);
    }
  }
  return undefined;
}

function metadataChildren(text: string): number {
  if (text.startsWith('metadata:\n')) return 'metadata:\n'.length;
  const found = text.indexOf('\nmetadata:\n');
  return found === -1 ? -1 : found + '\nmetadata:\n'.length;
}

function cut(text: string, start: number): NamedText | undefined {
  const end = lineAfter(text, start) - 1;
  const name = text.slice(start, end);
  if (!plainName.test(name) || name.length > 253) return undefined;
  return {text, rest: text.slice(0, start) + text.slice(end), name};
}

function indentAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text.charCodeAt(at) === 32) at++;
  return at - lineStart;
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length + 1 : end + 1;
}

// Letters before anything else, a hyphen somewhere: no number, boolean or date, and a valid name.
const plainName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
