// The rules of the house that a program can check, each a function from files to complaints. That
// each of them can fail is tested in rules.test.ts, on files made up for it.

import {importsOf, type SourceFile} from './source-file.ts';

type Complaint = string;

/** From left to right: a folder imports from itself and from what stands to its right. */
const layers: readonly (readonly string[])[] = [
  ['cli'],
  ['report'],
  ['experiment'],
  ['scenario'],
  [
    ...['control-plane', 'scheduler', 'controllers', 'node', 'network', 'storage'],
    ...['workload', 'operators', 'faults', 'metrics', 'manifests'],
  ],
  ['machines'],
  ['objects'],
  ['options'],
  ['engine'],
];

export function layerComplaints(files: readonly SourceFile[]): Complaint[] {
  return files.flatMap(file => {
    const complaints: Complaint[] = [];
    for (const imported of importsOf(file).files) {
      if (!imported.startsWith('src/')) {
        complaints.push(`${file.path} imports ${imported}, which is not part of the product`);
      } else if (!mayImport(folderOf(file.path), folderOf(imported))) {
        complaints.push(`${file.path} imports ${imported}, which does not stand to its right`);
      }
    }
    if (rank(folderOf(file.path)) === -1) complaints.push(`${file.path} lies in no known folder`);
    return complaints;
  });
}

/** `undefined`: src/index.ts, the library. */
function folderOf(path: string): string | undefined {
  const [, folder, ...rest] = path.split('/');
  return rest.length === 0 ? undefined : folder;
}

function mayImport(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined) return to !== 'cli';
  return from === to || (to !== undefined && rank(from) < rank(to));
}

function rank(folder: string | undefined): number {
  return folder === undefined ? 0 : layers.findIndex(layer => layer.includes(folder));
}

export function sizeComplaints(files: readonly SourceFile[]): Complaint[] {
  return files.flatMap(({path, text}) => {
    const lines = text.split('\n').length - 1;
    return lines > 300 ? [`${path} has ${lines} lines; 300 are enough`] : [];
  });
}

/** What a literal holds is not counted: a message stands on one line. A comment is, in full. */
export function widthComplaints(files: readonly SourceFile[]): Complaint[] {
  return files.flatMap(({path, text, code}) => {
    const codeLines = code.split('\n');
    return text
      .split('\n')
      .map((line, i) => (codeLines[i].trim() === '' ? line : withoutLiterals(codeLines[i])))
      .flatMap((line, i) =>
        [...line].length > 100 ? [`${path}:${i + 1} is wider than 100 columns`] : [],
      );
  });
}

