// Makes a folder and those around it. Node's own `recursive` never ends where the system refuses a
// folder as if the one around it were not there, as in /proc.

import {existsSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';

/** The outermost folder that was not there before. */
export function makeFolder(path: string): string | undefined {
  // Another process may make it at the same time; a file there is an error.
  if (existsSync(path)) return mkdirSync(path, {recursive: true});
  const outermost = makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (cause) {
    if (!existsSync(path)) throw cause;
  }
  return outermost ?? path;
}
