// A folder for the length of one test.

import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

export type Contents = Readonly<Record<string, string | Uint8Array>>;

export async function inTemporaryFolder(
  contents: Contents,
  act: (folder: string) => unknown,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-test-'));
  try {
    for (const [name, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(folder, name)), {recursive: true});
      writeFileSync(join(folder, name), text);
    }
    await act(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
