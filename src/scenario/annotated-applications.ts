// Programs as the annotations of their own pods describe them (`orrery/takes: 5ms`): an entry of
// `applications` each, before those of the scenario.

import * as z from 'zod';
import {type ApplicationEntry, programOptions} from '../network/traffic/application-options.ts';
import {annotated, annotationKey} from '../options/annotations.ts';
import {pathText} from '../options/problem.ts';
import type {TemplateAt} from './kubelet-lifecycle.ts';
import {check} from './mistakes.ts';
import type {Notebook} from './notebook.ts';
import type {PlacedApplication} from './placed-application.ts';

const program = z.strictObject(programOptions);

export function annotatedApplications(
  templates: readonly TemplateAt[],
  notebook: Notebook,
): PlacedApplication[] {
  const known = new Set<string>();
  return templates.flatMap(({template, place}): PlacedApplication[] => {
    const {namespace, labels, annotations} = template;
    const written = annotated(annotations, programOptions);
    if (written === undefined) return [];
    const own = new Map(Object.keys(written).map(annotationOf));
    const text = JSON.stringify([namespace, [...labels], [...own]]);
    if (known.has(text)) return [];
    known.add(text);
    const {value, mistakes} = check(program, written);
    for (const {path, key, message} of mistakes) {
      const [first = key, ...inside] = path;
      const where = annotationKey(String(first)) + pathText(['x', ...inside]).slice(1);
      notebook.complain(place, `annotation ${where}: ${message}`, 'error');
    }
    if (value === undefined) return [];
    const entry: ApplicationEntry = {...value, namespace, of: {labels, annotations: own}};
    return [{entry, place}];

    function annotationOf(key: string): [string, string] {
      const name = annotationKey(key);
      return [name, annotations.get(name) ?? ''];
    }
  });
}
