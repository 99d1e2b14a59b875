// Reads a file of manifests: splits it into documents, decodes each different one once, and gathers
// everything that is wrong or worth knowing with its place. Never throws for what a file says.

import {inFileOrder, type Problem, pathText} from '../options/problem.ts';
import {type Decoded, decode} from './decode.ts';
import {type DocumentText, documentsIn} from './documents.ts';
import {Field, type Finding} from './field.ts';
import {jsonValue} from './json-value.ts';
import type {ManifestObject, Manifests} from './manifest.ts';
import {parseDocument} from './parse-document.ts';
import {Siblings, withoutName} from './siblings.ts';
import {textOf} from './text.ts';
import {placedValue} from './yaml-places.ts';

export type ReadOptions = {
  /** What messages call the file. */
  readonly file: string;
  /** Where the text begins in its file, for documents after a scenario's own. */
  readonly line?: number;
};

export function readManifests(source: string | Uint8Array, options: ReadOptions): Manifests {
  const reading = new Reading(options.file);
  const text = textOf(source);
  const {line = 1} = options;
  if (typeof text === 'object') reading.refuse(text.message, text.line, text.column);
  else if (jsonValue(text) !== undefined) reading.document({text, line});
  else for (const document of documentsIn(text)) reading.document(shifted(document, line - 1));
  return reading.manifests;
}

function shifted({text, line}: DocumentText, lines: number): DocumentText {
  return {text, line: line + lines};
}

/** One file being read: what came before decides what is still worth saying. */
class Reading {
  readonly #file: string;
  readonly #objects: ManifestObject[] = [];
  readonly #problems: Problem[] = [];
  readonly #siblings = new Siblings();
  readonly #named = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  get manifests(): Manifests {
    return {objects: this.#objects, problems: inFileOrder(this.#problems)};
  }

  document(document: DocumentText): void {
    const named = withoutName(document.text);
    const sibling = named && this.#siblings.recall(named);
    if (sibling !== undefined) {
      this.#add(sibling, document.line);
      return;
    }
    const decoded = this.#decode(document);
    for (const object of decoded) this.#add(object, document.line);
    if (named !== undefined && decoded.length === 1) this.#siblings.keep(named, decoded[0]);
  }

  refuse(message: string, line: number, column: number): void {
    this.#problems.push({
      file: this.#file,
      line,
      column,
      path: undefined,
      message,
      severity: 'error',
    });
  }

  #add(object: Decoded, line: number): void {
    const {apiVersion, kind, namespace, name, labels, value} = object;
    this.#objects.push({apiVersion, kind, namespace, name, labels, file: this.#file, line, value});
  }

  #decode(document: DocumentText): Decoded[] {
    const parsed = parseDocument(document.text);
    if ('failure' in parsed) {
      const {message, line, column} = parsed.failure;
      this.refuse(message, document.line + line - 1, column);
      return [];
    }
    const findings: Finding[] = [];
    const objects = decode(new Field(parsed.value, findings));
    const worth = this.#worthSaying(findings, objects[0]?.kind ?? '');
    if (worth.length > 0) this.#explain({...document, text: parsed.text}, worth);
    return objects;
  }

  /** The first mistake at each place, none below it, and each warning once a file. */
  #worthSaying(findings: readonly Finding[], kind: string): Finding[] {
    const mistaken = new Set<string>();
    return findings.filter(({path, message, severity}) => {
      if (severity === 'error') {
        for (let length = 0; length <= path.length; length++) {
          if (mistaken.has(pathText(path.slice(0, length)))) return false;
        }
        mistaken.add(pathText(path));
        return true;
      }
      const warning = `${kind} ${pathText(path).replace(/\[\d+\]/g, '')} ${message}`;
      if (this.#named.has(warning)) return false;
      this.#named.add(warning);
      return true;
    });
  }

  #explain(document: DocumentText, findings: readonly Finding[]): void {
    const placeOf =
      document.text.length > longestToPlace
        ? () => ({line: 1, column: 1})
        : placedValue(document.text).placeOf;
    for (const {path, onKey, message, severity} of findings) {
      const {line, column} = placeOf(path, onKey);
      this.#problems.push({
        file: this.#file,
        line: document.line + line - 1,
        column,
        path: pathText(path),
        message,
        severity,
      });
    }
  }
}

/** Above this the document's first line must do: the parser with positions is slow. */
const longestToPlace = 2_000_000;
