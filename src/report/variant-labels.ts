// Variants in the fewest words: what all their names share stands once, at the head of the column.

import type {Variant} from '../experiment/variant.ts';

export type VariantLabels = {readonly head: string; readonly labels: readonly string[]};

/** `profile=default` and `profile=bin-packing` are `default` and `bin-packing` under `profile`. */
export function variantLabels(variants: readonly Variant[]): VariantLabels {
  const parts = variants.map(partsOf);
  const [head] = parts;
  if (head === undefined || parts.some(each => each?.paths !== head.paths)) {
    return {head: '', labels: variants.map(({name}) => name)};
  }
  return {head: head.paths, labels: parts.map((each, i) => each?.values ?? variants[i].name)};
}

/** `undefined` where the name is not made of its settings. */
function partsOf({name, settings}: Variant): {paths: string; values: string} | undefined {
  if (settings.length === 0) return undefined;
  let rest = name;
  const paths: string[] = [];
  for (const {value} of settings) {
    const end = rest.indexOf(`=${value}`);
    if (end < 0) return undefined;
    paths.push(rest.slice(0, end));
    rest = rest.slice(end + value.length + 1).replace(/^,/, '');
  }
  // What is left tells variants of equal values apart: ` (2)`.
  const values = settings.map(({value}) => value).join(', ');
  return {paths: paths.join(', '), values: `${values}${rest}`};
}

/** The beginning and the end are what tells names apart. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${text.slice(-end)}`;
}
