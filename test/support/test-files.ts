// Which files `npm test` runs.

import {fileURLToPath} from 'node:url';
import {parse, type Suite} from 'uvu/parse';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As uvu finds them; names are relative to test/. */
export async function findTestFiles(pattern = ''): Promise<readonly Suite[]> {
  const {suites} = await parse('test', /\.test\.ts$/, {cwd: root});
  const wanted = new RegExp(pattern);
  return suites.filter(({name}) => wanted.test(name));
}
