// Joins each program of `dist/` with all that it imports, packages included, into one file: finding
// and reading four hundred files took two thirds of what starting Orrery costs. The licences of the
// packages that went in stand beside it.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';

const packageFolder = /.*node_modules\/(@[^/]+\/)?[^/]+/;

/** What Node is started with; whatever else is in `dist/` is the library. */
const programs = ['dist/cli/main.js', 'dist/experiment/worker.js'];

const {metafile} = await build({
  entryPoints: programs,
  outdir: 'dist',
  outbase: 'dist',
  allowOverwrite: true,
  // What only some commands need lies in files of its own, beside the command line's.
  splitting: true,
  chunkNames: 'cli/[name]-[hash]',
  ...bundleOptions,
  metafile: true,
  logLevel: 'warning',
});
writeFileSync('dist/licences.txt', licences(metafile));

/** Of every package that went in, once. */
function licences({inputs}: Metafile): string {
  const folders = Object.keys(inputs).flatMap(path => packageFolder.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort().map(licence).join('\n');
}

function licence(folder: string): string {
  const {name, version, license, author} = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined
      ? `${license}, ${author?.name ?? author}\n`
      : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version}\n\n${text}`;
}
