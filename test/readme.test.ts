// What README.md shows is what happens: its files are written, its commands run, and what they
// print is compared with what is printed there. Needs the build that npm ci makes.

import {execFileSync} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {orrery} from './cli/orrery.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'orrery-readme-'));

type Shown = {readonly command: string; readonly output: string};

test.before(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'orrery'));
  symlinkSync(join(root, 'scenarios'), join(folder, 'scenarios'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  for (const [, name, text] of readme.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)) {
    writeFileSync(join(folder, name), text);
  }
});
test.after(() => rmSync(folder, {recursive: true}));

for (const {command, output} of shown()) {
  test(`README: ${command}`, async () => {
    const printed = await print(command);
    if (printed !== undefined) assert.fixture(printed.trimEnd(), output);
  });
}

test('README links to files that exist', () => {
  for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    assert.ok(existsSync(join(root, path)), path);
  }
});

test('README names every command and every script that a user needs', () => {
  for (const name of ['run', 'compare', 'merge', 'validate', 'options', 'explain']) {
    assert.match(readme, new RegExp(`\\| \`orrery ${name} `));
  }
  for (const name of ['conformance', 'k8s-sims', 'bench']) {
    assert.ok(name in scripts, name);
    assert.ok(readme.includes(`npm run -s ${name}`) || readme.includes(`npm run ${name}`), name);
  }
});

test('README lists no option that neither a run nor a comparison takes', async () => {
  const helps = ['run', 'compare'].map(name => orrery([name, '--help'], {folder}));
  const out = (await Promise.all(helps)).map(help => help.out).join('\n');
  const listed = [...readme.matchAll(/^\| `(--[a-z]+)/gm)].map(([, name]) => name);
  assert.ok(listed.length > 5);
  for (const name of listed) assert.ok(out.includes(` ${name} `), name);
});

function shown(): Shown[] {
  return [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block
      .split(/^\$ /m)
      .filter(part => part !== '')
      .map(part => {
        const [command, ...lines] = part.split('\n');
        return {command, output: lines.join('\n').trimEnd()};
      }),
  );
}

/** `undefined`: too much to run here, but there is such a script. */
async function print(command: string): Promise<string | undefined> {
  if (command === 'npm ci && npm start')
    return print(scripts.start.replace('node dist/cli/main.js', 'npx orrery'));
  const [program, ...given] = command.split(' ');
  if (program === 'node')
    return execFileSync(process.execPath, given, {cwd: folder, encoding: 'utf8'});
  if (command.startsWith('npx orrery ')) {
    const {out, err} = await orrery(given.slice(1), {folder});
    return out + err;
  }
  const script = /^npm run -s ([\w-]+) /.exec(command)?.[1];
  assert.ok(script !== undefined && script in scripts, `no such command: ${command}`);
  return undefined;
}

test.run();
