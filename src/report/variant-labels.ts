// Variants in the fewest words: what all their names share stands once, at the head of the column.

import type {Variant} from '../experiment/variant.ts';

export type VariantLabels = {readonly head: string; readonly labels: readonly string[]};

/** `profile=default` and `profile=bin-packing` are `default` and `bin-packing` under `profile`. */
export function variantLabels(variants: readonly Variant[]): VariantLabels {
  const paths = variants.map(pathsOf);
  const [head] = paths;
  if (head === undefined || head === '' || paths.some(path => path !== head)) {
    return {head: '', labels: variants.map(({name}) => name)};
  }
  return {head, labels: variants.map(({settings}) => settings.map(({value}) => value).join(', '))};
}

/** The paths as the name has them; nothing where it is not made of them. */
function pathsOf({name, settings}: Variant): string {
  let rest = name;
  const paths: string[] = [];
  for (const {value} of settings) {
    const end = rest.indexOf(`=${value}`);
    if (end < 0) return '';
    paths.push(rest.slice(0, end));
    rest = rest.slice(end + value.length + 2);
  }
  return paths.join(', ');
}

/** The beginning and the end are what tells names apart. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${text.slice(-end)}`;
}
