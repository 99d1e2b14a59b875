// The files that a scenario is made of, as its reader sees them: `load.ts` has those of the
// machine, tests have their own.

import type {PluginDefinition} from '../scheduler/framework.ts';

export type FileText = {readonly text: string} | {readonly wrong: string};

/** `file`: its absolute path. */
export type PluginModule = {readonly file: string; readonly plugins: readonly PluginDefinition[]};

export type Files = {
  /** Gunzipped where it is gzipped. */
  read(path: string): FileText;
  /** The strategies that a JavaScript module exports. */
  importPlugins(path: string): Promise<PluginModule | {readonly wrong: string}>;
};
