// Orrery's own version, from its package.json: beside `src/` and beside `dist/`.

import {readFileSync} from 'node:fs';

export const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
