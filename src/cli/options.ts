// `orrery options [KIND]`: what a scenario may say, read off the types that check it.

import type {CommandModule} from 'yargs';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {type JsonSchema, scenarioJsonSchema} from '../scenario/json-schema.ts';
import {done, userMistake} from './exit-codes.ts';
import {schemaLines} from './schema-lines.ts';
import {complain, print} from './terminal.ts';

type Arguments = {kind: string | undefined; format: 'table' | 'json'};

export const options: CommandModule<object, Arguments> = {
  command: 'options [kind]',
  describe: 'what a scenario may say: every key, its type, unit, default',
  builder: yargs =>
    yargs
      .positional('kind', {
        type: 'string',
        describe: 'a section, or a kind of workload, operation or fault',
      })
      .option('format', {
        choices: ['table', 'json'] as const,
        default: 'table' as const,
        describe: 'json is the JSON Schema',
      })
      .example('$0 options', 'all sections')
      .example('$0 options cluster', 'one section')
      .example('$0 options poisson', 'one kind of workload'),
  handler: ({kind, format}) => {
    const schema = scenarioJsonSchema();
    const parts = new Map([...sections(schema), ...kinds(schema)]);
    const wanted = kind === undefined ? schema : parts.get(kind);
    if (wanted === undefined) {
      complain(noSuch(kind, [...parts.keys()]));
      process.exitCode = userMistake;
      return;
    }
    print(
      format === 'json' ? JSON.stringify(wanted, undefined, 2) : schemaLines(wanted).join('\n'),
    );
    process.exitCode = done;
  },
};

function sections({properties = {}}: JsonSchema): [string, JsonSchema][] {
  return Object.entries(properties).map(([name, section]) => [name, asMap(name, section)]);
}

function kinds({properties = {}}: JsonSchema): [string, JsonSchema][] {
  const workloads = properties.workload?.items?.oneOf ?? [];
  const operations = properties.timeline?.items?.oneOf ?? [];
  const faults = properties.faults?.items?.oneOf ?? [];
  return [
    ...[...workloads, ...faults].map((form): [string, JsonSchema] => [
      String(form.properties?.kind?.const),
      form,
    ]),
    ...operations.map((form): [string, JsonSchema] => [String(form.properties?.do?.const), form]),
  ];
}

/** A section alone, as a scenario with nothing else. */
function asMap(name: string, section: JsonSchema): JsonSchema {
  return {type: 'object', properties: {[name]: section}};
}

function noSuch(kind: string | undefined, known: readonly string[]): string {
  const hint = didYouMean(kind ?? '', known) || ';';
  return `no section or kind ${show(kind)}${hint} known: ${known.join(', ')}`;
}
