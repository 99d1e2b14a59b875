// The type beneath `optional`, `default` and `prefault`, which say nothing of what is expected.

import * as z from 'zod';

export function unwrapped(type: z.core.$ZodType): z.core.$ZodType {
  const isWrapper =
    type instanceof z.ZodOptional ||
    type instanceof z.ZodDefault ||
    type instanceof z.ZodPrefault ||
    type instanceof z.ZodNullable;
  return isWrapper ? unwrapped(type.def.innerType) : type;
}
