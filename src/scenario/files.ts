// The files that a scenario is made of, as its reader sees them: `load.ts` has those of the
// machine, tests have their own.

import type {PluginDefinition} from '../scheduler/framework.ts';

export type FileText = {readonly text: string} | {readonly wrong: string};

export type PluginModule = {
  /** Its absolute path. */
  readonly file: string;
  readonly text: string;
  readonly plugins: readonly PluginDefinition[];
};

export type Files = {
  /** Gunzipped where it is gzipped. */
  read(path: string): FileText;
  /**
   * The text piece by piece, for files that may be larger than any text; the last one says what is
   * wrong where it cannot be read to its end.
   */
  pieces(path: string): AsyncIterable<FileText>;
  /** The strategies that a JavaScript module exports. */
  importPlugins(path: string): Promise<PluginModule | {readonly wrong: string}>;
};
