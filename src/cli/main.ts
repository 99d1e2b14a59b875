#!/usr/bin/env node
// The command line. Each command is a file of its own; here is what all of them share: strictness
// about what they are given, exit codes, and what happens when a promise of ours is broken.

import yargs from 'yargs';
import {hideBin} from 'yargs/helpers';
import {InvariantError} from '../engine/invariant-error.ts';
import {version} from '../experiment/version.ts';
import {StrategyError} from '../scheduler/strategy-error.ts';
import {compare} from './compare.ts';
import {brokenPromise, userMistake} from './exit-codes.ts';
import {explain} from './explain.ts';
import {merge} from './merge.ts';
import {options} from './options.ts';
import {run} from './run.ts';
import {complain, tolerateClosedPipes} from './terminal.ts';
import {validate} from './validate.ts';

/** Those that may be given several times, `_` being yargs' own. */
const listOptions = ['_', 'scenarios', 'files', 'folders', 'set', 'vary', 'plugin'];

tolerateClosedPipes();

try {
  await withoutSpareHelp(yargs(hideBin(process.argv)))
    .scriptName('orrery')
    .usage('$0 COMMAND\n\nPlays Kubernetes clusters as timed events in virtual time.')
    .command(run)
    .command(compare)
    .command(merge)
    .command(validate)
    .command(options)
    .command(explain)
    .demandCommand(1, 'expected a command: run, compare, merge, validate, options or explain')
    .strict()
    .recommendCommands()
    .check(onceEach)
    .version(version)
    .help()
    .alias({help: 'h', version: 'v'})
    .epilogue('orrery COMMAND --help says more of one command.')
    .wrap(100)
    .fail(refuse)
    .parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

type HelpKeeper = {
  getInternalMethods?(): {getUsageInstance?(): {cacheHelpMessage?: () => void} | undefined};
};

/**
 * yargs lays out the help of every command that it runs, in case somebody asks afterwards: a
 * twentieth of what a start costs, and here nobody does.
 */
function withoutSpareHelp<Parser extends object>(parser: Parser): Parser {
  const usage = (parser as HelpKeeper).getInternalMethods?.().getUsageInstance?.();
  if (usage?.cacheHelpMessage !== undefined) usage.cacheHelpMessage = () => undefined;
  return parser;
}

/** Says whose the error is, and gives the exit code for it. */
function tell(error: unknown): number {
  if (!(error instanceof InvariantError)) {
    const what = error instanceof Error ? error.stack : String(error);
    complain(`Orrery itself went wrong: ${what}`);
    return brokenPromise;
  }
  if (error.cause instanceof StrategyError) {
    complain(`a strategy went wrong: ${error.message}`);
    return userMistake;
  }
  complain(`a promise of Orrery's own code was broken: ${error.message}`);
  return brokenPromise;
}

/** yargs makes a list of what is given twice; here only a few options take one. */
function onceEach(given: Readonly<Record<string, unknown>>): string | true {
  const twice = Object.keys(given).find(
    name => Array.isArray(given[name]) && !listOptions.includes(name),
  );
  return twice === undefined ? true : `--${twice} is given more than once`;
}

/** For what was typed; an error of a command itself goes its own way. */
function refuse(message: string | undefined, error: unknown): never {
  if (error instanceof Error && error.name !== 'YError') throw error;
  complain(`${message}\nfor help: orrery --help`);
  process.exit(userMistake);
}
