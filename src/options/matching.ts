// A text of a certain form, refused in words instead of with its regular expression.

import * as z from 'zod';
import {show} from './show.ts';

/** `title` completes "expected a …": `name of small letters`. */
export function matching(pattern: RegExp, title: string): z.ZodString {
  return z
    .string()
    .regex(pattern, {error: ({input}) => `expected a ${title}, got ${show(input)}`})
    .meta({title});
}
