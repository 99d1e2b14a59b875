// `orrery explain`: the life of one pod in a few lines, told by running a scenario again, or from
// the result files of a run that is over.

import type {CommandModule} from 'yargs';
import {lifeReport} from '../report/life-report.ts';
import {importPlugins} from '../scenario/load.ts';
import {done, interrupted, userMistake} from './exit-codes.ts';
import {Interruption} from './interruption.ts';
import {type Life, lastRun, lifeInFolder} from './life-in-folder.ts';
import {play} from './play.ts';
import {readAll} from './read-all.ts';
import {repeatCommand} from './repeat-command.ts';
import {complain, print} from './terminal.ts';

type Arguments = {
  subject: string;
  pod: string | undefined;
  run: string | undefined;
  seed: string | undefined;
  replication: number;
  set: string[];
  plugin: string[];
};

export const explain: CommandModule<object, Arguments> = {
  command: 'explain <subject>',
  describe: 'the life of one pod in a few lines',
  builder: yargs =>
    yargs
      .positional('subject', {
        type: 'string',
        demandOption: true,
        describe: 'a pod of a finished run, or with --pod a scenario to run',
      })
      .option('pod', {type: 'string', requiresArg: true, describe: 'NAME or NAMESPACE/NAME'})
      .option('run', {type: 'string', requiresArg: true, describe: "a run's folder (the last one)"})
      .option('seed', {type: 'string', requiresArg: true, describe: 'with --pod'})
      .option('replication', {
        type: 'number',
        default: 0,
        requiresArg: true,
        describe: 'with --pod',
      })
      .option('set', {
        type: 'string',
        array: true,
        default: [] as string[],
        nargs: 1,
        describe: 'with --pod',
      })
      .option('plugin', {
        type: 'string',
        array: true,
        default: [] as string[],
        nargs: 1,
        describe: 'with --pod',
      })
      .conflicts('pod', 'run')
      .example('$0 explain web-3', 'from the files of the last run')
      .example('$0 explain a.yaml --pod web-3', 'in every detail, by running a.yaml'),
  handler: async given => {
    process.exitCode =
      given.pod === undefined ? tellFromFolder(given) : await tellFromRun(given, given.pod);
  },
};

async function tellFromRun(given: Arguments, pod: string): Promise<number> {
  const {subject, set, plugin, replication} = given;
  const scenarios = await readAll([subject], {...given, plugins: plugin, strict: false});
  if (scenarios === undefined) return userMistake;
  const [scenario] = scenarios;
  const interruption = new Interruption();
  const repeat = repeatCommand(scenario, {set, plugin, replication});
  const plugins = await importPlugins(scenario.scheduler.plugins);
  const options = {plugins, replication, repeat, lives: [pod]};
  const {lives} = await play(scenario, options, {interruption, quiet: false});
  interruption.close();
  if (lives.length === 0) return refuse(`no pod ${pod} in the run of ${subject}`);
  print(lives.map(lifeReport).join('\n'));
  return interruption.wanted ? interrupted : done;
}

function tellFromFolder({subject, run}: Arguments): number {
  const folder = run ?? lastRun('results/local');
  if (folder === undefined) {
    return refuse('no run in results/local; name its folder with --run, or a scenario and --pod');
  }
  const told: Life = lifeInFolder(folder, subject);
  if ('wrong' in told) return refuse(told.wrong);
  print(told.lines.join('\n'));
  return done;
}

function refuse(message: string): number {
  complain(message);
  return userMistake;
}
