// Reads a scenario from the files of this machine: the only place under `scenario/` that touches
// them. A file that cannot be read is a sentence, whatever is wrong with it.

import {closeSync, createReadStream, openSync, readFileSync, readSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {pipeline} from 'node:stream';
import {pathToFileURL} from 'node:url';
import {createGunzip, gunzipSync} from 'node:zlib';
import {isMap} from '../options/is-map.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import type {Files, FileText, PluginModule} from './files.ts';
import {type Reading, type ReadOptions, readScenarioFrom} from './read-scenario-from.ts';

/** Never throws because of what a file says: the problems say it. */
export function readScenario(file: string, options: ReadOptions = {}): Promise<Reading> {
  return readScenarioFrom(filesHere, file, options);
}

/** The strategies of a scenario's plugin files; a worker calls it again with the same paths. */
export async function importPlugins(paths: readonly string[]): Promise<PluginDefinition[]> {
  const found = await Promise.all(paths.map(path => importPluginFile(path)));
  return found.flatMap(module => {
    if ('wrong' in module) throw new Error(module.wrong);
    return module.plugins;
  });
}

export function readTextFile(path: string): FileText {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return {wrong: 'a directory, not a file'};
    // A pipe or device might never end.
    if (!stats.isFile()) return {wrong: 'not an ordinary file'};
    if (stats.size > mostBytes) return {wrong: tooLarge};
    return decode(readFileSync(path));
  } catch (error) {
    return {wrong: whyNot(error)};
  }
}

const filesHere: Files = {
  read: readTextFile,
  pieces: piecesOfFile,
  importPlugins: importPluginFile,
};

/** Bytes that are no UTF-8 become �, so that only the rows that have them are lost. */
async function* piecesOfFile(path: string): AsyncGenerator<FileText> {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return yield {wrong: 'a directory, not a file'};
    if (!stats.isFile()) return yield {wrong: 'not an ordinary file'};
    const decoder = new TextDecoder();
    for await (const bytes of plainBytes(path)) {
      if (bytes.includes(0)) return yield {wrong: 'a binary file, not text'};
      yield {text: decoder.decode(bytes, {stream: true})};
    }
    yield {text: decoder.decode()};
  } catch (error) {
    yield {wrong: String(codeOf(error)).startsWith('Z_') ? 'a damaged gzip file' : whyNot(error)};
  }
}

function plainBytes(path: string): AsyncIterable<Buffer> {
  const stored = createReadStream(path, {highWaterMark: 2 ** 18});
  if (!isGzipped(path)) return stored;
  return pipeline(stored, createGunzip({chunkSize: 2 ** 18}), () => {});
}

function isGzipped(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(2);
    readSync(file, start);
    return start[0] === 0x1f && start[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Buffer): FileText {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : bytes;
  if (typeof plain === 'string') return {wrong: plain};
  if (plain.includes(0)) return {wrong: 'a binary file, not text'};
  try {
    return {text: new TextDecoder('utf-8', {fatal: true}).decode(plain)};
  } catch {
    return {wrong: 'not UTF-8 text'};
  }
}

function unpack(bytes: Buffer): Buffer | string {
  try {
    return gunzipSync(bytes, {maxOutputLength: mostBytes});
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : 'a damaged gzip file';
  }
}

function whyNot(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ELOOP':
      return 'its symbolic links lead in a circle';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    default:
      return `cannot be read: ${firstLine(error)}`;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function importPluginFile(path: string): Promise<PluginModule | {readonly wrong: string}> {
  const text = readTextFile(path);
  if ('wrong' in text) return text;
  try {
    const file = resolve(path);
    const plugins = Object.values(await importModule(file)).filter(isPlugin);
    if (plugins.length > 0) return {file, text: text.text, plugins};
    return {wrong: 'exports no plugin; expected one made with definePlugin({name, create})'};
  } catch (error) {
    const isTypeScript = codeOf(error) === 'MODULE_NOT_FOUND' && /\.[cm]?ts$/.test(path);
    return {wrong: isTypeScript ? needsTsx : `cannot be imported: ${firstLine(error)}`};
  }
}

/** TypeScript is imported by tsx, where it is loaded, or installed beside the file. */
async function importModule(file: string): Promise<object> {
  const {href} = pathToFileURL(file);
  try {
    return await import(href);
  } catch (error) {
    if (codeOf(error) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    const {tsImport} = await import(pathToFileURL(tsxBeside(file)).href);
    return await tsImport(href, import.meta.url);
  }
}

/** tsx's API for modules, as a path: `require` alone would give the one for CommonJS. */
function tsxBeside(file: string): string {
  const {resolve: find} = createRequire(file);
  const paths = [dirname(file), import.meta.dirname];
  return join(dirname(find('tsx/package.json', {paths})), 'dist', 'esm', 'api', 'index.mjs');
}

function isPlugin(value: unknown): value is PluginDefinition {
  return isMap(value) && typeof value.name === 'string' && typeof value.create === 'function';
}

// The longest text that V8 holds is a little longer.
const mostBytes = 500 * 1024 * 1024;
const tooLarge = 'larger than 500 MiB';
const needsTsx = 'TypeScript needs tsx beside it (npm install tsx), or must be compiled first';
