// How programs are joined with all that they import.

import type {BuildOptions, Plugin} from 'esbuild';

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

export const bundleOptions = {
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
} satisfies BuildOptions;
