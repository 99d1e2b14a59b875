// npm run -s oracles -- FILE: exact answers of queueing and availability theory, and of the rules
// of Kubernetes, against runs. Prints a row a figure and closes with the counts; exit code 1 unless
// there were some and all passed.

import {readFileSync} from 'node:fs';
import {type Answer, looksLikeChance, runOracles, together} from './run-oracles.ts';

// Rows are printed as they come, so the widths cannot wait for all.
const widths = [28, 20, 13, 13, 10, 6, 7];

const files = process.argv.slice(2);
const text = files.length === 1 ? textOf(files[0]) : undefined;
if (files.length !== 1) console.error('usage: npm run -s oracles -- FILE');
if (text === undefined) {
  process.exitCode = 1;
} else {
  print([['oracle', 'figure', 'expected', 'measured', 'half-width', 'z', 'verdict']]);
  const {answers, others} = await runOracles(text, answer => print(rowsOf(answer)));
  if (others > 0) console.log(`${others} oracles of other families`);
  const all = together(answers);
  const fine = looksLikeChance(all);
  console.log(
    `deviations of ${all.runs} runs together: bias ${all.bias.toFixed(2)} standard errors, ` +
      `chance of such a spread ${all.chance.toFixed(3)}: ${fine ? 'right' : 'WRONG'}`,
  );
  const loose = answers
    .flatMap(({figures}) => figures)
    .filter(({right, loose}) => right && loose).length;
  if (loose > 0) console.log(`${loose} figures are right, with a half-width above 1 %`);
  const verdicts = [...answers.flatMap(({figures}) => figures.map(({right}) => right)), fine];
  const failed = verdicts.filter(right => !right).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && answers.length > 0 ? 0 : 1;
}

function rowsOf({id, figures}: Answer): string[][] {
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
