// Where a command writes: results to stdout, everything else to stderr. A reader that goes away
// early, as `head` does, is not an error.

import picocolors from 'picocolors';
import {formatProblem, type Problem} from '../options/problem.ts';

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function complainAbout(problems: readonly Problem[]): void {
  for (const problem of problems) {
    const line = formatProblem(problem);
    complain(colours.isColorSupported ? coloured(line, problem) : line);
  }
}

/** The place stands out, so that the eye finds the next problem. */
function coloured(line: string, {severity}: Problem): string {
  const end = line.indexOf(': ');
  const colour = severity === 'error' ? colours.red : colours.yellow;
  return `${colour(line.slice(0, end))}${line.slice(end)}`;
}

/** On a terminal only, and not where NO_COLOR asks for none. */
const colours = picocolors.createColors(
  process.stderr.isTTY === true && picocolors.isColorSupported,
);

export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
