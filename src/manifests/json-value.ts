// JSON files go through JSON.parse, which is strict and many times faster than a YAML parser; what
// it silently forgives, a key given twice and bottomless nesting, is looked for beside it.

import {deepest, type Parsed} from './yaml-value.ts';

/** `undefined` when the text is not one JSON value; it may still be YAML. */
export function jsonValue(text: string): Parsed | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const mistake = hiddenMistake(text);
  if (mistake === undefined) return {value};
  const before = text.slice(0, mistake.at);
  const line = before.split('\n').length;
  return {
    failure: {message: mistake.message, line, column: mistake.at - before.lastIndexOf('\n')},
  };
}

type Mistake = {readonly at: number; readonly message: string};

/** Of a text that JSON.parse accepted. */
function hiddenMistake(text: string): Mistake | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  const keys: Set<string>[] = [];
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [found, colon] = token;
    if (found === '{' || found === '[') keys.push(new Set());
    else if (found === '}' || found === ']') keys.pop();
    else if (colon !== undefined) {
      const key = found.slice(0, -colon.length);
      const known = keys[keys.length - 1];
      if (known.has(key)) return {at: token.index, message: `duplicate key ${key}`};
      known.add(key);
    }
    if (keys.length > deepest) return {at: token.index, message: tooDeep};
  }
  return undefined;
}

export const tooDeep = `nested more than ${deepest} levels deep`;
