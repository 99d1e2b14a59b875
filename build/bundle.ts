// Joins each program of `dist/` with all that it imports, packages included, into one file: finding
// and reading four hundred files took two thirds of what starting Orrery costs. The licences of the
// packages that went in stand beside it.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build, type Metafile, type Plugin} from 'esbuild';

const packageFolder = /.*node_modules\/(@[^/]+\/)?[^/]+/;

/** What Node is started with; whatever else is in `dist/` is the library. */
const programs = ['dist/cli/main.js'];

// Piscina finds the file of its threads beside its own.
const external = ['piscina'];

// yargs lays out help with it, which is plain text. Its tables of emoji cost 30 ms of every start.
const plainWidth: Plugin = {
  name: 'plain-width',
  setup: ({onResolve, onLoad}) => {
    onResolve({filter: /^string-width$/}, ({importer}) =>
      /node_modules.(yargs|cliui|wrap-ansi)\b/.test(importer)
        ? {path: 'string-width', namespace: 'plain-width'}
        : undefined,
    );
    onLoad({filter: /.*/, namespace: 'plain-width'}, () => ({
      contents: 'export default text => [...text].length;',
    }));
  },
};

const {metafile} = await build({
  entryPoints: programs,
  outdir: 'dist',
  outbase: 'dist',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external,
  plugins: [plainWidth],
  // Names stay, for whoever reads a stack.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  // Some packages ask for Node's own modules by `require`.
  banner: {
    js: [
      "import {createRequire as requireFrom} from 'node:module';",
      'const require = requireFrom(import.meta.url);',
    ].join('\n'),
  },
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
