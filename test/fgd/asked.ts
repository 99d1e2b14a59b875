// What `npm run fgd` is asked for on its command line, or what is wrong with that: a slip must not
// replace a table of ten runs by an empty one.

import {existsSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';

export type Asked = {
  readonly folder: string;
  /** `undefined`: all that lie there. */
  readonly lists: readonly string[] | undefined;
  readonly replications: number;
  readonly workers: number;
  readonly out: string;
};

export const usage =
  'npm run fgd -- FOLDER [--lists NAME,NAME] [--replications 10] [--workers N] [--out results/fgd]';

/** `usual`: the folder unless one is named. A sentence where it cannot be done. */
export function asked(args: readonly string[], usual: string | undefined): Asked | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const {values, positionals} = parsed;
  const [folder = usual] = positionals;
  if (folder === undefined) return 'name the folder with openb_pod_list_default.csv';
  const lists = values.lists?.split(',');
  const counts = [Number(values.replications), Number(values.workers)];
  if (!counts.every(count => Number.isInteger(count) && count > 0)) {
    return '--replications and --workers: expected whole numbers above 0';
  }
  const needed = ['node_list_gpu_node', ...(lists ?? []).map(list => `pod_list_${list}`)];
  const missing = needed
    .map(name => join(folder, `openb_${name}.csv`))
    .find(file => !existsSync(file));
  if (missing !== undefined) return `${missing}: no such file`;
  return {folder, lists, replications: counts[0], workers: counts[1], out: values.out};
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      lists: {type: 'string'},
      replications: {type: 'string', default: '10'},
      workers: {type: 'string', default: String(availableParallelism())},
      out: {type: 'string', default: 'results/fgd'},
    },
  });
}
