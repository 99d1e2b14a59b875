// What a program does, with the place where somebody says so: in the scenario's own list, in the
// annotations of a pod, or in the file of a service graph.

import type {ApplicationEntry} from '../network/traffic/application-options.ts';
import type {Path} from './yaml-document.ts';

export type PlacedApplication = {
  readonly entry: ApplicationEntry;
  readonly place: Path | {readonly file: string; readonly line: number};
};
