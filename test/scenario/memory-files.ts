// Files that exist only in a test.

import type {Files} from '../../src/scenario/files.ts';

export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  return {
    read: path => (Object.hasOwn(texts, path) ? {text: texts[path]} : {wrong: 'no such file'}),
    importPlugins: async () => ({wrong: 'no such file'}),
  };
}
