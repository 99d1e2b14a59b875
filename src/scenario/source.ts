// What the steps of reading one scenario share.

import {createHash} from 'node:crypto';
import {dirname, isAbsolute, join} from 'node:path';
import type {Files, FileText} from './files.ts';
import type {Notebook} from './notebook.ts';

export class Source {
  readonly file: string;
  readonly notebook: Notebook;
  readonly files: Files;
  /** Every text that the run depends on, in the order of reading. */
  readonly texts: string[] = [];
  /** All that was asked for could be read: what is not known is not there. */
  complete = true;

  constructor(file: string, {notebook, files}: {notebook: Notebook; files: Files}) {
    this.file = file;
    this.notebook = notebook;
    this.files = files;
  }

  /** Names in a scenario are relative to the folder that it lies in. */
  path(name: string): string {
    return isAbsolute(name) ? name : join(dirname(this.file), name);
  }

  read(name: string): FileText {
    const text = this.files.read(this.path(name));
    if ('text' in text) this.texts.push(text.text);
    else this.complete = false;
    return text;
  }

  /** A file too large to be held as one text. */
  async *pieces(name: string): AsyncGenerator<FileText> {
    const hash = createHash('sha256');
    try {
      for await (const piece of this.files.pieces(this.path(name))) {
        if ('text' in piece) hash.update(piece.text);
        else this.complete = false;
        yield piece;
      }
    } finally {
      // What the reader stopped before does not count.
      this.texts.push(`sha256 ${hash.digest('hex')}`);
    }
  }
}