function withoutLiterals(code: string): string {
  return code
    .replace(/`[^`]*(`|$)/g, '``')
    .replace(/(['"/]) +\1/g, '$1$1')
    .trimEnd();
}

export function headComplaints(files: readonly SourceFile[]): Complaint[] {
  return files
    .filter(({text}) => !/^(#!.*\n)?(\/\/|\/\*\*) /.test(text))
    .map(({path}) => `${path} does not open with a comment that says what it is`);
}

const worldly =
  /\b(Date|process|performance|fetch|WebSocket|crypto|set(Timeout|Interval|Immediate)|queueMicrotask|console|Math\.random)\b(?!['"]?:)/g;
/** Without access to the machine: arithmetic on names, and a hash. */
const unworldly = ['node:path', 'node:crypto'];
const mayTouchTheWorld = /^src\/(scenario\/load\.ts|experiment\/|report\/|cli\/)/;

export function worldComplaints(files: readonly SourceFile[]): Complaint[] {
  return files
    .filter(({path}) => !mayTouchTheWorld.test(path))
    .flatMap(file => {
      const modules = importsOf(file).packages.filter(
        name => name.startsWith('node:') && !unworldly.includes(name),
      );
      const names = [...file.code.matchAll(worldly)]
        .filter(({index}) => file.code[index - 1] !== '.' && file.code[index - 1] !== '#')
        .map(([name]) => name);
      return [...modules, ...names].map(name => `${file.path} uses ${name}`);
    });
}

const exactMath =
  /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|PI|E|LN2|LN10|LOG2E|SQRT2)$/;

/** What the standard leaves to the engine differs in the last bit from machine to machine. */
export function mathComplaints(files: readonly SourceFile[]): Complaint[] {
  return files
    .filter(({path}) => path !== 'src/engine/math.ts')
    .flatMap(({path, code}) => {
      const functions = [...code.matchAll(/\bMath\.(\w+)/g)]
        .filter(([, name]) => name !== 'random' && !exactMath.test(name))
        .map(([call]) => `${path} uses ${call}, which is not the same everywhere`);
      const powers = [...code.matchAll(/(\S+) \*\*=? /g)]
        .filter(([, base]) => !/(^|[(-])(2|10n)$/.test(base))
        .map(([power]) => `${path} uses ${power.trim()}; only powers of 2 are exact`);
      return [...functions, ...powers];
    });
}

const unwanted: readonly [RegExp, string][] = [
  [/\bexport default\b/, 'a default export'],
  [/\benum \w+/, 'an enum'],
  [/^\s*(declare )?namespace \w+/m, 'a namespace'],
  [/(: |\bas |<)any\b/, 'any'],
  [/[\w)\]]!(?=[.;,)\]\s[])(?!\s*=)/, 'a non-null assertion'],
  [/\bclass \w+(<[^{]*>)? extends (?!Error\b)/, 'inheritance'],
];

export function languageComplaints(files: readonly SourceFile[]): Complaint[] {
  return files.flatMap(({path, text, code}) => {
    const found = unwanted.filter(([pattern]) => pattern.test(code)).map(([, what]) => what);
    if (/biome-ignore|@ts-(ignore|nocheck|expect-error)/.test(text)) found.push('a muted check');
    return found.map(what => `${path} has ${what}`);
  });
}

/** A bundle leaves out what nobody uses of a namespace, and nothing of an object: 60 languages. */
export function zodComplaints(files: readonly SourceFile[]): Complaint[] {
  return files
    .filter(({text}) => /^import \{z\} from 'zod'/m.test(text))
    .map(({path}) => `${path} imports {z} from zod; say * as z`);
}

export type Registry = {
  readonly index: string;
  /** What a file of that folder contains when it brings an entry. */
  readonly entry: RegExp;
};

export const registries: readonly Registry[] = [
  {index: 'src/workload/index.ts', entry: /^export const \w+ = defineWorkload\(/m},
  {
    index: 'src/faults/index.ts',
    entry: /^export const \w+(: FaultDefinition = \{| = define\w*Fault\()/m,
  },
  {index: 'src/scheduler/plugins/index.ts', entry: /^export const \w+ = definePlugin\b/m},
  {
    index: 'src/metrics/index.ts',
    entry: /^ {2}(table|figures)\([^)]*\): (ResultTable|Figure\[\])/m,
  },
  {index: 'src/manifests/index.ts', entry: /^export function read\w+\([^)]*: Metadata\b/m},
  {index: 'src/cli/main.ts', entry: /^export const \w+: CommandModule/m},
];

export function registryComplaints(
  {index, entry}: Registry,
  files: readonly SourceFile[],
): Complaint[] {
  const folder = index.slice(0, index.lastIndexOf('/') + 1);
  const registry = files.find(({path}) => path === index);
  if (registry === undefined) return [`${index} is missing`];
  const entries = files.filter(({path, code}) => path.startsWith(folder) && entry.test(code));
  const direct = importsOf(registry).files;
  // An entry, or a folder's own registry, may itself list entries: those of its folder.
  const listed = [
    ...direct,
    ...[...entries, ...files.filter(({path}) => path.endsWith('/index.ts'))]
      .filter(({path}) => direct.includes(path))
      .flatMap(file => importsOf(file).files),
  ];
  if (entries.length === 0) return [`${index}: no file brings an entry`];
  return entries
    .filter(({path}) => path !== index && !listed.includes(path))
    .map(({path}) => `${path} is not listed in ${index}`);
}

const editorLine = '# yaml-language-server: $schema=../dist/scenario.schema.json\n';

/** Folders among them have what a scenario reads, or needs of others to run. */
export function scenarioComplaints(
  scenarios: readonly SourceFile[],
  results: ReadonlySet<string>,
): Complaint[] {
  const shipped = scenarios.filter(({path}) => /^scenarios\/[^/]+$/.test(path));
  return shipped.flatMap(({path, text}) => {
    const complaints: Complaint[] = [];
    const name = path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length);
    const editable = text.startsWith(editorLine);
    if (!editable) complaints.push(`${path} does not name its schema for editors`);
    if (!/^# .*?\?/.test(editable ? text.slice(editorLine.length) : text)) {
      complaints.push(`${path} does not open with its question`);
    }
    if (!text.includes(`\nname: ${name}\n`)) complaints.push(`${path} has another name inside`);
    if (!results.has(name)) complaints.push(`${path} has no results/${name}/`);
    return complaints;
  });
}

export function testFileComplaints(
  files: readonly SourceFile[],
  found: ReadonlySet<string>,
): Complaint[] {
  return files.flatMap(({path, text}) => {
    const complaints: Complaint[] = [];
    if (!text.endsWith('\ntest.run();\n')) complaints.push(`${path} does not end in test.run();`);
    if (!found.has(path)) complaints.push(`${path} is not found by npm test`);
    return complaints;
  });
}

const fixedSeed = 'test/support/fast-check.ts';

/** A test that draws other cases at every run fails by chance, and not for what was changed. */
export function seedComplaints(files: readonly SourceFile[]): Complaint[] {
  return files
    .filter(({path}) => path !== fixedSeed)
    .filter(file => importsOf(file).packages.includes('fast-check'))
    .map(({path}) => `${path} imports fast-check itself; ${fixedSeed} fixes its seed`);
}

/** What means nothing to a reader elsewhere: folders of one machine, numbers of one tracker. */
const local = [
  /(?<![\w.~/:-])\/(work|home|root|Users)\/\w+/,
  /\bissues? #?\d+\b/i,
  /\bTODO\b(?!\()/,
];

export function localComplaints(files: readonly SourceFile[]): Complaint[] {
  return files.flatMap(({path, text}) =>
    local.flatMap(pattern => {
      const found = pattern.exec(text);
      return found === null ? [] : [`${path} mentions ${found[0]}`];
    }),
  );
}
