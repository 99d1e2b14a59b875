// `orrery validate FILE...`: checks scenarios and manifests without running anything.

import type {CommandModule} from 'yargs';
import {readManifests} from '../manifests/read.ts';
import {hasErrors, inFileOrder, type Problem} from '../options/problem.ts';
import {firstDocument} from '../scenario/first-document.ts';
import {readScenario, readTextFile} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import {readSchedulerFile} from '../scenario/scheduler-choice.ts';
import {pluginCatalogue} from '../scheduler/configuration/plugin-catalogue.ts';
import {done, userMistake} from './exit-codes.ts';
import {asError} from './read-all.ts';
import {complainAbout, print} from './terminal.ts';

type Arguments = {files: string[]; strict: boolean; set: string[]};

export const validate: CommandModule<object, Arguments> = {
  command: 'validate <files..>',
  describe: 'check scenarios and manifests without running; all problems at once',
  builder: yargs =>
    yargs
      .positional('files', {type: 'string', array: true, demandOption: true, describe: 'files'})
      .option('strict', {type: 'boolean', default: false, describe: 'warnings are errors'})
      .option('set', {
        type: 'string',
        array: true,
        default: [],
        nargs: 1,
        describe: 'path=value, for scenarios',
      })
      .example('$0 validate shop.yaml', 'a scenario and the files it names')
      .example('$0 validate k8s/*.yaml', 'manifests'),
  handler: async ({files, strict, set}) => {
    let failed = false;
    for (const file of files) {
      const {what, problems} = await check(file, set);
      const counted = strict ? problems.map(asError) : problems;
      complainAbout(counted);
      if (hasErrors(counted)) failed = true;
      else print(`${file}: ok, ${what}${warnings(counted)}`);
    }
    process.exitCode = failed ? userMistake : done;
  },
};

type Checked = {readonly what: string; readonly problems: readonly Problem[]};

async function check(file: string, set: readonly string[]): Promise<Checked> {
  const read = readTextFile(file);
  if ('wrong' in read) {
    const place = {file, line: 0, column: 0, path: undefined};
    return {what: '', problems: [{...place, message: read.wrong, severity: 'error'}]};
  }
  if (isScenario(read.text)) {
    const {scenario, problems} = await readScenario(file, {set});
    const nodes = count(scenario?.nodes.length ?? 0, 'node');
    const objects = count(scenario?.manifests.length ?? 0, 'object');
    return {what: `a scenario of ${nodes} and ${objects}${pods(scenario)}`, problems};
  }
  if (/^kind:\s*["']?KubeSchedulerConfiguration\b/m.test(read.text)) {
    const {problems} = readSchedulerFile(read.text, file, pluginCatalogue([]));
    return {what: 'a scheduler configuration', problems: inFileOrder(problems)};
  }
  const {objects, problems} = readManifests(read.text, {file});
  return {what: count(objects.length, 'object'), problems: inFileOrder(problems)};
}

function isScenario(text: string): boolean {
  const {scenario} = firstDocument(text);
  return /^(apiVersion:\s*["']?orrery\b|kind:\s*["']?Scenario\b|question:)/m.test(scenario);
}

function pods(scenario: LoadedScenario | undefined): string {
  const {traces = []} = scenario ?? {};
  const rows = traces.map(({file, read, used}) => `${used} of ${count(read, 'row')} of ${file}`);
  return rows.length === 0 ? '' : `, with ${rows.join(', ')}`;
}

function warnings(problems: readonly Problem[]): string {
  return problems.length === 0 ? '' : `, ${count(problems.length, 'warning')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
