// What variants are called beside drawings: where all set the same things, a heading says what
// these are, and each row only to what.

import type {Variant} from '../../experiment/variant.ts';

export type VariantLabels = {readonly heading: string; readonly of: readonly string[]};

export function variantLabels(variants: readonly Variant[]): VariantLabels {
  const names = {heading: 'variant', of: variants.map(({name}) => name)};
  const headings = variants.map(keysOf);
  const [heading] = headings;
  if (heading === undefined || headings.some(other => other !== heading)) return names;
  const of = variants.map(({settings}) => settings.map(({value}) => value).join(' · '));
  return new Set(of).size < of.length ? names : {heading, of};
}

/** `profile · count` of `profile=default,count=80`; absent where it is another kind of name. */
function keysOf({name, settings}: Variant): string | undefined {
  if (settings.length === 0) return undefined;
  const keys: string[] = [];
  let rest = `${name},`;
  for (const {value} of settings) {
    const end = rest.indexOf(`=${value},`);
    if (end <= 0) return undefined;
    keys.push(rest.slice(0, end));
    rest = rest.slice(end + value.length + 2);
  }
  return rest === '' ? keys.join(' · ') : undefined;
}
