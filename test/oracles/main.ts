// npm run -s oracles -- FILE: exact answers of queueing and availability theory, and of the rules
// of Kubernetes, against runs. Prints a row a figure and closes with the counts; exit code 1 unless
// there were some and all passed. `--only BEGINNING` runs those whose ids begin so; `--show ID`
// prints the scenario of one, for `orrery run`.

import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {type Answer, looksLikeChance, runOracles, scenariosFor, together} from './run-oracles.ts';

// Rows are printed as they come, so the widths cannot wait for all.
const widths = [28, 20, 13, 13, 10, 6, 7];

const {positionals: files, values: wishes} = parseArgs({
  allowPositionals: true,
  options: {only: {type: 'string'}, show: {type: 'string'}},
});
const text = files.length === 1 ? textOf(files[0]) : undefined;
if (files.length !== 1) {
  console.error('usage: npm run -s oracles -- FILE [--only BEGINNING] [--show ID]');
}
if (text === undefined) process.exitCode = 1;
else if (wishes.show !== undefined) show(text, wishes.show);
else await runAll(text, wishes.only);

function show(text: string, id: string): void {
  const scenarios = scenariosFor(text, id);
  if (scenarios === undefined) {
    console.error(`no oracle ${id} of a family that is known here`);
    process.exitCode = 1;
  } else if (scenarios.length === 0) {
    console.error(`${id} is a rule: it is asked, and nothing is run`);
  } else console.log(scenarios.join('# And another scenario:\n---\n'));
}

async function runAll(text: string, only: string | undefined): Promise<void> {
  print([['oracle', 'figure', 'expected', 'measured', 'half-width', 'z', 'verdict']]);
  const {answers, others} = await runOracles(text, answer => print(rowsOf(answer)), only);
  if (others.length > 0) {
    console.log(
      `${others.length} oracles of families that are not known here: ${others.join(', ')}`,
    );
  }
  const all = together(answers);
  const fine = looksLikeChance(all);
  console.log(
    `deviations of ${all.runs} runs together: bias ${all.bias.toFixed(2)} standard errors, ` +
      `chance of such a spread ${all.chance.toFixed(3)}: ${fine ? 'right' : 'WRONG'}`,
  );
  const figures = answers.flatMap(answer => answer.figures);
  const loose = figures.filter(figure => figure.right && figure.loose).length;
  if (loose > 0) console.log(`${loose} figures are right, with a half-width above 1 %`);
  const troubles = answers.flatMap(({trouble}) => (trouble === undefined ? [] : [false]));
  const verdicts = [...figures.map(({right}) => right), ...troubles, fine];
  const failed = verdicts.filter(right => !right).length;
  const {user, system} = process.cpuUsage();
  const seconds = Math.round((user + system) / 1e6);
  console.log(`${verdicts.length - failed} passed, ${failed} failed, ${seconds} CPU s`);
  process.exitCode = failed === 0 && answers.length > 0 ? 0 : 1;
}

function rowsOf({id, figures, trouble}: Answer): string[][] {
  if (trouble !== undefined) return [[id, `cannot be run: ${trouble}`]];
  return figures.map(({name, expected, measured, halfWidth, z, right, loose}) => [
    id,
    name,
    expected.toPrecision(7),
    measured.toPrecision(7),
    halfWidth.toPrecision(2),
    z === undefined ? '' : z.toFixed(2),
    right ? (loose ? 'right, loose' : 'right') : 'WRONG',
  ]);
}

function print(rows: string[][]): void {
  for (const row of rows) {
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    );
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    console.error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
