// The value of one document's text, by whichever parser accepts it: JSON.parse, js-yaml, then
// `yaml`.

import {jsonValue, tooDeep} from './json-value.ts';
import {mended} from './mend.ts';
import {expandsTooFar} from './size.ts';
import {placedValue} from './yaml-places.ts';
import {mostAliases, type SyntaxFailure, yamlValue} from './yaml-value.ts';

export type ParsedDocument =
  | {readonly value: unknown; readonly text: string}
  | {readonly failure: SyntaxFailure};

export function parseDocument(text: string): ParsedDocument {
  const parsed = jsonValue(text) ?? yamlValue(text);
  if ('failure' in parsed) return secondOpinion(text, parsed.failure);
  if (text.includes('*') && expandsTooFar(parsed.value)) return {failure: tooManyValues(text)};
  return {value: parsed.value, text};
}

function secondOpinion(text: string, failure: SyntaxFailure): ParsedDocument {
  const {line, column} = failure;
  const known = finalMessage(failure.message);
  if (known !== undefined) return {failure: {message: known, line, column}};
  const mend = mended(text, failure);
  if (mend !== undefined) return mend;
  if (text.length > longestForSlow) return {failure};
  const placed = placedValue(text);
  if ('failure' in placed) return {failure: hasWrongKey(failure) ? placed.failure : failure};
  return expandsTooFar(placed.value) ? {failure} : {value: placed.value, text};
}

/** js-yaml finds the map that has the key, the other parser the key. */
function hasWrongKey({message}: SyntaxFailure): boolean {
  return message.includes('complex keys');
}

/** What no other parser would take either, said our way. */
function finalMessage(message: string): string | undefined {
  if (message.includes('maxDepth')) return tooDeep;
  if (message.includes('maxAliases')) return `more than ${mostAliases} aliases`;
  if (message.includes('maxTotalMergeKeys')) return 'more than 10000 merged keys';
  if (/duplicat/.test(message)) return message.replace('duplicated mapping key', 'duplicate key');
  return undefined;
}

function tooManyValues(text: string): SyntaxFailure {
  const at = text.indexOf('*');
  const before = text.slice(0, at);
  return {
    message: 'aliases that stand for more than a million values',
    line: before.split('\n').length,
    column: at - before.lastIndexOf('\n'),
  };
}

/** Above this the slower parser is not asked. */
const longestForSlow = 300_000;
