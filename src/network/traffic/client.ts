// Who sends requests, and what one of them is: steps one after another, each of calls side by side.

import type {Draw} from '../../options/drawer.ts';
import type {RecordOptions} from './record.ts';
import type {ServiceId} from './services.ts';

export type ClientId = number & {readonly id: 'client'};

export type Call = {
  readonly service: ServiceId;
  /** What an endpoint has to do for it. */
  readonly work: Draw;
};

export type ClientOptions = {
  readonly name: string;
  /** Open: requests come after these gaps. Closed: so many users, each thinking before the next. */
  readonly source: {readonly gap: Draw} | {readonly users: number; readonly think: Draw};
  /** Where it sends from; each place has an open source, or users, of its own. */
  readonly places: number;
  readonly steps: readonly (readonly Call[])[];
  /** How often a call is tried in all, and whether never twice at the same endpoint. */
  readonly tries: number;
  readonly tryOthers: boolean;
  /** A second copy goes out when the first was not answered by then; the first answer counts. */
  readonly hedgeAfter: number | undefined;
  readonly record: RecordOptions;
};

/** Nobody need be told when its requests are over: each is one call that is tried once. */
export function isPlain({source, steps, tries, hedgeAfter}: ClientOptions): boolean {
  const oneCall = steps.length === 1 && steps[0].length === 1;
  return 'gap' in source && oneCall && tries === 1 && hedgeAfter === undefined;
}
