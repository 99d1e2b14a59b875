// The compiled command line, which is what users run: built anew where a source is newer than it.

import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'cli', 'main.js');

/** Path of the program. */
export function compiled(): string {
  if (!existsSync(program) || newestSource() > statSync(program).mtimeMs) {
    execFileSync('npm', ['run', '-s', 'build'], {cwd: root, stdio: 'inherit'});
  }
  return program;
}

function newestSource(): number {
  const sources = readdirSync(join(root, 'src'), {recursive: true, encoding: 'utf8'});
  return Math.max(...sources.map(source => statSync(join(root, 'src', source)).mtimeMs));
}
