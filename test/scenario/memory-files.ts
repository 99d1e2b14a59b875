// Files that exist only in a test.

import type {Files} from '../../src/scenario/files.ts';

export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  return {
    read: path => (Object.hasOwn(texts, path) ? {text: texts[path]} : {wrong: 'no such file'}),
    async *pieces(path) {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      if (text === undefined) yield {wrong: 'no such file'};
      else for (let i = 0; i < text.length; i += 7) yield {text: text.slice(i, i + 7)};
    },
    importPlugins: async () => ({wrong: 'no such file'}),
  };
}
