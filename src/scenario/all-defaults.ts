// A map that may be left out altogether, because each of its keys has a default.

import * as z from 'zod';

export function allDefaults<Type extends z.ZodType>(type: Type): z.ZodPrefault<Type> {
  // What zod's types cannot see: an own notation with a default may be absent too.
  return z.prefault(type, {} as z.util.NoUndefined<z.input<Type>>);
}
