// A value in a notation of its own, or a list of such values, where one is usual.

import {type Notation, type Written, written} from './written.ts';

export function oneOrSeveral<Value>({
  parse,
  schema,
}: Notation<Value>): Written<readonly Value[], string | readonly string[]> {
  const {title, ...one} = schema;
  return written({
    parse: (input, fail) => {
      if (!Array.isArray(input)) return known(parse(input, fail));
      if (input.length === 0) return void fail('expected at least one, got an empty list');
      return input.flatMap((each, index) =>
        known(parse(each, (message, path = []) => fail(message, [index, ...path]))),
      );
    },
    schema: {title, anyOf: [one, {type: 'array', items: one, minItems: 1}]},
  });
}

function known<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}
