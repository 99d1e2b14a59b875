// The file of a service graph: its objects as if they stood there as manifests, and its programs.

import * as z from 'zod';
import type {ManifestObject} from '../manifests/manifest.ts';
import {readManifests} from '../manifests/read.ts';
import {choiceOf} from '../options/choice.ts';
import {matching} from '../options/matching.ts';
import {pathText} from '../options/problem.ts';
import {isotopeServices} from './isotope.ts';
import {isotopeGraph} from './isotope-schema.ts';
import {check} from './mistakes.ts';
import type {PlacedApplication} from './placed-application.ts';
import type {Source} from './source.ts';
import {type Path, readYaml} from './yaml-document.ts';

const fileName = matching(/./, 'file name');

export const topology = z
  .union([
    fileName.transform(file => ({file, format: 'isotope'})),
    z.strictObject({file: fileName, format: choiceOf(['isotope']).default('isotope')}),
  ])
  .optional()
  .describe('services that call one another: a Deployment and a Service each, and their programs');

export type Topology = z.output<typeof topology>;

export type ReadTopology = {
  readonly objects: readonly ManifestObject[];
  readonly applications: readonly PlacedApplication[];
};

export function readTopology(written: Topology, source: Source): ReadTopology {
  const nothing = {objects: [], applications: []};
  if (written === undefined) return nothing;
  const {notebook} = source;
  const read = source.read(written.file);
  if ('wrong' in read) {
    notebook.error(['topology', 'file'], `${written.file}: ${read.wrong}`);
    return nothing;
  }
  const file = source.path(written.file);
  const document = readYaml(read.text, file);
  notebook.problems.push(...document.problems);
  if (document.problems.length > 0) return nothing;
  const wrong = (path: Path, message: string, key?: string): void => {
    const place = key === undefined ? document.place(path) : document.placeOfKey([...path, key]);
    notebook.problems.push({file, ...place, path: pathText(path), message, severity: 'error'});
  };
  const {value, mistakes} = check(isotopeGraph, document.value);
  for (const {path, key, message} of mistakes) wrong(path, message, key);
  if (value === undefined) return nothing;
  const services = isotopeServices(value, wrong).map(({path, objects, application}) => {
    const at = {file, line: document.place(path).line};
    const texts = objects.map(object => JSON.stringify(object));
    const own = texts.flatMap(text => readManifests(text, {file}).objects);
    return {
      objects: own.map(object => ({...object, ...at})),
      application: {entry: application, place: at},
    };
  });
  return {
    objects: services.flatMap(({objects}) => objects),
    applications: services.map(({application}) => application),
  };
}
