// The fast way from the text of one document to its value: js-yaml, without positions. What it
// refuses is tried again by the parser that keeps positions, because each accepts some real files
// alone.

import {
  defineScalarTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  type Schema,
  YAMLException,
} from 'js-yaml';
import {scalarValue} from './scalar.ts';

export type Parsed = {readonly value: unknown} | {readonly failure: SyntaxFailure};

/** Lines and columns from 1, within the document. */
export type SyntaxFailure = {
  readonly message: string;
  readonly line: number;
  readonly column: number;
};

export function yamlValue(text: string): Parsed {
  try {
    const documents = loadAll(text, {schema, maxDepth: deepest, maxAliases: mostAliases});
    return {value: documents[0]};
  } catch (thrown) {
    return {failure: syntaxFailure(thrown)};
  }
}

function syntaxFailure(thrown: unknown): SyntaxFailure {
  if (thrown instanceof YAMLException) {
    const {line = 0, column = 0} = thrown.mark ?? {};
    return {
      message: thrown.reason.replace(/ \(\d+:\d+\)$/, ''),
      line: line + 1,
      column: column + 1,
    };
  }
  return {message: String(thrown), line: 1, column: 1};
}

export const deepest = 100;
export const mostAliases = 1000;

const scalar = (name: string, implicit: boolean, kind: (value: unknown) => boolean) =>
  defineScalarTag<unknown>(`tag:yaml.org,2002:${name}`, {
    implicit,
    identify: () => false,
    resolve: source => {
      const value = scalarValue(source);
      return kind(value) ? value : NOT_RESOLVED;
    },
  });

// One implicit tag resolves every plain scalar; the others serve explicit tags (`!!bool "yes"`).
const schema: Schema = FAILSAFE_SCHEMA.withTags(
  scalar('int', true, value => typeof value !== 'string'),
  scalar('bool', false, value => typeof value === 'boolean'),
  scalar('float', false, value => typeof value === 'number'),
  scalar('null', false, value => value === null),
  mergeTag,
);
