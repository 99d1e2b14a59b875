// Quoted texts over several lines may lie as far left as they like in YAML 1.1 (kubectl and PyYAML
// take them), where js-yaml wants them indented. Leading spaces of such lines mean nothing, so
// adding some changes no value.

import {type Parsed, yamlValue} from './yaml-value.ts';

/** The text that js-yaml accepts and its value, or `undefined`. */
export function mended(
  text: string,
  failure: {message: string; line: number},
):
  | {
      readonly text: string;
      readonly value: unknown;
    }
  | undefined {
  let lines = text.split('\n');
  let line = failure.line;
  let message = failure.message;
  for (let round = 0; round < mostRounds; round++) {
    if (!message.includes('deficient indentation')) return undefined;
    const range = quotedLines(lines, line - 1);
    if (range === undefined) return undefined;
    lines = lines.map((content, i) =>
      i > range.from && i <= range.to ? indent + content : content,
    );
    const parsed: Parsed = yamlValue(lines.join('\n'));
    if ('value' in parsed) return {text: lines.join('\n'), value: parsed.value};
    ({message, line} = parsed.failure);
  }
  return undefined;
}

const mostRounds = 20;
const indent = ' '.repeat(40);

type Range = {readonly from: number; readonly to: number};

/**
 * The lines, from 0, from the one that opens the quotes around `line` to the one that closes them.
 */
function quotedLines(lines: readonly string[], line: number): Range | undefined {
  for (let from = line - 1; from >= 0; from--) {
    const opening = /^\s*(?:- +)*(?:[^'"#]*: +)?(['"])(.*)$/.exec(lines[from]);
    if (opening === null) continue;
    const [, quote, rest] = opening;
    if (closes(rest, quote)) continue;
    for (let to = from + 1; to < lines.length; to++) {
      if (closes(lines[to], quote)) return to >= line ? {from, to} : undefined;
    }
    return undefined;
  }
  return undefined;
}

/** Whether quotes opened before this line end on it: '' and \" are part of the text. */
function closes(content: string, quote: string): boolean {
  const rest = quote === "'" ? content.replaceAll("''", '') : content.replace(/\\./g, '');
  return rest.includes(quote);
}
