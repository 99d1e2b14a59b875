// A source file as the tidy rules read it: as it is written, and with everything that is not code
// blanked out, so that a word in a comment or a message is not taken for code.

import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type SourceFile = {
  /** From the root of the repository, with slashes: `src/engine/time.ts`. */
  readonly path: string;
  readonly text: string;
  /** As long as `text`, line by line; comments are spaces, literals keep their quotes only. */
  readonly code: string;
};

export function sourceFile(path: string, text: string): SourceFile {
  return {path, text, code: codeOf(text)};
}

/** Those under a folder whose name ends in `ending`, in the order of their paths. */
export function filesUnder(folder: string, ending = '.ts'): SourceFile[] {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => sourceFile(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The files of the repository that a file imports, and the packages, as it names them. */
export function importsOf({path, text, code}: SourceFile): {files: string[]; packages: string[]} {
  const files: string[] = [];
  const packages: string[] = [];
  for (const match of code.matchAll(/\b(?:from|import|import\() ?'( *)'/g)) {
    const start = match.index + match[0].indexOf("'") + 1;
    const name = text.slice(start, start + match[1].length);
    if (name.startsWith('.')) files.push(posix.normalize(posix.join(dirname(path), name)));
    else packages.push(name);
  }
  return {files, packages};
}

// One alternative for each thing that is not code. A slash begins a regular expression where no
// value stands before it.
const notCode = new RegExp(
  [
    /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
    /(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/,
    /(?<=(?:^|[(,=:[!&|?{};>]|return|=>)\s*)(?<pattern>\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n*])+\/)/,
    /(?<template>`(?:\\[\s\S]|[^`\\])*`)/,
  ]
    .map(({source}) => source)
    .join('|'),
  'g',
);

function codeOf(text: string): string {
  return text.replace(notCode, (found, ...rest) => {
    const {comment, template} = rest.at(-1) as Record<string, string | undefined>;
    if (comment !== undefined) return blank(found);
    if (template !== undefined) return blankTemplate(found);
    return found[0] + blank(found.slice(1, -1)) + found.at(-1);
  });
}

/** What stands in `${…}` is code. */
function blankTemplate(template: string): string {
  const inside = template.slice(1, -1);
  const parts = inside.split(/(\$\{[^{}]*\})/);
  return `\`${parts.map(part => (part.startsWith('${') ? part : blank(part))).join('')}\``;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
