// Texts made of what YAML is made of, and plain values that a reader may not expect, for the fuzz
// tests of everything that reads YAML.

import {fc} from './fast-check.ts';

const marks =
  ':| |\n|- |? |[|]|{|}|,|"|\'|#|%|  |\t|\r\n|---\n|...\n|%YAML 1.1\n|\u0000|\uFEFF|\u2028';
const names = 'a|b|<<|<<: |&x |*x|&y |*y|<<: *x|&a *a|: *y|? &x |__proto__|constructor: ';
const tags =
  '! |!!str |!!int |!!float |!!bool |!!null |!!map |!!seq |!!binary |!!merge |!!set |!!omap |!!pairs |!!timestamp |!own ';
const scalars =
  '1e9|1e999|-0|.nan|-.inf|0x1F|0o17|1_000|99999999999999999999|~|null|yes|2001-01-01|2001-01-01T00:00:00Z|1:30';

const word = fc.oneof(
  {weight: 4, arbitrary: fc.constantFrom(...marks.split('|'))},
  {weight: 2, arbitrary: fc.constantFrom(...names.split('|'))},
  {weight: 1, arbitrary: fc.constantFrom(...tags.split('|'))},
  {weight: 1, arbitrary: fc.constantFrom(...scalars.split('|'), '|\n', '>-\n')},
);

export const yamlText = fc.array(word, {maxLength: 60}).map(words => words.join(''));

/** Plain values as they stand in flow YAML. */
export const oddValues: readonly string[] = [
  ...scalars.split('|'),
  ...'""|"\\0"|" "|-1|0|0.5|1|9007199254740993|true|a|1s|100m|1Gi|-5%|1e-400|"__proto__"'.split(
    '|',
  ),
  ...'[]|[[]]|[null]|{}|{a: 1}|{__proto__: 1}|{constructor: {}}|{"": 1}|{1: 2}|{length: 1}'.split(
    '|',
  ),
  ...'{<<: {a: 1}}|{<<: [{a: 1}, {b: 2}]}|!!str 1|&x a|[&y {b: 1}, *y]'.split('|'),
  `"${'a'.repeat(300)}"`,
  '9'.repeat(400),
];

/** What stands in YAML but has no plain value. */
export const beyondValues: readonly string[] = [
  ...'!!set {a}|!!omap [a: 1]|!!binary aGk=|!!timestamp 2001-01-01|!!merge <<|!!int a'.split('|'),
  ...'*x|&x [*x]|{<<: &x [*x]}|{? {a: 1} : 2}|{? [] : 2}|{~: 1}|{<<: 1}|{a: 1, a: 2}'.split('|'),
];
