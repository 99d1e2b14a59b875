// The command line and the workers as `npm run build` bundles them, made once a test file: a process
// or a worker from source takes a second longer to start, and these tests start many.

import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundleOptions} from '../../build/bundle-options.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Bundled = {
  /** The command line. */
  readonly main: string;
  readonly playPlan: typeof import('../../src/experiment/play-plan.ts')['playPlan'];
};

/** Inside the repository, so that packages are found. Gone when the process ends. */
export async function bundled(): Promise<Bundled> {
  const folder = mkdtempSync(join(root, '.bundled-'));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  const entries = ['cli/main', 'experiment/worker', 'experiment/play-plan'];
  await build({
    entryPoints: entries.map(entry => join(root, 'src', `${entry}.ts`)),
    ...{outdir: join(folder, 'dist'), outbase: join(root, 'src')},
    ...bundleOptions,
  });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  const {playPlan} = await import(join(folder, 'dist/experiment/play-plan.js'));
  return {main: join(folder, 'dist/cli/main.js'), playPlan};
}
