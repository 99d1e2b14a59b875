// `orrery explain`: the life of one pod, or the chain of one outage, in a few lines, told by
// running a scenario again, or from the result files of a run that is over.

import type {CommandModule} from 'yargs';
import {repeatCommand} from '../experiment/repeat-command.ts';
import {lifeReport} from '../report/life-report.ts';
import {importPlugins} from '../scenario/load.ts';
import {done, interrupted, userMistake} from './exit-codes.ts';
import {Interruption} from './interruption.ts';
import {type Life, lastRun, lifeInFolder} from './life-in-folder.ts';
import {outageInFolder, outageInTables} from './outage-told.ts';
import {play} from './play.ts';
import {readAll} from './read-all.ts';
import {complain, print} from './terminal.ts';

type Arguments = {
  subject: string;
  number: number | undefined;
  pod: string | undefined;
  outage: number | undefined;
  run: string | undefined;
  seed: string | undefined;
  replication: number;
  set: string[];
  plugin: string[];
};

export const explain: CommandModule<object, Arguments> = {
  command: 'explain <subject> [number]',
  describe: 'the life of one pod, or the chain of one outage, in a few lines',
  builder: yargs =>
    yargs
      .positional('subject', {
        type: 'string',
        demandOption: true,
        describe: 'a pod of a finished run, or `outage`; with --pod or --outage a scenario to run',
      })
      .positional('number', {type: 'number', describe: 'of the outage: its row in outages.csv'})
      .option('pod', {type: 'string', requiresArg: true, describe: 'NAME or NAMESPACE/NAME'})
      .option('outage', {type: 'number', requiresArg: true, describe: 'its row in outages.csv'})
      .option('run', {type: 'string', requiresArg: true, describe: "a run's folder (the last one)"})
      .option('seed', {type: 'string', requiresArg: true, describe: 'with a scenario'})
      .option('replication', {
        type: 'number',
        default: 0,
        requiresArg: true,
        describe: 'with a scenario',
      })
      .option('set', {
        type: 'string',
        array: true,
        default: [] as string[],
        nargs: 1,
        describe: 'with a scenario',
      })
      .option('plugin', {
        type: 'string',
        array: true,
        default: [] as string[],
        nargs: 1,
        describe: 'with a scenario',
      })
      .conflicts('pod', ['run', 'outage'])
      .conflicts('outage', 'run')
      .example('$0 explain web-3', 'from the files of the last run')
      .example('$0 explain outage 3', 'why, and what took how long')
      .example('$0 explain a.yaml --pod web-3', 'in every detail, by running a.yaml'),
  handler: async given => {
    const fromRun = given.pod !== undefined || given.outage !== undefined;
    process.exitCode = fromRun ? await tellFromRun(given) : tellFromFolder(given);
  },
};

async function tellFromRun(given: Arguments): Promise<number> {
  const {subject, set, plugin, replication, pod, outage} = given;
  const scenarios = await readAll([subject], {...given, plugins: plugin, strict: false});
  if (scenarios === undefined) return userMistake;
  const [scenario] = scenarios;
  const interruption = new Interruption();
  const repeat = repeatCommand({...scenario, set, plugin, replication});
  const plugins = await importPlugins(scenario.scheduler.plugins);
  const options = {plugins, replication, repeat, lives: pod === undefined ? [] : [pod]};
  const outcome = await play(scenario, options, {interruption, quiet: false});
  interruption.close();
  if (outage !== undefined) {
    const code = tell(outageInTables(outcome.tables, outage));
    return interruption.wanted ? interrupted : code;
  }
  if (outcome.lives.length === 0) return refuse(`no pod ${pod} in the run of ${subject}`);
  print(outcome.lives.map(lifeReport).join('\n'));
  return interruption.wanted ? interrupted : done;
}

function tellFromFolder({subject, number, run}: Arguments): number {
  if (number === undefined && subject === 'outage') return refuse('which outage? explain outage 1');
  if (number !== undefined && subject !== 'outage') {
    return refuse(`only outages have numbers: explain outage ${number}, or explain ${subject}`);
  }
  const folder = run ?? lastRun('results/local');
  if (folder === undefined) {
    return refuse('no run in results/local; name its folder with --run, or a scenario and --pod');
  }
  return tell(
    number === undefined ? lifeInFolder(folder, subject) : outageInFolder(folder, number),
  );
}

function tell(told: Life): number {
  if ('wrong' in told) return refuse(told.wrong);
  print(told.lines.join('\n'));
  return done;
}

function refuse(message: string): number {
  complain(message);
  return userMistake;
}
