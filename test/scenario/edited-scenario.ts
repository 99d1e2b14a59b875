// The scenarios that come with Orrery, with a few of their values, keys and sections replaced.

import {readdirSync, readFileSync} from 'node:fs';
import {parseAllDocuments, visit} from 'yaml';
import {fc} from '../support/fast-check.ts';
import {beyondValues, oddValues} from '../support/yaml-text.ts';

type Range = {readonly from: number; readonly to: number};
type Edit = {readonly at: Range; readonly put: string};

const folder = new URL('../../scenarios/', import.meta.url);
const shipped = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .sort()
  .map(name => readFileSync(new URL(name, folder), 'utf8'))
  .map(text => ({text, places: placesIn(text)}));

const odd = fc.oneof(
  {weight: 20, arbitrary: fc.constantFrom(...oddValues)},
  {weight: 1, arbitrary: fc.constantFrom(...beyondValues, '')},
);

export const editedScenario: fc.Arbitrary<string> = fc
  .constantFrom(...shipped)
  .chain(({text, places}) => {
    const edit = fc.record({at: fc.constantFrom(...places), put: odd});
    return fc.array(edit, {minLength: 1, maxLength: 3}).map(edits => edited(text, edits));
  });

function placesIn(text: string): Range[] {
  const places: Range[] = [];
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Node: (_role, {range}) => {
        if (range) places.push({from: range[0], to: range[1]});
      },
    });
  }
  return places;
}

/** From the last to the first, so that the places of the others stay where they were. */
function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  let end = text.length;
  for (const {at, put} of edits.toSorted((one, other) => other.at.from - one.at.from)) {
    if (at.to > end) continue;
    // A block ends with a line break.
    const lineBreak = text[at.to - 1] === '\n' ? '\n' : '';
    result = result.slice(0, at.from) + put + lineBreak + result.slice(at.to);
    end = at.from;
  }
  return result;
}
