// Whether a YAML text nests deeper than its parser, which is recursive, can be trusted with: near
// the end of the stack V8 may abort the process, which no `catch` sees. So the words are counted
// before.

import {Lexer} from 'yaml';

export function nestsTooDeeply(text: string): boolean {
  return blockDepthIsOver(text) || flowDepthIsOver(text);
}

/** Block nesting costs a column a level: spaces, or the dashes of lists within lists. */
function blockDepthIsOver(text: string): boolean {
  return deepLine.test(text);
}

function flowDepthIsOver(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (const word of new Lexer().lex(text)) {
    if (!isText) depth += opening.has(word) ? 1 : closing.has(word) ? -1 : 0;
    if (depth > mostLevels) return true;
    isText = word === textFollows;
  }
  return false;
}

const mostLevels = 150;
const deepLine = new RegExp(`^[ ?:-]{${mostLevels},}`, 'm');
const opening = new Set(['[', '{']);
const closing = new Set([']', '}']);
/** The lexer's mark before a scalar. */
const textFollows = '\u001f';
