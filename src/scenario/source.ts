// What the steps of reading one scenario share.

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
}
