// Recognises documents that differ in nothing but the name, by their text: a file of thousands of
// pods usually holds a hundred different ones, and each is parsed and decoded once.

export type NamedText = {
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
  return {rest: text.slice(0, start) + text.slice(end), name};
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
