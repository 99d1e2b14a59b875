// A zod type for values that people write in a notation of their own (`5m`, `1.5Gi`, a
// distribution). One parse function, hence one readable error, where a zod union would list all its
// branches; the JSON Schema comes from `meta`. Its `default` takes the notation:
// `duration().default('10m')`.

import * as z from 'zod';
import {ZodPipe} from 'zod';
import {$constructor} from 'zod/v4/core';

export type Written<Value, Notation> = z.ZodType<Value, Notation> & {
  default(notation: Notation): z.ZodType<Value, Notation | undefined>;
};

/** Reports a mistake at `path` inside the value; the value then counts as not read. */
export type Fail = (message: string, path?: readonly (string | number)[]) => void;

export type Notation<Value> = {
  /** Returns anything at all after calling `fail`. */
  readonly parse: (written: unknown, fail: Fail) => Value | undefined;
  /** As published: JSON Schema keywords, and `title` for the name of the type. */
  readonly schema: {readonly title: string} & Readonly<Record<string, unknown>>;
};

export function written<Value, Text>({parse, schema}: Notation<Value>): Written<Value, Text> {
  const read = z.transform((input: unknown, context): Value => {
    let failed = false;
    const value = parse(input, (message, path = []) => {
      failed = true;
      context.issues.push({code: 'custom', message, path: [...path], input});
    });
    return failed || value === undefined ? (z.NEVER as Value) : value;
  });
  const type = new WrittenType({type: 'pipe', in: anything, out: read});
  // As `meta`, which would make the type a second time: there are hundreds.
  z.globalRegistry.add(type, schema);
  // The constructor below knows neither type parameter; this is where they are born.
  return type as unknown as Written<Value, Text>;
}

const anything = z.unknown();

const WrittenType = $constructor<ZodPipe>('Written', (instance, definition) => {
  ZodPipe.init(instance, definition);
  const byValue = instance.default.bind(instance) as (value: unknown) => z.ZodType;
  const byNotation = (value: unknown) => z.prefault(instance, value as never);
  instance.default = ((value: unknown) =>
    typeof value === 'function' ? byValue(value) : byNotation(value)) as typeof instance.default;
});
