// The formats of traces. Dumps of clusters are manifests, not tables, and read where those are.

import type {TraceFormat} from '../trace-format.ts';
import {alibaba2017} from './alibaba-2017.ts';
import {openb} from './openb.ts';
import {plainCsv} from './plain-csv.ts';

export const csvFormats = {openb, 'alibaba-2017': alibaba2017, csv: plainCsv} as const;

export const formatNames = ['openb', 'alibaba-2017', 'pods', 'csv'] as const;

export function csvFormat(name: (typeof formatNames)[number]): TraceFormat | undefined {
  return name === 'pods' ? undefined : csvFormats[name];
}
